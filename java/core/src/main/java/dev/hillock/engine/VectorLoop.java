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
 * once, and the loop over whole vectors is a method that is compiled apart from its callers: with what they inline around
 * it, or two such loops in one, the largest formulas were called instead, four times as slow.
 */
final class VectorLoop extends EltwiseLoop {
    private static final Formula DATA = data();
    private static final MethodHandle FORMULA = DATA.value();
    private static final MethodHandle TAIL = DATA.tail();
    private static final boolean OF_ANGLE = DATA.tailOfAngle();
    // Of x, or of the angle's size turned round. What compares stands in each loop: behind a long formula the compiler
    // might call a method of ours, with vectors as objects.
    private static final float TAIL_END = OF_ANGLE ? -DATA.tailEnd() : DATA.tailEnd();
    private static final int LANES = SPECIES.length();
    // The copy for long arrays loads two vectors ahead. Where out lies 48 to 200 bytes behind x modulo 4096, the
    // processor takes a load for one of what was stored just before, and has it wait for that formula to end: a third
    // more time. Java lays arrays of powers of two one after the other so, each 16 bytes further. What does not fill
    // the first-level cache goes without: light functions would take a sixth longer.
    private static final EltwiseLoop FOR_LONG = (EltwiseLoop) DATA.forLong();
    private static final boolean LOADS_AHEAD = VectorEngine.HAS_LOOPS_FOR_LONG && FOR_LONG == null;
    private static final int LONG = 1 << 13;
    // With a tail, so many elements are one block.
    private static final int BLOCK = VectorTails.MOST * LANES;

    private static Formula data() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Formula.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void forward(float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        if (FOR_LONG != null && length >= LONG) {
            FOR_LONG.forward(x, xOffset, y, yOffset, length, p0, p1, p2);
        } else {
            run(x, xOffset, null, 0, y, yOffset, length, p0, p1, p2);
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
        if (FOR_LONG != null && length >= LONG) {
            FOR_LONG.backward(x, xOffset, dy, dyOffset, dx, dxOffset, length, p0, p1, p2);
        } else {
            run(x, xOffset, dy, dyOffset, dx, dxOffset, length, p0, p1, p2);
        }
    }

    // dy is null going forward, here and below.
    private static void run(
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] out,
            int outOffset,
            int length,
            float p0,
            float p1,
            float p2) {
        if (TAIL != null) {
            blocks(x, xOffset, dy, dyOffset, out, outOffset, length, p0, p1, p2);
            return;
        }
        int count = length / LANES * LANES;
        whole(x, xOffset, dy, dyOffset, out, outOffset, count, p0, p1, p2, null);
        if (count < length) {
            int last = length - LANES;
            whole(x, xOffset + last, dy, dyOffset + last, out, outOffset + last, LANES, p0, p1, p2, null);
        }
    }

    private static void blocks(
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] out,
            int outOffset,
            int length,
            float p0,
            float p1,
            float p2) {
        VectorTails far = VectorTails.take();
        int done = 0;
        while (done < length) {
            int count = Math.min(Math.max(length - done, LANES) / LANES * LANES, BLOCK);
            int start = Math.min(done, length - count);
            int vectors =
                    whole(x, xOffset + start, dy, dyOffset + start, out, outOffset + start, count, p0, p1, p2, far);
            if (vectors > 0) {
                tail(far, vectors, dy != null, out, outOffset + start, p0, p1, p2);
            }
            done += count;
        }
        far.give();
    }

    // Whole vectors; returns how many reach into the tail, which far then has. Both directions are one method, for
    // above 325 bytes (FreqInlineSize) the compiler inlines none; that one of them never runs costs nothing.
    private static int whole(
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] out,
            int outOffset,
            int length,
            float p0,
            float p1,
            float p2,
            VectorTails far) {
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        int last = length - LANES;
        int second = LOADS_AHEAD ? Math.min(LANES, last) : 0;
        FloatVector next = FloatVector.fromArray(SPECIES, x, xOffset);
        FloatVector afterNext = FloatVector.fromArray(SPECIES, x, xOffset + second);
        MethodHandle f = FORMULA;
        int vectors = 0;
        try {
            if (dy == null) {
                FloatVector one = FloatVector.broadcast(SPECIES, 1f);
                for (int i = 0; i < length; i += LANES) {
                    FloatVector at;
                    if (LOADS_AHEAD) {
                        at = next;
                        next = afterNext;
                        afterNext =
                                FloatVector.fromArray(SPECIES, x, xOffset + Math.min(i, last - 2 * LANES) + 2 * LANES);
                    } else {
                        at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                    }
                    FloatVector value = (FloatVector) f.invokeExact(at, one, v0, v1, v2);
                    if (TAIL != null
                            && (OF_ANGLE ? at.mul(v0).abs().neg() : at)
                                    .compare(LT, TAIL_END)
                                    .anyTrue()) {
                        at.intoArray(far.x, vectors * LANES);
                        far.vector[vectors] = (byte) (i / LANES);
                        vectors++;
                    }
                    value.intoArray(out, outOffset + i);
                    f = FORMULA;
                }
            } else {
                FloatVector nextGradient = FloatVector.fromArray(SPECIES, dy, dyOffset);
                FloatVector gradientAfterNext = FloatVector.fromArray(SPECIES, dy, dyOffset + second);
                for (int i = 0; i < length; i += LANES) {
                    FloatVector at;
                    FloatVector gradient;
                    if (LOADS_AHEAD) {
                        int ahead = Math.min(i, last - 2 * LANES) + 2 * LANES;
                        at = next;
                        next = afterNext;
                        afterNext = FloatVector.fromArray(SPECIES, x, xOffset + ahead);
                        gradient = nextGradient;
                        nextGradient = gradientAfterNext;
                        gradientAfterNext = FloatVector.fromArray(SPECIES, dy, dyOffset + ahead);
                    } else {
                        at = FloatVector.fromArray(SPECIES, x, xOffset + i);
                        gradient = FloatVector.fromArray(SPECIES, dy, dyOffset + i);
                    }
                    FloatVector value = (FloatVector) f.invokeExact(at, gradient, v0, v1, v2);
                    if (TAIL != null
                            && (OF_ANGLE ? at.mul(v0).abs().neg() : at)
                                    .compare(LT, TAIL_END)
                                    .anyTrue()) {
                        at.intoArray(far.x, vectors * LANES);
                        gradient.intoArray(far.dy, vectors * LANES);
                        far.vector[vectors] = (byte) (i / LANES);
                        vectors++;
                    }
                    value.intoArray(out, outOffset + i);
                    f = FORMULA;
                }
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
        return vectors;
    }

    private static void tail(
            VectorTails far, int vectors, boolean backward, float[] out, int outOffset, float p0, float p1, float p2) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector v0 = FloatVector.broadcast(SPECIES, p0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, p1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, p2);
        MethodHandle f = TAIL;
        try {
            for (int k = 0; k < vectors; k++) {
                FloatVector at = FloatVector.fromArray(SPECIES, far.x, k * LANES);
                FloatVector gradient = backward ? FloatVector.fromArray(SPECIES, far.dy, k * LANES) : one;
                FloatVector value = (FloatVector) f.invokeExact(at, gradient, v0, v1, v2);
                int i = outOffset + far.vector[k] * LANES;
                FloatVector.fromArray(SPECIES, out, i)
                        .blend(value, (OF_ANGLE ? at.mul(v0).abs().neg() : at).compare(LT, TAIL_END))
                        .intoArray(out, i);
                f = TAIL;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
