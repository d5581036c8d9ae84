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

    // Adds so many terms, which come before all others or follow whole blocks.
    void add(float[] terms, int at, int count) {
        int whole = count / BLOCK * BLOCK;
        for (int l = 0; l < LANES; l += WIDTH) {
            DoubleVector low = DoubleVector.fromArray(DOUBLES, lane, l);
            DoubleVector high = DoubleVector.fromArray(DOUBLES, lane, l + WIDTH / 2);
            for (int i = 0; i < whole; i += BLOCK) {
                int from = at + l + i;
                FloatVector sum = vector(terms, from)
                        .add(vector(terms, from + 16))
                        .add(vector(terms, from + 32).add(vector(terms, from + 48)));
                low = low.add(sum.convertShape(F2D, DOUBLES, 0));
                high = high.add(sum.convertShape(F2D, DOUBLES, 1));
            }
            low.intoArray(lane, l);
            high.intoArray(lane, l + WIDTH / 2);
        }
        if (whole < count) {
            float[] rest = new float[BLOCK];
            System.arraycopy(terms, at + whole, rest, 0, count - whole);
            add(rest);
        }
    }

    // The same of the products of two factors.
    void addProducts(float[] a, int aAt, float[] b, int bAt, int count) {
        int whole = count / BLOCK * BLOCK;
        for (int l = 0; l < LANES; l += WIDTH) {
            DoubleVector low = DoubleVector.fromArray(DOUBLES, lane, l);
            DoubleVector high = DoubleVector.fromArray(DOUBLES, lane, l + WIDTH / 2);
            for (int i = 0; i < whole; i += BLOCK) {
                int p = aAt + l + i;
                int q = bAt + l + i;
                FloatVector first =
                        vector(a, p).mul(vector(b, q)).add(vector(a, p + 16).mul(vector(b, q + 16)));
                FloatVector second = vector(a, p + 32)
                        .mul(vector(b, q + 32))
                        .add(vector(a, p + 48).mul(vector(b, q + 48)));
                FloatVector sum = first.add(second);
                low = low.add(sum.convertShape(F2D, DOUBLES, 0));
                high = high.add(sum.convertShape(F2D, DOUBLES, 1));
            }
            low.intoArray(lane, l);
            high.intoArray(lane, l + WIDTH / 2);
        }
        if (whole < count) {
            float[] rest = new float[BLOCK];
            for (int k = whole; k < count; k++) {
                rest[k - whole] = a[aAt + k] * b[bAt + k];
            }
            add(rest);
        }
    }

    @Override
    public void addEach(float[] terms, int count) {
        int whole = count / LANES * LANES;
        for (int l = 0; l < LANES; l += WIDTH) {
            DoubleVector low = DoubleVector.fromArray(DOUBLES, lane, l);
            DoubleVector high = DoubleVector.fromArray(DOUBLES, lane, l + WIDTH / 2);
            for (int i = l; i < whole; i += LANES) {
                FloatVector some = vector(terms, i);
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

    private static FloatVector vector(float[] values, int at) {
        return FloatVector.fromArray(SPECIES, values, at);
    }
}
