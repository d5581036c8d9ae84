package dev.hillock.engine;

import static dev.hillock.kernel.VectorElementary.SPECIES;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * The loop of the vector engine's losses, over whole vectors; {@link JavaLossKernels} copies it as it copies
 * {@link ScalarLossLoop}. {@link VectorLoop} says why the handles go round the loops in variables, and value and gradient
 * have a loop each.
 */
final class VectorLossLoop implements LossLoop {
    private static final MethodHandle VALUE = LossLoop.formula(MethodHandles.lookup(), 0);
    private static final MethodHandle GRADIENT = LossLoop.formula(MethodHandles.lookup(), 1);
    private static final int LANES = SPECIES.length();

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
        values(x, xOffset, t, tOffset, terms, termsOffset, length, p0, p1, p2);
        if (dx != null) {
            gradients(x, xOffset, t, tOffset, dx, dxOffset, length, scale, p0, p1, p2);
        }
    }

    private static void values(
            float[] x,
            int xOffset,
            float[] t,
            int tOffset,
            float[] terms,
            int termsOffset,
            int length,
            float p0,
            float p1,
            float p2) {
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = VALUE;
        try {
            for (int i = 0; i < length; i += LANES) {
                FloatVector a = FloatVector.fromArray(SPECIES, x, xOffset + i);
                FloatVector b = FloatVector.fromArray(SPECIES, t, tOffset + i);
                FloatVector value = (FloatVector) f.invokeExact(a, b, v0, v1, v2);
                value.intoArray(terms, termsOffset + i);
                f = VALUE;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    private static void gradients(
            float[] x,
            int xOffset,
            float[] t,
            int tOffset,
            float[] dx,
            int dxOffset,
            int length,
            float scale,
            float p0,
            float p1,
            float p2) {
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = GRADIENT;
        try {
            for (int i = 0; i < length; i += LANES) {
                FloatVector a = FloatVector.fromArray(SPECIES, x, xOffset + i);
                FloatVector b = FloatVector.fromArray(SPECIES, t, tOffset + i);
                FloatVector slope = (FloatVector) f.invokeExact(a, b, v0, v1, v2);
                slope.mul(scale).intoArray(dx, dxOffset + i);
                f = GRADIENT;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
