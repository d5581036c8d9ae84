package dev.hillock.kernel;

/**
 * Random numbers by position: the number at an index depends on the seed and the index alone, so any part of an array
 * can be computed by any thread, and again.
 *
 * <p>SplitMix64's output function (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014) over a
 * counter.
 */
public final class CounterRandom {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final double BELOW_1 = Math.nextDown(1.0);

    private CounterRandom() {}

    /** What a seed becomes, once for all its numbers. */
    static long start(long seed) {
        return mix(seed + GOLDEN);
    }

    /** 64 random bits of a {@link #start}. */
    static long bits(long start, long index) {
        return mix(start + (index + 1) * GOLDEN);
    }

    /** The number between 0 and 1 of 64 bits; of the largest 53 the sum would round to 1, and is the double below it. */
    static double unit(long bits) {
        return Math.min(((bits >>> 11) + 0.5) * 0x1p-53, BELOW_1);
    }

    /** A number in the open interval from 0 to 1. */
    public static double uniform(long seed, long index) {
        return unit(bits(start(seed), index));
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
