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
final class VectorLoop extends EltwiseLoop {
    private static final Formula DATA = data();
    private static final MethodHandle FORMULA = DATA.value();
    private static final MethodHandle TAIL = DATA.tail();
    private static final float TAIL_END = DATA.tailEnd();
    private static final int LANES = SPECIES.length();
    // With a tail, so many elements are one block, and without one all are.
    private static final int BLOCK = TAIL == null ? 1 << 30 : VectorTails.MOST * LANES;

    private static Formula data() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Formula.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void forward(float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        // As short calls mostly are, of which what follows would be a good part.
        if (TAIL == null && length % LANES == 0) {
            forwardWhole(x, xOffset, y, yOffset, length, null, p0, p1, p2);
            return;
        }
        VectorTails far = TAIL == null ? null : VectorTails.take();
        int done = 0;
        while (done < length) {
            int count = Math.min(Math.max(length - done, LANES) / LANES * LANES, BLOCK);
            int start = Math.min(done, length - count);
            int vectors = forwardWhole(x, xOffset + start, y, yOffset + start, count, far, p0, p1, p2);
            if (TAIL != null && vectors > 0) {
                forwardTail(far, vectors, y, yOffset + start, p0, p1, p2);
            }
            done += count;
        }
        if (TAIL != null) {
            far.give();
        }
    }

    // How many vectors reach into the tail.
    private static int forwardWhole(
            float[] x, int xOffset, float[] y, int yOffset, int length, VectorTails far, float p0, float p1, float p2) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = FORMULA;
        int vectors = 0;
        try {
            for (int i = 0; i < length; i += LANES) {
                FloatVector at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                FloatVector value = (FloatVector) f.invokeExact(at, one, v0, v1, v2);
                if (TAIL != null) {
                    at.intoArray(far.x, vectors * LANES);
                    far.vector[vectors] = (byte) (i / LANES);
                    vectors += at.compare(LT, TAIL_END).anyTrue() ? 1 : 0;
                }
                value.intoArray(y, yOffset + i);
                f = FORMULA;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
        return vectors;
    }

    private static void forwardTail(
            VectorTails far, int vectors, float[] y, int yOffset, float p0, float p1, float p2) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = TAIL;
        try {
            for (int k = 0; k < vectors; k++) {
                FloatVector at = FloatVector.fromArray(SPECIES, far.x, k * LANES);
                FloatVector value = (FloatVector) f.invokeExact(at, one, v0, v1, v2);
                int i = yOffset + far.vector[k] * LANES;
                FloatVector.fromArray(SPECIES, y, i)
                        .blend(value, at.compare(LT, TAIL_END))
                        .intoArray(y, i);
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
        if (TAIL == null && length % LANES == 0) {
            backwardWhole(x, xOffset, dy, dyOffset, dx, dxOffset, length, null, p0, p1, p2);
            return;
        }
        VectorTails far = TAIL == null ? null : VectorTails.take();
        int done = 0;
        while (done < length) {
            int count = Math.min(Math.max(length - done, LANES) / LANES * LANES, BLOCK);
            int start = Math.min(done, length - count);
            int vectors = backwardWhole(
                    x, xOffset + start, dy, dyOffset + start, dx, dxOffset + start, count, far, p0, p1, p2);
            if (TAIL != null && vectors > 0) {
                backwardTail(far, vectors, dx, dxOffset + start, p0, p1, p2);
            }
            done += count;
        }
        if (TAIL != null) {
            far.give();
        }
    }

    private static int backwardWhole(
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int length,
            VectorTails far,
            float p0,
            float p1,
            float p2) {
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = FORMULA;
        int vectors = 0;
        try {
            for (int i = 0; i < length; i += LANES) {
                FloatVector at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyOffset + i);
                FloatVector value = (FloatVector) f.invokeExact(at, gradient, v0, v1, v2);
                if (TAIL != null) {
                    at.intoArray(far.x, vectors * LANES);
                    gradient.intoArray(far.dy, vectors * LANES);
                    far.vector[vectors] = (byte) (i / LANES);
                    vectors += at.compare(LT, TAIL_END).anyTrue() ? 1 : 0;
                }
                value.intoArray(dx, dxOffset + i);
                f = FORMULA;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
        return vectors;
    }

    private static void backwardTail(
            VectorTails far, int vectors, float[] dx, int dxOffset, float p0, float p1, float p2) {
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = TAIL;
        try {
            for (int k = 0; k < vectors; k++) {
                FloatVector at = FloatVector.fromArray(SPECIES, far.x, k * LANES);
                FloatVector gradient = FloatVector.fromArray(SPECIES, far.dy, k * LANES);
                FloatVector value = (FloatVector) f.invokeExact(at, gradient, v0, v1, v2);
                int i = dxOffset + far.vector[k] * LANES;
                FloatVector.fromArray(SPECIES, dx, i)
                        .blend(value, at.compare(LT, TAIL_END))
                        .intoArray(dx, i);
                f = TAIL;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
