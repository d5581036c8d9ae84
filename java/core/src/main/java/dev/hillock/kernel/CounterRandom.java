package dev.hillock.kernel;

/**
 * Random numbers by position: the number at an index depends on the seed and the index alone, so any part of an array
 * can be computed by any thread, and again.
 *
 * <p>SplitMix64's output function (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014) over a
 * counter.
 */
public final class CounterRandom {
    /** From one {@link #counter} to the next. */
    static final long STEP = 0x9e3779b97f4a7c15L;

    static final long FIRST_FACTOR = 0xbf58476d1ce4e5b9L;
    static final long SECOND_FACTOR = 0x94d049bb133111ebL;

    private static final double BELOW_1 = Math.nextDown(1.0);

    private CounterRandom() {}

    /** What a seed becomes, once for all its numbers. */
    static long start(long seed) {
        return mix(seed + STEP);
    }

    /** What is {@link #mix mixed} to the bits at an index. */
    static long counter(long start, long index) {
        return start + (index + 1) * STEP;
    }

    /** 64 random bits of a {@link #start}. */
    static long bits(long start, long index) {
        return mix(counter(start, index));
    }

    /** The number between 0 and 1 of 64 bits; of the largest 53 the sum would round to 1, and is the double below it. */
    static double unit(long bits) {
        return Math.min(((bits >>> 11) + 0.5) * 0x1p-53, BELOW_1);
    }

    /** The least 53 upper bits whose {@link #unit} is not below a value, which is below 1. */
    static long leastFrom(double value) {
        long from = 0;
        for (long to = (1L << 53) - 1; from < to; ) {
            long middle = from + to >>> 1;
            if (unit(middle << 11) < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** A number in the open interval from 0 to 1. */
    public static double uniform(long seed, long index) {
        return unit(bits(start(seed), index));
    }

    /** The output function. */
    static long mix(long value) {
        long z = (value ^ value >>> 30) * FIRST_FACTOR;
        z = (z ^ z >>> 27) * SECOND_FACTOR;
        return z ^ z >>> 31;
    }
}
