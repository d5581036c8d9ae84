package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.ScalarDoubleFused;

/**
 * Fused functions of doubles on any engine that has the element-wise ones, block by block, with the bits of the steps
 * done one after the other. Arguments are as {@link FusedKernels} says.
 */
public final class DoubleFusedKernels {
    private static final int BLOCK = 1024;

    private final KernelEngine engine;

    /** The fused functions of an engine. */
    public DoubleFusedKernels(KernelEngine engine) {
        this.engine = engine;
    }

    private void eltwise(
            Function f,
            Direction direction,
            double[] p,
            double[] x,
            int xAt,
            double[] dy,
            int dyAt,
            double[] out,
            int at,
            int n) {
        engine.eltwise(f, ElementType.FLOAT64, direction, p, x, xAt, dy, dyAt, out, at, n);
    }

    /** {@code y = f(fma(scale[c], x, shift[c]))}, or {@code f(x + shift[c])} where scale is null. */
    public void affineForward(
            Function f, double[] p, AxisLayout shape, double[] x, double[] scale, double[] shift, double[] y) {
        double[] z = new double[BLOCK];
        int inner = (int) shape.inner();
        int length = (int) shape.count();
        for (int from = 0, n; from < length; from += n) {
            n = Math.min(BLOCK, length - from);
            ScalarDoubleFused.affine(x, from, inner, scale, shift, z, 0, n);
            eltwise(f, Direction.FORWARD, p, z, 0, null, 0, y, from, n);
        }
    }

    /**
     * With {@code g = dy f'(scale[c] x + shift[c])}: dx = g, or g scale[c]; and the sums of g and of g x per channel, in
     * the order of memory, added to dShift and dScale.
     */
    public void affineBackward(
            Function f,
            double[] p,
            AxisLayout shape,
            double[] x,
            double[] scale,
            double[] shift,
            double[] dy,
            double[] dx,
            double[] dScale,
            double[] dShift) {
        double[] z = new double[BLOCK];
        double[] slope = new double[BLOCK];
        int inner = (int) shape.inner();
        int length = (int) shape.count();
        for (int from = 0, n; from < length; from += n) {
            n = Math.min(BLOCK, length - from);
            ScalarDoubleFused.affine(x, from, inner, scale, shift, z, 0, n);
            eltwise(f, Direction.BACKWARD, p, z, 0, dy, from, slope, 0, n);
            if (dShift != null) {
                ScalarDoubleFused.gather(slope, from, inner, dShift, n);
            }
            if (dScale != null) {
                System.arraycopy(x, from, z, 0, n);
                ScalarDoubleFused.multiply(z, slope, n);
                ScalarDoubleFused.gather(z, from, inner, dScale, n);
            }
            ScalarDoubleFused.scale(slope, from, inner, scale, dx, n);
        }
    }

    @FunctionalInterface
    private interface Block {
        void at(int packed, int dense, int length);
    }

    private static void forEachBlock(GatedRows rows, Block block) {
        int length = (int) rows.length();
        for (int row = 0; row < rows.rows(); row++) {
            for (int from = 0, n; from < length; from += n) {
                n = Math.min(BLOCK, length - from);
                block.at((int) (row * rows.rowStride() + from * rows.step()), row * length + from, n);
            }
        }
    }

    /** {@code y = f(gate) value}. */
    public void gatedForward(
            Function f,
            double[] p,
            GatedRows rows,
            double[] gate,
            int gateOffset,
            double[] value,
            int valueOffset,
            double[] y) {
        double[] activated = new double[BLOCK];
        double[] values = new double[BLOCK];
        int step = (int) rows.step();
        forEachBlock(rows, (at, dense, n) -> {
            ScalarDoubleFused.pick(gate, gateOffset + at, step, activated, n);
            ScalarDoubleFused.pick(value, valueOffset + at, step, values, n);
            eltwise(f, Direction.FORWARD, p, activated, 0, null, 0, activated, 0, n);
            ScalarDoubleFused.multiply(activated, values, n);
            System.arraycopy(activated, 0, y, dense, n);
        });
    }

    /** {@code dGate = (dy value) f'(gate)} and {@code dValue = dy f(gate)}, laid out as gate and value. */
    public void gatedBackward(
            Function f,
            double[] p,
            GatedRows rows,
            double[] gate,
            int gateOffset,
            double[] value,
            int valueOffset,
            double[] dy,
            double[] dGate,
            double[] dValue) {
        double[] gates = new double[BLOCK];
        double[] activated = new double[BLOCK];
        double[] scaled = new double[BLOCK];
        double[] gradients = new double[BLOCK];
        int step = (int) rows.step();
        forEachBlock(rows, (at, dense, n) -> {
            ScalarDoubleFused.pick(gate, gateOffset + at, step, gates, n);
            ScalarDoubleFused.pick(value, valueOffset + at, step, scaled, n);
            ScalarDoubleFused.pick(dy, dense, 1, gradients, n);
            ScalarDoubleFused.multiply(scaled, gradients, n);
            eltwise(f, Direction.FORWARD, p, gates, 0, null, 0, activated, 0, n);
            eltwise(f, Direction.BACKWARD, p, gates, 0, scaled, 0, scaled, 0, n);
            ScalarDoubleFused.multiply(activated, gradients, n);
            ScalarDoubleFused.spread(activated, dValue, valueOffset + at, step, n);
            ScalarDoubleFused.spread(scaled, dGate, gateOffset + at, step, n);
        });
    }
}
