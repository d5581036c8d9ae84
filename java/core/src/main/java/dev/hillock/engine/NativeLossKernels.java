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
            kernels[id] = NativeEngine.required(calls.lossKernel(target, id));
        }
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public double run(LossKernel loss, double[] p, LossOperands o, double scale) {
        return calls.loss(
                kernels[loss.ordinal()],
                NativeEngine.parameter(p, 0),
                NativeEngine.parameter(p, 1),
                NativeEngine.parameter(p, 2),
                o.x(),
                bytes(o.xOffset()),
                o.t(),
                bytes(o.tOffset()),
                o.weight(),
                0,
                o.terms(),
                o.terms() == null ? 0 : bytes(o.termsOffset()),
                o.dx(),
                o.dx() == null ? 0 : bytes(o.dxOffset()),
                scale,
                o.length());
    }

    private static long bytes(int elements) {
        return (long) elements * Float.BYTES;
    }
}
