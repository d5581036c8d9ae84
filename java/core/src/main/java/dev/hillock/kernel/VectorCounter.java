package dev.hillock.kernel;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link CounterRandom} of neighbouring indices, where vectors hold eight longs: on others the compiler may have no product
 * of longs, and plain Java is faster.
 */
final class VectorCounter {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;

    /** Indices at a time. */
    static final int LANES = LONGS.length();

    private VectorCounter() {}

    /** Whether vectors are that long here. */
    static boolean isWorth() {
        return VectorElementary.SPECIES.length() == 2 * LANES;
    }

    /** The counters of the first indices. */
    static LongVector first(long start, long index) {
        return LongVector.broadcast(LONGS, 0)
                .addIndex(1)
                .mul(CounterRandom.STEP)
                .add(CounterRandom.counter(start, index));
    }

    /** The counters of the indices that follow. */
    static LongVector next(LongVector counter) {
        return counter.add(LANES * CounterRandom.STEP);
    }

    /** {@link CounterRandom#mix} of counters. */
    static LongVector bits(LongVector counter) {
        LongVector z = counter.lanewise(XOR, counter.lanewise(LSHR, 30)).mul(CounterRandom.FIRST_FACTOR);
        z = z.lanewise(XOR, z.lanewise(LSHR, 27)).mul(CounterRandom.SECOND_FACTOR);
        return z.lanewise(XOR, z.lanewise(LSHR, 31));
    }
}
