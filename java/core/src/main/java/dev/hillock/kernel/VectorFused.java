package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link ScalarFused} where its loops do not become vectors by themselves. */
public final class VectorFused {
    private static final int LANES = SPECIES.length();

    private VectorFused() {}

    /** {@link ScalarFused#product}. */
    public static void product(float[] a, float[] b, int bAt, float[] y, int yAt, int n) {
        int whole = n / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, b, bAt + i)
                    .mul(FloatVector.fromArray(SPECIES, a, i))
                    .intoArray(y, yAt + i);
        }
        for (int i = whole; i < n; i++) {
            y[yAt + i] = b[bAt + i] * a[i];
        }
    }
}
