package dev.hillock.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DropMask} eight floats at a time, where vectors hold eight longs: on others the compiler may have no product of
 * longs, and plain Java is faster.
 */
public final class VectorDropMask {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final int LANES = LONGS.length();

    private VectorDropMask() {}

    /** Whether vectors are that long here. */
    public static boolean isWorth() {
        return VectorElementary.SPECIES.length() == 2 * LANES;
    }

    /** {@link DropMask#apply(long, float[], int, int)}. */
    public static void apply(DropMask mask, long index, float[] values, int at, int count) {
        int whole = count - count % LANES;
        float factor = mask.factor();
        long least = mask.leastKept();
        LongVector counter = LongVector.broadcast(LONGS, 0)
                .addIndex(1)
                .mul(CounterRandom.STEP)
                .add(CounterRandom.counter(CounterRandom.start(mask.seed()), index));
        for (int i = at; i < at + whole; i += LANES) {
            LongVector z = counter.lanewise(XOR, counter.lanewise(LSHR, 30)).mul(CounterRandom.FIRST_FACTOR);
            z = z.lanewise(XOR, z.lanewise(LSHR, 27)).mul(CounterRandom.SECOND_FACTOR);
            z = z.lanewise(XOR, z.lanewise(LSHR, 31));
            FloatVector scaled = FloatVector.fromArray(FLOATS, values, i).mul(factor);
            FloatVector.zero(FLOATS)
                    .blend(scaled, z.lanewise(LSHR, 11).compare(GE, least).cast(FLOATS))
                    .intoArray(values, i);
            counter = counter.add(LANES * CounterRandom.STEP);
        }
        mask.apply(index + whole, values, at + whole, count - whole);
    }
}
