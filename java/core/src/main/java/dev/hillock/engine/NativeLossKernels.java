package dev.hillock.engine;

import dev.hillock.binding.NativeCalls;
import dev.hillock.catalogue.LossKernel;

/** Losses in the C++ kernel core. */
final class NativeLossKernels implements LossKernels {
    private final NativeCalls calls;
    private final long[] kernels = new long[LossKernel.values().length];

    NativeLossKernels(NativeCalls calls, int target) {
        this.calls = calls;
        for (int id = 0; id < kernels.length; id++) {
            kernels[id] = calls.lossKernel(target, id);
        }
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public double run(
            LossKernel loss,
            double[] p,
            float[] x,
            int xOffset,
            float[] t,
            int tOffset,
            float[] weight,
            float[] terms,
            int termsOffset,
            float[] dx,
            int dxOffset,
            double scale,
            int length) {
        return calls.loss(
                kernels[loss.ordinal()],
                NativeEngine.parameter(p, 0),
                NativeEngine.parameter(p, 1),
                NativeEngine.parameter(p, 2),
                x,
                (long) xOffset * Float.BYTES,
                t,
                (long) tOffset * Float.BYTES,
                weight,
                0,
                terms,
                terms == null ? 0 : (long) termsOffset * Float.BYTES,
                dx,
                dx == null ? 0 : (long) dxOffset * Float.BYTES,
                scale,
                length);
    }
}
