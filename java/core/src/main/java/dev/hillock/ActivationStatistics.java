package dev.hillock;

import dev.hillock.engine.RowKernels;
import dev.hillock.kernel.ActivationCounts;
import java.util.Arrays;

/**
 * What a layer's activations look like, counted while they are computed: a monitor of dead and saturated units that
 * reads nothing twice.
 *
 * <p>The sum behind the mean is that of sixteen sums, one for the outputs whose place has the same rest by sixteen, each
 * added up in order: the same bits on every engine that promises them.
 *
 * @param count elements
 * @param zeros outputs that are exactly 0
 * @param saturated elements whose slope is at most {@link #FLAT} in size
 * @param nans outputs that are NaN; they are in no other number but the count
 * @param min the smallest output, -0 being below +0; NaN if there is none
 * @param max the largest output, -0 being below +0; NaN if there is none
 * @param mean the mean of the outputs in double precision; NaN if there is none
 */
public record ActivationStatistics(
        long count, long zeros, long saturated, long nans, double min, double max, double mean) {
    /** A slope of this size or below counts as saturated. */
    public static final float FLAT = 1e-3f;

    private static final int BLOCK = 2048;

    /** {@code y[i] = f(x[i])} and its statistics: x read, y written, which may be x. */
    public static ActivationStatistics forward(Activation f, float[] x, float[] y) {
        return forward(Kernels.defaults(), f, x, y);
    }

    /** The same on kernels of your choice. */
    public static ActivationStatistics forward(Kernels kernels, Activation f, float[] x, float[] y) {
        Checks.notNull("kernels", kernels);
        Checks.notNull("f", f);
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length, "x", x.length);
        ActivationCounts counts = new ActivationCounts(FLAT);
        RowKernels counting = kernels.rowKernels(x.length);
        int size = Math.min(BLOCK, x.length);
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        float[] slopes = new float[size];
        for (long at = 0; at < x.length; at += BLOCK) {
            int start = (int) at;
            int count = Math.min(BLOCK, x.length - start);
            // y may be x, so the slopes come first.
            kernels.backward(f, x, start, ones, 0, slopes, 0, count);
            kernels.forward(f, x, start, y, start, count);
            counting.count(counts, y, start, slopes, count);
        }
        long numbers = x.length - counts.nans();
        return numbers == 0
                ? new ActivationStatistics(x.length, 0, 0, counts.nans(), Double.NaN, Double.NaN, Double.NaN)
                : new ActivationStatistics(
                        x.length,
                        counts.zeros(),
                        counts.saturated(),
                        counts.nans(),
                        counts.least() == 0 && has(-0f, y) ? -0.0 : counts.least(),
                        counts.most() == 0 && !has(0f, y) ? -0.0 : counts.most(),
                        counts.sum() / numbers);
    }

    // Comparisons take the zeros for equal, so where an extreme is one of them, it is looked for.
    private static boolean has(float zero, float[] y) {
        int bits = Float.floatToRawIntBits(zero);
        for (float value : y) {
            if (Float.floatToRawIntBits(value) == bits) {
                return true;
            }
        }
        return false;
    }
}
