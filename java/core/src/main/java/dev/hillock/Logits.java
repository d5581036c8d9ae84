package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.engine.RowKernels;
import dev.hillock.kernel.GumbelNoise;
import dev.hillock.kernel.Ranges;

/** How x becomes the logits of a softmax. Those of a slab go without gaps into an array. */
interface Logits {
    /** Writes the logits of a slab of x to the start of z. */
    void prepare(Slab slab, Object x, int xAt, Object z);

    /** What the softmax divides the logits by. */
    double temperature();

    /** What dx is multiplied by behind the softmax. */
    double factor();

    /** Whether a row without a softmax may have one after {@link #mend}. */
    default boolean mends() {
        return false;
    }

    /**
     * Prepares the logits of one row again, for which no number came out.
     *
     * @param column of the slab
     * @return whether the row attends to nothing
     */
    default boolean mend(Slab slab, int slice, int column, Object z) {
        return false;
    }

    /** Those of softmin: -x. */
    static Logits negated(double temperature) {
        return new Logits() {
            @Override
            public void prepare(Slab slab, Object x, int xAt, Object z) {
                int n = (int) slab.rows().count();
                Ranges.copy(x, xAt, z, 0, n);
                Ranges.negate(z, 0, n);
            }

            @Override
            public double temperature() {
                return temperature;
            }

            @Override
            public double factor() {
                return -1;
            }
        };
    }

    /** Those of Gumbel's softmax: x and noise that depends on the seed and the place. */
    static Logits noisy(double temperature, long seed, RowKernels kernels) {
        GumbelNoise doubles = new GumbelNoise(seed);
        return new Logits() {
            @Override
            public void prepare(Slab slab, Object x, int xAt, Object z) {
                AxisLayout rows = slab.rows();
                int n = (int) rows.count();
                Ranges.copy(x, xAt, z, 0, n);
                int columns = slab.isWhole() ? n : (int) rows.inner();
                if (z instanceof float[] floats) {
                    kernels.addGumbel(seed, slab.offset(), rows.axisStride(), n / columns, columns, floats);
                    return;
                }
                for (int i = 0; i < n / columns; i++) {
                    doubles.add(slab.offset() + i * rows.axisStride(), (double[]) z, i * columns, columns);
                }
            }

            @Override
            public double temperature() {
                return temperature;
            }

            @Override
            public double factor() {
                return 1;
            }
        };
    }
}
