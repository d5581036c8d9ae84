package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.binding.NativeCalls;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.ChannelCuts;

/**
 * Gated and biased functions on native code that takes a second operand, or scale and shift; what else is fused, block by
 * block.
 */
final class NativeFusedKernels implements FusedKernels {
    // As in hillock.h, after the directions of element-wise functions.
    private static final int TIMES_OPERAND = 3;
    private static final int PLUS_OPERAND = 4;
    private static final int IDENTITY = Catalogue.function("identity").id();

    private final NativeCalls calls;
    private final CrossingBound bound;
    private final long[] timesOperand;
    private final long[] plusOperand;
    private final long[] forward;
    private final long[] backward;
    private final long affine;
    private final FusedKernels blocked;

    /**
     * The kernels on one instruction set.
     *
     * @param target its number
     * @param bound elements of a crossing
     * @param blocked for what native code has no fused kernel for
     */
    NativeFusedKernels(NativeCalls calls, int target, CrossingBound bound, FusedKernels blocked) {
        this.calls = calls;
        this.bound = bound;
        this.blocked = blocked;
        timesOperand = kernels(calls, target, TIMES_OPERAND);
        plusOperand = kernels(calls, target, PLUS_OPERAND);
        forward = kernels(calls, target, Direction.FORWARD.ordinal());
        backward = kernels(calls, target, Direction.BACKWARD.ordinal());
        affine = NativeEngine.required(calls.affineKernel(target));
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
        if (!has(forward, f)) {
            blocked.affineForward(f, p, shape, x, scale, shift, y);
            return;
        }
        if (scale != null || shape.inner() != 1 || !has(plusOperand, f)) {
            affine(forward[f.id()], p, shape, x, scale, shift, null, y, null, null);
            return;
        }
        int channels = (int) shape.axis();
        boolean stream = NativeEngine.streams(shape.count(), 2, Float.BYTES) && x != y;
        run(plusOperand[f.id()], p, x, 0, channels, shift, 0, 0, y, channels, shape.outer(), channels, stream);
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
        run(
                timesOperand[f.id()],
                p,
                gate,
                gateOffset,
                rows.rowStride(),
                value,
                valueOffset,
                rows.rowStride(),
                y,
                length,
                rows.rows(),
                length,
                stream);
    }

    private void run(
            long kernel,
            double[] p,
            float[] x,
            long xAt,
            long xStride,
            float[] operand,
            long operandAt,
            long operandStride,
            float[] out,
            long outStride,
            long rows,
            int length,
            boolean stream) {
        bound.each(
                rows,
                length,
                (row, from, count, part) -> calls.eltwiseRows(
                        kernel,
                        NativeEngine.parameter(p, 0),
                        NativeEngine.parameter(p, 1),
                        NativeEngine.parameter(p, 2),
                        x,
                        (xAt + row * xStride + from) * Float.BYTES,
                        xStride,
                        operand,
                        (operandAt + row * operandStride + from) * Float.BYTES,
                        operandStride,
                        out,
                        (row * outStride + from) * Float.BYTES,
                        outStride,
                        count,
                        part,
                        stream));
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
        if (has(backward, f)) {
            affine(backward[f.id()], p, shape, x, scale, shift, dy, dx, dScale, dShift);
        } else {
            blocked.affineBackward(f, p, shape, x, scale, shift, dy, dx, dScale, dShift);
        }
    }

    // dy is null going forward.
    private void affine(
            long eltwise,
            double[] p,
            AxisLayout shape,
            float[] x,
            float[] scale,
            float[] shift,
            float[] dy,
            float[] out,
            double[] dScale,
            double[] dShift) {
        ChannelCuts.each(shape, bound.floats(), (from, channel, rows, channels, inner) -> {
            long at = (long) from * Float.BYTES;
            long channelAt = (long) channel * Float.BYTES;
            long sumsAt = (long) channel * Double.BYTES;
            calls.affine(
                    affine,
                    eltwise,
                    NativeEngine.parameter(p, 0),
                    NativeEngine.parameter(p, 1),
                    NativeEngine.parameter(p, 2),
                    rows,
                    channels,
                    inner,
                    scale,
                    scale == null ? 0 : channelAt,
                    shift,
                    channelAt,
                    x,
                    at,
                    dy,
                    dy == null ? 0 : at,
                    out,
                    at,
                    dScale,
                    dScale == null ? 0 : sumsAt,
                    dShift,
                    dShift == null ? 0 : sumsAt);
        });
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
        if (rows.step() != 1 || !has(timesOperand, f)) {
            blocked.gatedBackward(f, p, rows, gate, gateOffset, value, valueOffset, dy, dGate, dValue);
            return;
        }
        bound.each(rows.rows(), (int) rows.length(), (row, from, count, length) -> {
            long at = row * rows.rowStride() + from;
            calls.gatedBackward(
                    backward[f.id()],
                    timesOperand[f.id()],
                    timesOperand[IDENTITY],
                    NativeEngine.parameter(p, 0),
                    NativeEngine.parameter(p, 1),
                    NativeEngine.parameter(p, 2),
                    gate,
                    dGate,
                    (gateOffset + at) * Float.BYTES,
                    value,
                    dValue,
                    (valueOffset + at) * Float.BYTES,
                    rows.rowStride(),
                    dy,
                    (row * rows.length() + from) * Float.BYTES,
                    count,
                    length);
        });
    }
}
