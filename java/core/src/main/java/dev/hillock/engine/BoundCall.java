package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.binding.NativeCalls;
import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;

/**
 * A function, a direction and its parameters with all that a call on floats in arrays would otherwise look up: on short
 * arrays that took longer than the work. Results are those of the engines.
 */
public final class BoundCall {
    /** So many elements are too few to bypass the caches. */
    public static final int MOST = 1 << 20;

    /** In place of a length: as {@code AUTO} chooses. */
    public static final long CHOOSE = -1;

    /** In place of a length: on the native kernel, whatever the length. */
    public static final long NATIVE = 1;

    /** In place of a length: as {@code VECTOR} does. */
    public static final long VECTOR = Long.MAX_VALUE;

    // More than a call has: all are short.
    private static final int NO_LANES = 1 << 30;

    private static final NativeCalls CALLS = NativeLibrary.get().calls();
    // Goes native for any length, and has no kernel there.
    private static final BoundCall NONE = new BoundCall();

    // 0 if there is none.
    private final long kernel;
    // Elements of a crossing.
    private final int mostAtOnce;
    private final double p0;
    private final double p1;
    private final double p2;
    // From how many elements on the native kernel is called: of fewer than the Vector API takes at a time, of whole
    // vectors, and of others.
    private final long nativeFromShort;
    private final long nativeFromWhole;
    private final long nativeFromRest;
    private final EltwiseLoop plain;
    // On the Vector API, so many elements at a time; null if it is not there.
    private final EltwiseLoop loop;
    private final FloatLoops loops;
    private final int lanes;
    private final int index;
    // Once seen, it stays so; another thread may see it later.
    private boolean brokenIn;

    private BoundCall() {
        kernel = 0;
        mostAtOnce = 0;
        p0 = 0;
        p1 = 0;
        p2 = 0;
        nativeFromShort = 0;
        nativeFromWhole = 0;
        nativeFromRest = 0;
        plain = null;
        loop = null;
        loops = null;
        lanes = NO_LANES;
        index = 0;
    }

    private BoundCall(Function function, Direction direction, double[] p, Engines.Offer offer) {
        index = Crossovers.index(function, direction);
        p0 = NativeEngine.parameter(p, 0);
        p1 = NativeEngine.parameter(p, 1);
        p2 = NativeEngine.parameter(p, 2);
        NativeEngine natives = offer.natives().supports(function, ElementType.FLOAT32, direction, p)
                ? (NativeEngine) offer.natives()
                : null;
        kernel = natives == null ? 0 : natives.kernel(function, ElementType.FLOAT32, direction);
        mostAtOnce = natives == null ? 0 : natives.bound().floats();
        plain = offer.scalar().loop(function, direction);
        loops = offer.vector() instanceof FloatLoops here ? here : null;
        loop = loops == null ? null : loops.loop(function, direction, p);
        lanes = loop == null ? NO_LANES : offer.vector().lanes();
        // Without a kernel whoever chooses goes on to the engines, which say what is wrong.
        boolean asks = offer.isMistaken();
        nativeFromShort = asks ? 0 : offer.crossovers().thanScalar()[index];
        nativeFromWhole = asks ? 0 : offer.crossovers().thanVector()[index];
        nativeFromRest = asks ? 0 : offer.crossovers().thanVectorWithRest()[index];
    }

    /** Of what has no kernels, one that does nothing and leaves it to the engines. */
    public static BoundCall of(Function function, Direction direction, double[] parameters) {
        if (function.isCustom() || direction == Direction.BACKWARD_FROM_OUTPUT && !function.fromOutput(parameters)) {
            return NONE;
        }
        BoundCall call = new BoundCall(function, direction, parameters, Engines.offer());
        return call.plain == null ? NONE : call;
    }

    /**
     * One call of at least one and at most {@link #MOST} elements.
     *
     * @param from from how many elements on to call the native kernel, or {@link #CHOOSE}, {@link #NATIVE} or
     *     {@link #VECTOR}
     * @param dy null going forward
     * @return whether it has been done; otherwise nothing has, and the engines must be asked
     */
    public boolean run(
            long from, float[] x, int xOffset, float[] dy, int dyOffset, float[] out, int outOffset, int length) {
        // A number of lanes is a power of two, and a division would take as long as the rest of the choice.
        boolean isWhole = (length & lanes - 1) == 0;
        boolean isShort = length < lanes;
        long nativeFrom =
                from != CHOOSE ? from : isShort ? nativeFromShort : isWhole ? nativeFromWhole : nativeFromRest;
        if (length >= nativeFrom) {
            if (kernel == 0) {
                return false;
            }
            if (length > mostAtOnce) {
                crossings(x, xOffset, dy, dyOffset, out, outOffset, length);
            } else {
                cross(x, xOffset, dy, dyOffset, out, outOffset, length);
            }
            return true;
        }
        EltwiseLoop chosen = plain;
        if (!isShort) {
            // In place the Vector API needs whole vectors.
            if (!isWhole && (x == out || dy == out) || !brokenIn && from == CHOOSE && !isBrokenIn()) {
                return false;
            }
            chosen = loop;
        }
        if (chosen == null) {
            return false;
        }
        if (dy == null) {
            chosen.forward(x, xOffset, out, outOffset, length, (float) p0, (float) p1, (float) p2);
        } else {
            chosen.backward(x, xOffset, dy, dyOffset, out, outOffset, length, (float) p0, (float) p1, (float) p2);
        }
        return true;
    }

    private void crossings(float[] x, int xOffset, float[] dy, int dyOffset, float[] out, int outOffset, int length) {
        for (int done = 0; done < length; done += mostAtOnce) {
            int count = Math.min(mostAtOnce, length - done);
            cross(x, xOffset + done, dy, dyOffset + done, out, outOffset + done, count);
        }
    }

    private void cross(float[] x, int xOffset, float[] dy, int dyOffset, float[] out, int outOffset, int length) {
        CALLS.eltwise(
                kernel,
                p0,
                p1,
                p2,
                x,
                (long) xOffset * Float.BYTES,
                dy,
                (long) dyOffset * Float.BYTES,
                out,
                (long) outOffset * Float.BYTES,
                length,
                false);
    }

    // Without a native kernel nothing is faster meanwhile.
    private boolean isBrokenIn() {
        brokenIn = kernel == 0 || loops.isBrokenIn(index);
        return brokenIn;
    }
}
