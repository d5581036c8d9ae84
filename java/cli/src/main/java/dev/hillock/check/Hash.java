package dev.hillock.check;

/**
 * One 64-bit number for all outputs of a sweep, whose blocks may be taken in any order: the sum of a mix of each block. A
 * block is the sum of its outputs' bits, each times a random key of its place, which is a universal hash: other outputs
 * have the same sum by chance only. Every NaN counts as the same one.
 */
final class Hash {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
    private static final int BELOW_NAN = 0x7fffff;
    private static final long[] KEYS = keys();

    private Hash() {}

    private static long[] keys() {
        long[] keys = new long[Sweep.BLOCK];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = mix(i) | 1;
        }
        return keys;
    }

    /** The outputs' bits, with one NaN for all. */
    static int canonical(float y) {
        return Float.floatToIntBits(y);
    }

    /** What a block of at most {@link Sweep#BLOCK} outputs adds to the hash of a sweep. */
    static long of(int block, float[] y, int count) {
        long sum = 0;
        int special = 0;
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToRawIntBits(y[i]);
            // Carries into the sign where the magnitude is above infinity's.
            special |= (bits & Integer.MAX_VALUE) + BELOW_NAN;
            sum += KEYS[i] * bits;
        }
        return mix((special < 0 ? canonicalSum(y, count) : sum) ^ (long) block << 32);
    }

    private static long canonicalSum(float[] y, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += KEYS[i] * canonical(y[i]);
        }
        return sum;
    }

    // The finisher of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    static long mix(long value) {
        long z = (value + 1) * GOLDEN_RATIO;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
