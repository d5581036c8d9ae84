package dev.hillock.engine;

import static dev.hillock.kernel.VectorElementary.SPECIES;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * The loop of the vector engine, written once; {@link LoopSpecializer} copies it as it copies {@link ScalarLoop}. There
 * is no tail: the last vector ends where the range ends and overlaps the one before it. So the length is at least that
 * of one vector, and a multiple of it where the result replaces an input.
 *
 * <p>The handle goes round the loop in a variable. It is a constant, but one that the compiler recognises only after it
 * has parsed the loop; then it inlines the formula by the number of nodes that live, not by all it has seen so far, of
 * which every operation on a vector brings some four hundred. Formulas of more than twenty operations would otherwise be
 * called instead of inlined from some point on, with vectors as objects. For the same reason the call stands there once.
 */
final class VectorLoop implements EltwiseLoop {
    private static final MethodHandle FORMULA = formula();
    private static final int LANES = SPECIES.length();

    private static MethodHandle formula() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, MethodHandle.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void forward(float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        int last = length - LANES;
        int i = 0;
        MethodHandle f = FORMULA;
        try {
            while (i < length) {
                for (; i <= last; i += LANES) {
                    FloatVector at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                    ((FloatVector) f.invokeExact(at, one, v0, v1, v2)).intoArray(y, yOffset + i);
                    f = FORMULA;
                }
                i = i < length ? last : i;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    @Override
    public void backward(
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int length,
            float p0,
            float p1,
            float p2) {
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        int last = length - LANES;
        int i = 0;
        MethodHandle f = FORMULA;
        try {
            while (i < length) {
                for (; i <= last; i += LANES) {
                    FloatVector at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                    FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyOffset + i);
                    ((FloatVector) f.invokeExact(at, gradient, v0, v1, v2)).intoArray(dx, dxOffset + i);
                    f = FORMULA;
                }
                i = i < length ? last : i;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
