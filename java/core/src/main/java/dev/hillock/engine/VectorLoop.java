package dev.hillock.engine;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.LT;

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
 * called instead of inlined from some point on, with vectors as objects. For the same reason each call stands there
 * once, and the loop over whole vectors is a method of its own that a plain counter drives.
 */
final class VectorLoop implements EltwiseLoop {
    private static final Formula DATA = data();
    private static final MethodHandle FORMULA = DATA.value();
    private static final MethodHandle TAIL = DATA.tail();
    private static final float TAIL_END = DATA.tailEnd();
    private static final int LANES = SPECIES.length();

    private static Formula data() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Formula.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void forward(float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        int done = 0;
        while (done < length) {
            int count = Math.max(length - done, LANES) / LANES * LANES;
            int start = Math.min(done, length - count);
            forwardWhole(x, xOffset + start, y, yOffset + start, count, p0, p1, p2);
            done += count;
        }
    }

    private static void forwardWhole(
            float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = FORMULA;
        try {
            for (int i = 0; i < length; i += LANES) {
                FloatVector at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                FloatVector value = (FloatVector) f.invokeExact(at, one, v0, v1, v2);
                if (TAIL != null && at.compare(LT, TAIL_END).anyTrue()) {
                    forwardTail(x, xOffset + i, y, yOffset + i, p0, p1, p2);
                    value = value.blend(FloatVector.fromArray(SPECIES, y, yOffset + i), at.compare(LT, TAIL_END));
                }
                value.intoArray(y, yOffset + i);
                f = FORMULA;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    // One vector by the formula of the tail. It comes and goes in arrays: the call is rare, so it is not inlined, and
    // vectors that cross it would be objects.
    private static void forwardTail(float[] x, int xOffset, float[] y, int yOffset, float p0, float p1, float p2) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = TAIL;
        try {
            for (int i = 0; i < LANES; i += LANES) {
                FloatVector at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                ((FloatVector) f.invokeExact(at, one, v0, v1, v2)).intoArray(y, yOffset + i);
                f = TAIL;
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
        int done = 0;
        while (done < length) {
            int count = Math.max(length - done, LANES) / LANES * LANES;
            int start = Math.min(done, length - count);
            backwardWhole(x, xOffset + start, dy, dyOffset + start, dx, dxOffset + start, count, p0, p1, p2);
            done += count;
        }
    }

    private static void backwardWhole(
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
        MethodHandle f = FORMULA;
        try {
            for (int i = 0; i < length; i += LANES) {
                FloatVector at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyOffset + i);
                FloatVector value = (FloatVector) f.invokeExact(at, gradient, v0, v1, v2);
                if (TAIL != null && at.compare(LT, TAIL_END).anyTrue()) {
                    backwardTail(x, xOffset + i, dy, dyOffset + i, dx, dxOffset + i, p0, p1, p2);
                    value = value.blend(FloatVector.fromArray(SPECIES, dx, dxOffset + i), at.compare(LT, TAIL_END));
                }
                value.intoArray(dx, dxOffset + i);
                f = FORMULA;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    private static void backwardTail(
            float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, float p0, float p1, float p2) {
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = TAIL;
        try {
            for (int i = 0; i < LANES; i += LANES) {
                FloatVector at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyOffset + i);
                ((FloatVector) f.invokeExact(at, gradient, v0, v1, v2)).intoArray(dx, dxOffset + i);
                f = TAIL;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
