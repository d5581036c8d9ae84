package dev.hillock.check;

/**
 * One 64-bit number for all outputs of a sweep: the sum of a mix of every input with its output, so that inputs may be
 * taken in any order. Every NaN counts as the same one.
 */
final class Hash {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
    private static final int NAN = 0x7fc00000;

    private Hash() {}

    /** The outputs' bits, with one NaN for all. */
    static int canonical(float y) {
        return y != y ? NAN : Float.floatToRawIntBits(y);
    }

    static long of(float[] x, float[] y, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += mix((long) Float.floatToRawIntBits(x[i]) << 32 ^ canonical(y[i]));
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
