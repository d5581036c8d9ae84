package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.fma;
import static dev.hillock.kernel.ScalarElementary.lnExponent;
import static dev.hillock.kernel.ScalarElementary.lnSum;

/** The mirror of {@code native/core/gumbel.h}: Gumbel noise of floats, -ln(-ln u), with u from a counter. */
public final class ScalarGumbel {
    private static final int BLOCK = 256;

    private ScalarGumbel() {}

    /** The steps that take the time. */
    interface Steps {
        /** {@link #signedUniform} of n indices. */
        void numbers(long start, long index, float[] s, int at, int n);

        /** {@link #gumbel} of the first n elements of a block in their place; what follows may be lost. */
        void noise(float[] s, int n);
    }

    private static final Steps PLAIN = new Steps() {
        @Override
        public void numbers(long start, long index, float[] s, int at, int n) {
            for (int i = 0; i < n; i++) {
                s[at + i] = signedUniform(start, index + i);
            }
        }

        @Override
        public void noise(float[] s, int n) {
            for (int i = 0; i < n; i++) {
                s[i] = gumbel(s[i]);
            }
        }
    };

    // u = (b + 0.5) 2^-53 of the upper 53 bits b, less 1 where that is nearer to 0: both ends of the interval keep all
    // their digits in a float.
    static float signedUniform(long start, long index) {
        return (float) (((CounterRandom.bits(start, index) >> 11) + 0.5) * 0x1p-53);
    }

    // -ln(-ln u) of u = s for s > 0, of u = 1 + s below. With u = 2^k z: f = z - 1 in one rounding.
    static float gumbel(float s) {
        float near = s < 0f ? 1f + s : s;
        int k = lnExponent(near);
        float scale = Float.intBitsToFloat(Float.floatToRawIntBits(1f) - (k << 23));
        float f = fma(scale, s, (s < 0f ? scale : 0f) - 1f);
        float e = -lnSum(k, f);
        int l = lnExponent(e);
        return -lnSum(l, Float.intBitsToFloat(Float.floatToRawIntBits(e) - (l << 23)) - 1f);
    }

    /** Adds the noise, as {@code RowKernels.addGumbel} says. */
    public static void add(long seed, long index, long indexStride, int rows, int columns, float[] z) {
        add(seed, index, indexStride, rows, columns, z, PLAIN);
    }

    static void add(long seed, long index, long indexStride, int rows, int columns, float[] z, Steps steps) {
        long start = CounterRandom.start(seed);
        float[] block = new float[BLOCK];
        int n = rows * columns;
        int column = 0;
        long rowIndex = index;
        for (int from = 0; from < n; from += BLOCK) {
            int count = Math.min(BLOCK, n - from);
            for (int done = 0; done < count; ) {
                int run = Math.min(columns - column, count - done);
                steps.numbers(start, rowIndex + column, block, done, run);
                done += run;
                column += run;
                if (column == columns) {
                    column = 0;
                    rowIndex += indexStride;
                }
            }
            steps.noise(block, count);
            for (int j = 0; j < count; j++) {
                z[from + j] += block[j];
            }
        }
    }
}
