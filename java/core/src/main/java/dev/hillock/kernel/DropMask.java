package dev.hillock.kernel;

/**
 * Dropout by place: elements are dropped whose {@link CounterRandom#uniform} number is below the rate, the others are
 * divided by what is left. The numbers are not made: 53 random bits are compared with the least whose number is kept.
 */
public final class DropMask {
    private final long seed;
    private final long start;
    private final long leastKept;
    private final double scale;

    /** The mask of a seed with a share from 0 to below 1 that is dropped. */
    public DropMask(long seed, double rate) {
        this.seed = seed;
        start = CounterRandom.start(seed);
        leastKept = CounterRandom.leastFrom(rate);
        scale = 1 / (1 - rate);
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** What the upper 53 random bits of an element must be at least, or it is dropped. */
    public long leastKept() {
        return leastKept;
    }

    /** What is kept of a float is multiplied by this. */
    public float factor() {
        return (float) scale;
    }

    // All ones where the element of these bits is kept, else 0: a branch would be mispredicted wherever one is dropped.
    private static long kept(long bits, long leastKept) {
        return leastKept - 1 - (bits >>> 11) >> 63;
    }

    /** Drops from a range of count values; index is the first's. */
    public void apply(long index, float[] values, int at, int count) {
        float factor = factor();
        long least = leastKept;
        long counter = CounterRandom.counter(start, index);
        for (int i = at; i < at + count; i++) {
            int bits = Float.floatToRawIntBits(values[i] * factor);
            values[i] = Float.intBitsToFloat(bits & (int) kept(CounterRandom.mix(counter), least));
            counter += CounterRandom.STEP;
        }
    }

    /** Drops from a range of doubles. */
    public void apply(long index, double[] values, int at, int count) {
        double factor = scale;
        long least = leastKept;
        long counter = CounterRandom.counter(start, index);
        for (int i = at; i < at + count; i++) {
            long bits = Double.doubleToRawLongBits(values[i] * factor);
            values[i] = Double.longBitsToDouble(bits & kept(CounterRandom.mix(counter), least));
            counter += CounterRandom.STEP;
        }
    }
}
