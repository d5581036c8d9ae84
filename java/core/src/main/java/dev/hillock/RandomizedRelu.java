package dev.hillock;

import dev.hillock.kernel.CounterRandom;
import java.util.Map;

/**
 * The randomised leaky ReLU in training: x for x above 0, else r x with r drawn anew for each element, uniformly between
 * two bounds. An immutable value, safe to share between threads. Outside training r is the mean of the bounds, which is
 * {@link #evaluation()}, the element-wise function {@code rrelu}.
 *
 * <pre>{@code
 * RandomizedRelu rrelu = RandomizedRelu.of(1.0 / 8, 1.0 / 3, step);
 * rrelu.forward(x, y);
 * rrelu.backward(x, dy, dx);   // with the same slopes
 * }</pre>
 *
 * <p>No slope is stored: each depends on the seed and the element's place alone, so backward draws the same ones, and
 * any number of threads gives the same bits. Another step takes another seed. Arguments are answered as {@link
 * Activation} says.
 */
public final class RandomizedRelu {
    private static final int SPLIT_FROM = 1 << 16;
    private static final int PIECE = 1 << 15;

    private final double lower;
    private final double upper;
    private final long seed;
    private final Kernels kernels;

    private RandomizedRelu(double lower, double upper, long seed, Kernels kernels) {
        this.lower = lower;
        this.upper = upper;
        this.seed = seed;
        this.kernels = kernels;
    }

    /** Slopes between 1/8 and 1/3. */
    public static RandomizedRelu of(long seed) {
        return of(1.0 / 8, 1.0 / 3, seed);
    }

    /**
     * Slopes between two bounds.
     *
     * @param seed which ones
     * @throws IllegalArgumentException unless both are finite and lower is not above upper
     */
    public static RandomizedRelu of(double lower, double upper, long seed) {
        evaluation(lower, upper);
        return new RandomizedRelu(lower, upper, seed, Kernels.defaults());
    }

    /** The same on the threads of kernels of your choice. */
    public RandomizedRelu on(Kernels value) {
        Checks.notNull("kernels", value);
        return new RandomizedRelu(lower, upper, seed, value);
    }

    /** The function outside training, whose slope is the mean of the bounds. */
    public Activation evaluation() {
        return evaluation(lower, upper);
    }

    private static Activation evaluation(double lower, double upper) {
        return Activation.of("rrelu", Map.of("lower", lower, "upper", upper));
    }

    /** {@code y[i] = x[i]} for x above 0, else {@code r_i x[i]}: x read, y written, which may be x. */
    public void forward(float[] x, float[] y) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length, "x", x.length);
        each(x.length, i -> y[i] = x[i] > 0 ? x[i] : (float) slope(i) * x[i]);
    }

    /** {@code dx[i] = dy[i]} for x above 0, else {@code r_i dy[i]}: x and dy read, dx written, which may be x or dy. */
    public void backward(float[] x, float[] dy, float[] dx) {
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dy", dy.length, "x", x.length);
        Checks.sameLength("dx", dx.length, "x", x.length);
        each(x.length, i -> dx[i] = x[i] > 0 ? dy[i] : (float) slope(i) * dy[i]);
    }

    /** {@code y[i] = x[i]} for x above 0, else {@code r_i x[i]}, in double precision. */
    public void forward(double[] x, double[] y) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length, "x", x.length);
        each(x.length, i -> y[i] = x[i] > 0 ? x[i] : slope(i) * x[i]);
    }

    /** {@code dx[i] = dy[i]} for x above 0, else {@code r_i dy[i]}, in double precision. */
    public void backward(double[] x, double[] dy, double[] dx) {
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dy", dy.length, "x", x.length);
        Checks.sameLength("dx", dx.length, "x", x.length);
        each(x.length, i -> dx[i] = x[i] > 0 ? dy[i] : slope(i) * dy[i]);
    }

    @FunctionalInterface
    private interface Element {
        void compute(int index);
    }

    private void each(int length, Element element) {
        kernels.split(length, length < SPLIT_FROM ? SPLIT_FROM : PIECE, (start, count) -> {
            for (int i = (int) start; i < start + count; i++) {
                element.compute(i);
            }
        });
    }

    private double slope(int index) {
        return lower + (upper - lower) * CounterRandom.uniform(seed, index);
    }

    @Override
    public String toString() {
        return "rrelu(lower=" + lower + ", upper=" + upper + ", seed=" + seed + ")";
    }
}
