package dev.hillock.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link DropMask}, as many floats at a time as {@link VectorCounter} has numbers. */
public final class VectorDropMask {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    // The compiler of JDK 17 makes objects of the masks.
    private static final boolean IS_WORTH =
            VectorCounter.isWorth() && Runtime.version().feature() >= 25;

    private VectorDropMask() {}

    /** Whether it is faster than plain Java here. */
    public static boolean isWorth() {
        return IS_WORTH;
    }

    /** {@link DropMask#apply(long, float[], int, int)}. */
    public static void apply(DropMask mask, long index, float[] values, int at, int count) {
        int whole = count - count % VectorCounter.LANES;
        float factor = mask.factor();
        long least = mask.leastKept();
        LongVector counter = VectorCounter.first(CounterRandom.start(mask.seed()), index);
        for (int i = at; i < at + whole; i += VectorCounter.LANES) {
            FloatVector scaled = FloatVector.fromArray(FLOATS, values, i).mul(factor);
            FloatVector.zero(FLOATS)
                    .blend(
                            scaled,
                            VectorCounter.bits(counter)
                                    .lanewise(LSHR, 11)
                                    .compare(GE, least)
                                    .cast(FLOATS))
                    .intoArray(values, i);
            counter = VectorCounter.next(counter);
        }
        mask.apply(index + whole, values, at + whole, count - whole);
    }
}
