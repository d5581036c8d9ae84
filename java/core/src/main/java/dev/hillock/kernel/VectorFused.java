package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;

import jdk.incubator.vector.FloatVector;

/** What surrounds an element-wise kernel in a fused function, on vectors; see {@link ScalarFused}. */
public final class VectorFused {
    private static final int LANES = SPECIES.length();

    private VectorFused() {}

    /** {@code y = b a} over n elements; y may be either. */
    public static void product(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int n) {
        int whole = n / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, b, bAt + i)
                    .mul(FloatVector.fromArray(SPECIES, a, aAt + i))
                    .intoArray(y, yAt + i);
        }
        for (int i = whole; i < n; i++) {
            y[yAt + i] = b[bAt + i] * a[aAt + i];
        }
    }

    /** {@code y = b a} over n elements; y may be a. */
    public static void product(float[] a, int aAt, float b, float[] y, int yAt, int n) {
        int whole = n / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, a, aAt + i).mul(b).intoArray(y, yAt + i);
        }
        for (int i = whole; i < n; i++) {
            y[yAt + i] = b * a[aAt + i];
        }
    }

    /** {@code z = x + shift} over n elements, each with a channel of its own. */
    public static void add(float[] x, int xAt, float[] shift, int channel, float[] z, int n) {
        int whole = n / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .add(FloatVector.fromArray(SPECIES, shift, channel + i))
                    .intoArray(z, i);
        }
        for (int i = whole; i < n; i++) {
            z[i] = x[xAt + i] + shift[channel + i];
        }
    }

    /** {@code z = fma(scale, x, shift)} over n elements, each with a channel of its own. */
    public static void affine(float[] scale, float[] x, int xAt, float[] shift, int channel, float[] z, int n) {
        int whole = n / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, scale, channel + i)
                    .fma(FloatVector.fromArray(SPECIES, x, xAt + i), FloatVector.fromArray(SPECIES, shift, channel + i))
                    .intoArray(z, i);
        }
        for (int i = whole; i < n; i++) {
            z[i] = ScalarElementary.fma(scale[channel + i], x[xAt + i], shift[channel + i]);
        }
    }

    /** {@code z = x + shift} over n elements of one channel. */
    public static void add(float[] x, int xAt, float shift, float[] z, int n) {
        int whole = n / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i).add(shift).intoArray(z, i);
        }
        for (int i = whole; i < n; i++) {
            z[i] = x[xAt + i] + shift;
        }
    }

    /** {@code z = fma(scale, x, shift)} over n elements of one channel. */
    public static void affine(float scale, float[] x, int xAt, float shift, float[] z, int n) {
        FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
        int whole = n / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .fma(FloatVector.broadcast(SPECIES, scale), shifts)
                    .intoArray(z, i);
        }
        for (int i = whole; i < n; i++) {
            z[i] = ScalarElementary.fma(scale, x[xAt + i], shift);
        }
    }
}
