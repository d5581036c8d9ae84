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
    /** So many elements are one crossing, and too few to bypass the caches. */
    public static final int MOST = NativeEngine.CROSSING;

    /** In place of a length: as {@code AUTO} chooses. */
    public static final long CHOOSE = -1;

    private static final NativeCalls CALLS = NativeLibrary.get().calls();
    // Goes native for any length, and has no kernel there.
    private static final BoundCall NONE = new BoundCall();

    // 0 if there is none.
    private final long kernel;
    private final double p0;
    private final double p1;
    private final double p2;
    // Of fewer elements than the Vector API takes at a time, and of others: from how many on the native kernel is
    // called.
    private final long nativeFromShort;
    private final long nativeFrom;
    private final EltwiseLoop plain;
    // On the Vector API, so many elements at a time; null if it is not there.
    private final EltwiseLoop loop;
    private final FloatLoops loops;
    private final int lanes;
    private final int index;

    private BoundCall() {
        kernel = 0;
        p0 = 0;
        p1 = 0;
        p2 = 0;
        nativeFromShort = 0;
        nativeFrom = 0;
        plain = null;
        loop = null;
        loops = null;
        lanes = Integer.MAX_VALUE;
        index = 0;
    }

    private BoundCall(Function function, Direction direction, double[] p, Engines.Offer offer) {
        index = Crossovers.index(function, direction);
        p0 = NativeEngine.parameter(p, 0);
        p1 = NativeEngine.parameter(p, 1);
        p2 = NativeEngine.parameter(p, 2);
        kernel = offer.natives().supports(function, ElementType.FLOAT32, direction, p)
                ? ((NativeEngine) offer.natives()).kernel(function, ElementType.FLOAT32, direction)
                : 0;
        plain = offer.scalar().loop(function, direction);
        loops = offer.vector() instanceof FloatLoops here ? here : null;
        loop = loops == null ? null : loops.loop(function, direction, p);
        lanes = loop == null ? Integer.MAX_VALUE : offer.vector().lanes();
        nativeFromShort = offer.crossovers().thanScalar()[index];
        nativeFrom = offer.crossovers().thanVector()[index];
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
     * @param from from how many elements on to call the native kernel, or {@link #CHOOSE}
     * @param dy null going forward
     * @return whether it has been done; otherwise nothing has, and the engines must be asked
     */
    public boolean run(
            long from, float[] x, int xOffset, float[] dy, int dyOffset, float[] out, int outOffset, int length) {
        boolean isShort = length < lanes;
        boolean isNative = from != CHOOSE
                ? length >= from
                : isShort ? length >= nativeFromShort : Crossovers.againstVector(length, lanes) >= nativeFrom;
        if (isNative) {
            if (kernel == 0) {
                return false;
            }
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
            return true;
        }
        // In place the Vector API needs whole vectors.
        if (!isShort && (length % lanes != 0 && (x == out || dy == out) || !isBrokenIn())) {
            return false;
        }
        EltwiseLoop chosen = isShort ? plain : loop;
        if (dy == null) {
            chosen.forward(x, xOffset, out, outOffset, length, (float) p0, (float) p1, (float) p2);
        } else {
            chosen.backward(x, xOffset, dy, dyOffset, out, outOffset, length, (float) p0, (float) p1, (float) p2);
        }
        return true;
    }

    // Without a native kernel nothing is faster meanwhile.
    private boolean isBrokenIn() {
        return kernel == 0 || loops.isBrokenIn(index);
    }
}
