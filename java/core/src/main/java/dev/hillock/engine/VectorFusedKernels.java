package dev.hillock.engine;

import static dev.hillock.engine.VectorEngine.parameter;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.ChannelSums;
import dev.hillock.kernel.ScalarFused;
import dev.hillock.kernel.VectorElementary;
import dev.hillock.kernel.VectorFused;

/**
 * Fused functions on the Vector API where neighbours lie side by side, without copies of them; what else is fused, block
 * by block.
 */
final class VectorFusedKernels implements FusedKernels {
    private static final int LANES = VectorElementary.SPECIES.length();
    private static final int BLOCK = ScalarFused.BLOCK;
    // Shorter runs take less time several to a block.
    private static final int SHORTEST_RUN = 128;
    // Calls that the compiler sees soon enough by themselves.
    private static final int LONG = 16 * BLOCK;

    private final VectorEngine engine;
    private final FusedKernels blocked;
    // By function: what multiplies by it.
    private final BreakingIn breakingIn = new BreakingIn(Catalogue.functions().size());

    /**
     * The kernels of an engine.
     *
     * @param blocked for what has no fused kernel here
     */
    VectorFusedKernels(VectorEngine engine, FusedKernels blocked) {
        this.engine = engine;
        this.blocked = blocked;
    }

    // The function times a second operand, where rows are whole vectors or nothing that is read is written; null where
    // it is to be done otherwise.
    private EltwiseLoop timesLoop(Function f, double[] p, GatedRows rows, boolean mayBeInPlace) {
        long length = rows.length();
        if (rows.step() != 1 || length < LANES || mayBeInPlace && length % LANES != 0) {
            return null;
        }
        EltwiseLoop loop = engine.timesLoop(f, p);
        return loop == null || !breakingIn.takes(f.id()) && rows.rows() * length < LONG ? null : loop;
    }

    @Override
    public void gatedForward(
            Function f,
            double[] p,
            GatedRows rows,
            float[] gate,
            int gateOffset,
            float[] value,
            int valueOffset,
            float[] y) {
        EltwiseLoop times = timesLoop(f, p, rows, y == gate || y == value);
        if (times == null) {
            blocked.gatedForward(f, p, rows, gate, gateOffset, value, valueOffset, y);
            return;
        }
        int length = (int) rows.length();
        for (int row = 0; row < rows.rows(); row++) {
            int at = (int) (row * rows.rowStride());
            times(times, p, gate, gateOffset + at, value, valueOffset + at, y, row * length, length);
        }
    }

    @Override
    public void gatedBackward(
            Function f,
            double[] p,
            GatedRows rows,
            float[] gate,
            int gateOffset,
            float[] value,
            int valueOffset,
            float[] dy,
            float[] dGate,
            float[] dValue) {
        boolean mayBeInPlace = isAnyOf(dGate, gate, value, dy) || isAnyOf(dValue, gate, value, dy);
        // The gate is read again after the gradient of the value is written.
        boolean crossed = dValue == gate && valueOffset == gateOffset;
        EltwiseLoop times = crossed ? null : timesLoop(f, p, rows, mayBeInPlace);
        if (times == null) {
            blocked.gatedBackward(f, p, rows, gate, gateOffset, value, valueOffset, dy, dGate, dValue);
            return;
        }
        int length = (int) rows.length();
        float[] scaled = new float[Math.min(BLOCK, length)];
        for (int row = 0; row < rows.rows(); row++) {
            for (int done = 0, count; done < length; done += count) {
                count = Math.min(BLOCK, length - done);
                int n = Math.max(LANES, count);
                int from = Math.min(done, length - n);
                int at = (int) (row * rows.rowStride()) + from;
                int dense = row * length + from;
                VectorFused.product(dy, dense, value, valueOffset + at, scaled, 0, n);
                times(times, p, gate, gateOffset + at, dy, dense, dValue, valueOffset + at, n);
                eltwise(f, Direction.BACKWARD, p, gate, gateOffset + at, scaled, 0, dGate, gateOffset + at, n);
            }
        }
    }

    private static boolean isAnyOf(float[] written, float[] gate, float[] value, float[] dy) {
        return written == gate || written == value || written == dy;
    }

    private static void times(
            EltwiseLoop loop, double[] p, float[] x, int xAt, float[] b, int bAt, float[] out, int at, int n) {
        loop.backward(x, xAt, b, bAt, out, at, n, parameter(p, 0), parameter(p, 1), parameter(p, 2));
    }

    private void eltwise(
            Function f,
            Direction direction,
            double[] p,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            float[] out,
            int at,
            int n) {
        engine.eltwise(f, ElementType.FLOAT32, direction, p, x, xAt, dy, dyAt, out, at, n);
    }

    // A run of neighbours that belong to one channel, or to one channel each.
    @FunctionalInterface
    private interface Run {
        void at(int start, int channel, int length);
    }

    private static long runLength(AxisLayout shape) {
        return shape.inner() == 1 ? shape.axis() : shape.inner();
    }

    private static void forEachRun(AxisLayout shape, Run action) {
        boolean each = shape.inner() == 1;
        int length = (int) runLength(shape);
        int runs = (int) (shape.count() / length);
        for (int run = 0; run < runs; run++) {
            for (int from = 0, n; from < length; from += n) {
                n = Math.min(BLOCK, length - from);
                action.at(run * length + from, each ? from : (int) (run % shape.axis()), n);
            }
        }
    }

    @Override
    public void affineForward(
            Function f, double[] p, AxisLayout shape, float[] x, float[] scale, float[] shift, float[] y) {
        if (runLength(shape) < SHORTEST_RUN) {
            blocked.affineForward(f, p, shape, x, scale, shift, y);
            return;
        }
        float[] z = new float[(int) Math.min(BLOCK, runLength(shape))];
        boolean each = shape.inner() == 1;
        forEachRun(shape, (start, channel, n) -> {
            transform(each, scale, x, start, shift, channel, z, n);
            eltwise(f, Direction.FORWARD, p, z, 0, null, 0, y, start, n);
        });
    }

    @Override
    public void affineBackward(
            Function f,
            double[] p,
            AxisLayout shape,
            float[] x,
            float[] scale,
            float[] shift,
            float[] dy,
            float[] dx,
            double[] dScale,
            double[] dShift) {
        if (runLength(shape) < SHORTEST_RUN) {
            blocked.affineBackward(f, p, shape, x, scale, shift, dy, dx, dScale, dShift);
            return;
        }
        int length = (int) Math.min(BLOCK, runLength(shape));
        float[] z = new float[length];
        float[] slope = new float[length];
        ChannelSums sums = new ChannelSums();
        boolean each = shape.inner() == 1;
        forEachRun(shape, (start, channel, n) -> {
            transform(each, scale, x, start, shift, channel, z, n);
            eltwise(f, Direction.BACKWARD, p, z, 0, dy, start, slope, 0, n);
            if (dShift != null) {
                sums.add(slope, 0, n, channel, each, dShift);
            }
            if (dScale != null) {
                VectorFused.product(slope, 0, x, start, z, 0, n);
                sums.add(z, 0, n, channel, each, dScale);
            }
            if (scale == null) {
                System.arraycopy(slope, 0, dx, start, n);
            } else if (each) {
                VectorFused.product(scale, channel, slope, 0, dx, start, n);
            } else {
                VectorFused.product(slope, 0, scale[channel], dx, start, n);
            }
        });
    }

    private static void transform(
            boolean each, float[] scale, float[] x, int xAt, float[] shift, int channel, float[] z, int n) {
        if (each && scale == null) {
            VectorFused.add(x, xAt, shift, channel, z, n);
        } else if (each) {
            VectorFused.affine(scale, x, xAt, shift, channel, z, n);
        } else if (scale == null) {
            VectorFused.add(x, xAt, shift[channel], z, n);
        } else {
            VectorFused.affine(scale[channel], x, xAt, shift[channel], z, n);
        }
    }
}
