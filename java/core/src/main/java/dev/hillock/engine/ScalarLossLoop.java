package dev.hillock.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The loop of the scalar engine's losses, written once. {@link JavaLossKernels} defines a copy of this class for every
 * loss, with value and gradient as the copy's class data: constants to the compiler, which can then inline them.
 */
final class ScalarLossLoop implements LossLoop {
    private static final MethodHandle VALUE = LossLoop.formula(MethodHandles.lookup(), 0);
    private static final MethodHandle GRADIENT = LossLoop.formula(MethodHandles.lookup(), 1);

    @Override
    public void run(
            float[] x,
            int xOffset,
            float[] t,
            int tOffset,
            float[] terms,
            int termsOffset,
            float[] dx,
            int dxOffset,
            int length,
            float scale,
            float p0,
            float p1,
            float p2) {
        try {
            for (int i = 0; i < length; i++) {
                float a = x[xOffset + i];
                float b = t[tOffset + i];
                terms[termsOffset + i] = (float) VALUE.invokeExact(a, b, p0, p1, p2);
                if (dx != null) {
                    dx[dxOffset + i] = (float) GRADIENT.invokeExact(a, b, p0, p1, p2) * scale;
                }
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
