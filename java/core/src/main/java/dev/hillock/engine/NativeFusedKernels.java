package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.binding.NativeCalls;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;

/** Gated and biased functions forward in one pass of native code; what else is fused, block by block. */
final class NativeFusedKernels implements FusedKernels {
    // As in hillock.h, after the directions of element-wise functions.
    private static final int TIMES_OPERAND = 3;
    private static final int PLUS_OPERAND = 4;

    private final NativeCalls calls;
    private final long[] timesOperand;
    private final long[] plusOperand;
    private final FusedKernels blocked;

    /**
     * The kernels on one instruction set.
     *
     * @param target its number
     * @param blocked for what native code has no fused kernel for
     */
    NativeFusedKernels(NativeCalls calls, int target, FusedKernels blocked) {
        this.calls = calls;
        this.blocked = blocked;
        timesOperand = kernels(calls, target, TIMES_OPERAND);
        plusOperand = kernels(calls, target, PLUS_OPERAND);
    }

    private static long[] kernels(NativeCalls calls, int target, int direction) {
        long[] kernels = new long[Catalogue.functions().size()];
        for (int id = 0; id < kernels.length; id++) {
            kernels[id] = calls.eltwiseKernel(target, 0, direction, id);
        }
        return kernels;
    }

    private static boolean has(long[] kernels, Function f) {
        return !f.isCustom() && kernels[f.id()] > 0;
    }

    @Override
    public void affineForward(
            Function f, double[] p, AxisLayout shape, float[] x, float[] scale, float[] shift, float[] y) {
        if (scale != null || shape.inner() != 1 || !has(plusOperand, f)) {
            blocked.affineForward(f, p, shape, x, scale, shift, y);
            return;
        }
        int channels = (int) shape.axis();
        boolean stream = NativeEngine.streams(shape.count(), 2, Float.BYTES) && x != y;
        for (int row = 0; row < shape.outer(); row++) {
            int at = row * channels;
            run(plusOperand[f.id()], p, x, at, shift, 0, y, at, channels, stream);
        }
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
        if (rows.step() != 1 || !has(timesOperand, f)) {
            blocked.gatedForward(f, p, rows, gate, gateOffset, value, valueOffset, y);
            return;
        }
        int length = (int) rows.length();
        boolean stream = NativeEngine.streams(rows.rows() * length, 3, Float.BYTES) && y != gate && y != value;
        for (int row = 0; row < rows.rows(); row++) {
            int at = (int) (row * rows.rowStride());
            run(
                    timesOperand[f.id()],
                    p,
                    gate,
                    gateOffset + at,
                    value,
                    valueOffset + at,
                    y,
                    row * length,
                    length,
                    stream);
        }
    }

    private void run(
            long kernel,
            double[] p,
            float[] x,
            int xAt,
            float[] operand,
            int operandAt,
            float[] out,
            int outAt,
            int length,
            boolean stream) {
        double p0 = p.length > 0 ? p[0] : 0;
        double p1 = p.length > 1 ? p[1] : 0;
        double p2 = p.length > 2 ? p[2] : 0;
        for (int done = 0; done < length; done += NativeEngine.CROSSING) {
            calls.eltwise(
                    kernel,
                    p0,
                    p1,
                    p2,
                    x,
                    (long) (xAt + done) * Float.BYTES,
                    operand,
                    (long) (operandAt + done) * Float.BYTES,
                    out,
                    (long) (outAt + done) * Float.BYTES,
                    Math.min(NativeEngine.CROSSING, length - done),
                    stream);
        }
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
        blocked.affineBackward(f, p, shape, x, scale, shift, dy, dx, dScale, dShift);
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
        blocked.gatedBackward(f, p, rows, gate, gateOffset, value, valueOffset, dy, dGate, dValue);
    }
}
