package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.F2D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link LaneSums} of terms that follow each other, a vector of lanes at a time. */
public final class VectorLaneSums extends LaneSums {
    private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SPECIES.vectorShape());
    private static final int WIDTH = SPECIES.length();

    // Adds whole blocks of terms.
    void add(float[] terms, int at, int count) {
        for (int l = 0; l < LANES; l += WIDTH) {
            DoubleVector low = DoubleVector.fromArray(DOUBLES, lane, l);
            DoubleVector high = DoubleVector.fromArray(DOUBLES, lane, l + WIDTH / 2);
            for (int i = 0; i < count; i += BLOCK) {
                int from = at + l + i;
                FloatVector sum = FloatVector.fromArray(SPECIES, terms, from)
                        .add(FloatVector.fromArray(SPECIES, terms, from + 16))
                        .add(FloatVector.fromArray(SPECIES, terms, from + 32)
                                .add(FloatVector.fromArray(SPECIES, terms, from + 48)));
                low = low.add(sum.convertShape(F2D, DOUBLES, 0));
                high = high.add(sum.convertShape(F2D, DOUBLES, 1));
            }
            low.intoArray(lane, l);
            high.intoArray(lane, l + WIDTH / 2);
        }
    }

    // The same of the products of two factors.
    void addProducts(float[] a, int aAt, float[] b, int bAt, int count) {
        for (int l = 0; l < LANES; l += WIDTH) {
            DoubleVector low = DoubleVector.fromArray(DOUBLES, lane, l);
            DoubleVector high = DoubleVector.fromArray(DOUBLES, lane, l + WIDTH / 2);
            for (int i = 0; i < count; i += BLOCK) {
                int p = aAt + l + i;
                int q = bAt + l + i;
                FloatVector first = FloatVector.fromArray(SPECIES, a, p)
                        .mul(FloatVector.fromArray(SPECIES, b, q))
                        .add(FloatVector.fromArray(SPECIES, a, p + 16).mul(FloatVector.fromArray(SPECIES, b, q + 16)));
                FloatVector second = FloatVector.fromArray(SPECIES, a, p + 32)
                        .mul(FloatVector.fromArray(SPECIES, b, q + 32))
                        .add(FloatVector.fromArray(SPECIES, a, p + 48).mul(FloatVector.fromArray(SPECIES, b, q + 48)));
                FloatVector sum = first.add(second);
                low = low.add(sum.convertShape(F2D, DOUBLES, 0));
                high = high.add(sum.convertShape(F2D, DOUBLES, 1));
            }
            low.intoArray(lane, l);
            high.intoArray(lane, l + WIDTH / 2);
        }
    }

    @Override
    public void addEach(float[] terms, int count) {
        int whole = count / LANES * LANES;
        for (int l = 0; l < LANES; l += WIDTH) {
            DoubleVector low = DoubleVector.fromArray(DOUBLES, lane, l);
            DoubleVector high = DoubleVector.fromArray(DOUBLES, lane, l + WIDTH / 2);
            for (int i = l; i < whole; i += LANES) {
                FloatVector some = FloatVector.fromArray(SPECIES, terms, i);
                low = low.add(some.convertShape(F2D, DOUBLES, 0));
                high = high.add(some.convertShape(F2D, DOUBLES, 1));
            }
            low.intoArray(lane, l);
            high.intoArray(lane, l + WIDTH / 2);
        }
        for (int i = whole; i < count; i++) {
            lane[i - whole] += terms[i];
        }
    }
}
