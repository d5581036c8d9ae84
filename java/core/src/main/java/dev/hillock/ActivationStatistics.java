package dev.hillock;

/**
 * What a layer's activations look like, counted while they are computed: a monitor of dead and saturated units that
 * reads nothing twice.
 *
 * @param count elements
 * @param zeros outputs that are exactly 0
 * @param saturated elements whose slope is at most {@link #FLAT} in size
 * @param nans outputs that are NaN; they are in no other number but the count
 * @param min the smallest output; NaN if there is none
 * @param max the largest output; NaN if there is none
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
        Counter counter = new Counter();
        int size = Math.min(BLOCK, x.length);
        float[] ones = new float[size];
        java.util.Arrays.fill(ones, 1);
        float[] slopes = new float[size];
        for (int start = 0; start < x.length; start += BLOCK) {
            int count = Math.min(BLOCK, x.length - start);
            // y may be x, so the slopes come first.
            kernels.backward(f, x, start, ones, 0, slopes, 0, count);
            kernels.forward(f, x, start, y, start, count);
            counter.add(y, start, slopes, count);
        }
        return counter.statistics();
    }

    private static final class Counter {
        private long count;
        private long zeros;
        private long saturated;
        private long nans;
        private float min = Float.POSITIVE_INFINITY;
        private float max = Float.NEGATIVE_INFINITY;
        private double sum;

        void add(float[] y, int start, float[] slopes, int length) {
            double blockSum = 0;
            for (int i = 0; i < length; i++) {
                float value = y[start + i];
                if (Float.isNaN(value)) {
                    nans++;
                    continue;
                }
                zeros += value == 0 ? 1 : 0;
                saturated += Math.abs(slopes[i]) <= FLAT ? 1 : 0;
                min = Math.min(min, value);
                max = Math.max(max, value);
                blockSum += value;
            }
            count += length;
            sum += blockSum;
        }

        ActivationStatistics statistics() {
            long numbers = count - nans;
            return numbers == 0
                    ? new ActivationStatistics(count, 0, 0, nans, Double.NaN, Double.NaN, Double.NaN)
                    : new ActivationStatistics(count, zeros, saturated, nans, min, max, sum / numbers);
        }
    }
}
