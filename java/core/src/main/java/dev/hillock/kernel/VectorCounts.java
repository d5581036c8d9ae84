package dev.hillock.kernel;

import static dev.hillock.kernel.ActivationCounts.LANES;
import static dev.hillock.kernel.VectorElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The mirror of {@code native/core/statistics.h}: what {@link ActivationCounts} counts, a vector of lanes at a time. */
public final class VectorCounts {
    private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SPECIES.vectorShape());
    private static final int WIDTH = SPECIES.length();

    private VectorCounts() {}

    /** {@link ActivationCounts#add} of slopes from the start. */
    public static void add(ActivationCounts counts, float[] y, int at, float[] slopes, int n) {
        int whole = n - n % LANES;
        for (int lane = 0; lane < LANES; lane += WIDTH) {
            addLanes(counts, lane, y, at, slopes, whole);
        }
        counts.take();
        counts.add(y, at + whole, slopes, whole, n - whole);
    }

    private static void addLanes(ActivationCounts counts, int lane, float[] y, int at, float[] slopes, int n) {
        FloatVector zeros = FloatVector.zero(SPECIES);
        FloatVector saturated = zeros;
        FloatVector nans = zeros;
        FloatVector least = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
        FloatVector most = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        DoubleVector low = DoubleVector.fromArray(DOUBLES, counts.sums(), lane);
        DoubleVector high = DoubleVector.fromArray(DOUBLES, counts.sums(), lane + WIDTH / 2);
        float flat = counts.flat();
        for (int i = lane; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, at + i);
            VectorMask<Float> nan = v.compare(NE, v);
            VectorMask<Float> isFlat =
                    FloatVector.fromArray(SPECIES, slopes, i).abs().compare(LE, flat);
            zeros = zeros.blend(zeros.add(1f), v.compare(EQ, 0f));
            saturated = saturated.blend(saturated.add(1f), isFlat.andNot(nan));
            nans = nans.blend(nans.add(1f), nan);
            least = least.blend(v, v.compare(LT, least));
            most = most.blend(v, v.compare(GT, most));
            FloatVector number = v.blend(0f, nan);
            low = low.add(number.convertShape(F2D, DOUBLES, 0));
            high = high.add(number.convertShape(F2D, DOUBLES, 1));
        }
        float[] lanes = counts.lanes();
        zeros.intoArray(lanes, lane);
        saturated.intoArray(lanes, LANES + lane);
        nans.intoArray(lanes, 2 * LANES + lane);
        least.intoArray(lanes, 3 * LANES + lane);
        most.intoArray(lanes, 4 * LANES + lane);
        low.intoArray(counts.sums(), lane);
        high.intoArray(counts.sums(), lane + WIDTH / 2);
    }
}
