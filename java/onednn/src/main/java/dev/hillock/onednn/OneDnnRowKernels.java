package dev.hillock.onednn;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.engine.ScalarRowKernels;
import dev.hillock.kernel.ChannelCuts;

/** oneDNN's parametric ReLU, of floats; it has no other of these operations. */
final class OneDnnRowKernels extends ScalarRowKernels {
    // For one call: where rows have gaps they go one at a time, for oneDNN's slices follow each other.
    private record Operands(float[] alpha, float[] x, float[] dy, float[] out, double[] sums, float[] dAlpha) {
        void run(int at, int alphaAt, int sumsAt, int outer, int channels, int inner) {
            int status = call(at, alphaAt, outer, channels, inner, false);
            if (Status.isUnprepared(status)) {
                Status.check(call(at, alphaAt, outer, channels, inner, true));
                status = call(at, alphaAt, outer, channels, inner, false);
            }
            Status.check(status);
            for (int c = 0; sums != null && c < channels; c++) {
                sums[sumsAt + c] += dAlpha[c];
            }
        }

        private int call(int at, int alphaAt, int outer, int channels, int inner, boolean prepares) {
            float[] first = prepares ? null : x;
            long offset = (long) at * Float.BYTES;
            long firstOffset = prepares ? 0 : offset;
            long alphaOffset = (long) alphaAt * Float.BYTES;
            return dy == null
                    ? OneDnn.hillock_onednn_prelu_forward(
                            outer, channels, inner, first, firstOffset, alpha, alphaOffset, out, offset)
                    : OneDnn.hillock_onednn_prelu_backward(
                            outer,
                            channels,
                            inner,
                            first,
                            firstOffset,
                            alpha,
                            alphaOffset,
                            dy,
                            offset,
                            out,
                            offset,
                            dAlpha,
                            0);
        }
    }

    /** {@inheritDoc} oneDNN adds alpha's gradient up as floats, in an order of its own. */
    @Override
    public void prelu(
            AxisLayout channels,
            Object alpha,
            int alphaAt,
            Object x,
            Object dy,
            Object out,
            int at,
            double[] sums,
            int sumsAt) {
        if (!(x instanceof float[] floats)) {
            throw new IllegalStateException(
                    "engine " + Engine.ONEDNN.word() + " has no prelu for " + ElementType.FLOAT64);
        }
        float[] dAlpha = dy == null ? null : new float[(int) Math.min(OneDnnEngine.CROSSING, channels.axis())];
        Operands operands = new Operands((float[]) alpha, floats, (float[]) dy, (float[]) out, sums, dAlpha);
        ChannelCuts.each(channels, OneDnnEngine.CROSSING, (from, channel, rows, count, inner) -> {
            boolean dense = channels.outerStride() == (long) count * inner;
            int together = dense ? rows : 1;
            for (int row = 0; row < rows; row += together) {
                int start = at + from + row * (int) channels.outerStride();
                operands.run(start, alphaAt + channel, sumsAt + channel, together, count, inner);
            }
        });
    }
}
