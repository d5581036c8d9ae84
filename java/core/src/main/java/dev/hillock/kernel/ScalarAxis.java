package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.atLeast;
import static dev.hillock.kernel.ScalarElementary.fma;

import java.util.Arrays;

/**
 * The mirror of {@code native/core/axis_formulas.h} and of its loops, one row at a time: n elements that lie stride
 * apart. y may be x, dx may be y or dy.
 */
public final class ScalarAxis {
    // Below this exp(x) is under half of the smallest subnormal: zero.
    static final float EXP_FLOOR = -105f;

    private ScalarAxis() {}

    // exp(x) EXP_SCALE for x <= 0; exactly 0 below the floor, for -Inf too. Carrying the power keeps terms normal that
    // end as subnormal results.
    static float termOf(float x) {
        return x < EXP_FLOOR ? 0f : ScalarPowers.expScaled(x);
    }

    // exp(y) of a log-probability.
    static float probabilityOf(float y) {
        return (y < EXP_FLOOR ? 0f : ScalarElementary.expRaised(y)) * ScalarElementary.LOWER;
    }

    public static void softmax(float[] x, int xAt, float[] y, int yAt, int stride, int n, float temperature) {
        float m = maximum(x, xAt, stride, n);
        double factor = 1.0 / sumOfTerms(x, xAt, y, yAt, stride, n, m, temperature);
        float high = (float) factor;
        float low = (float) (factor - high);
        for (int i = 0; i < n; i++) {
            float term = y[yAt + i * stride];
            y[yAt + i * stride] = fma(term, high, term * low);
        }
    }

    public static void softmaxBackward(
            float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature) {
        LaneSums sums = new LaneSums();
        float[] terms = new float[LaneSums.BLOCK];
        for (int from = 0; from < n; from += LaneSums.BLOCK) {
            int count = count(from, n, terms);
            for (int k = 0; k < count; k++) {
                int i = (from + k) * stride;
                terms[k] = dy[dyAt + i] * y[yAt + i];
            }
            sums.add(terms);
        }
        float sum = (float) sums.total();
        for (int k = 0; k < n; k++) {
            int i = k * stride;
            dx[dxAt + i] = y[yAt + i] * (dy[dyAt + i] - sum) / temperature;
        }
    }

    public static void logSoftmax(float[] x, int xAt, float[] y, int yAt, int stride, int n, float temperature) {
        float m = maximum(x, xAt, stride, n);
        double sum = sumOfTerms(x, xAt, null, 0, stride, n, m, temperature);
        float logarithm = (float) logOfTerms(sum);
        for (int i = 0; i < n; i++) {
            y[yAt + i * stride] = (x[xAt + i * stride] - m) / temperature - logarithm;
        }
    }

    public static void logSoftmaxBackward(
            float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature) {
        LaneSums sums = new LaneSums();
        float[] terms = new float[LaneSums.BLOCK];
        for (int from = 0; from < n; from += LaneSums.BLOCK) {
            int count = count(from, n, terms);
            for (int k = 0; k < count; k++) {
                terms[k] = dy[dyAt + (from + k) * stride];
            }
            sums.add(terms);
        }
        float sum = (float) sums.total();
        for (int k = 0; k < n; k++) {
            int i = k * stride;
            dx[dxAt + i] = fma(-probabilityOf(y[yAt + i]), sum, dy[dyAt + i]) / temperature;
        }
    }

    /** The logarithm of the sum of e^x over a row. */
    public static float logSumExp(float[] x, int xAt, int stride, int n) {
        float m = maximum(x, xAt, stride, n);
        return logSum(m, sumOfTerms(x, xAt, null, 0, stride, n, m, 1f), x, xAt, stride, n);
    }

    // From a row's maximum and the sum of its terms, unless the maximum has no distance from itself or hides a NaN.
    static float logSum(float m, double sum, float[] x, int xAt, int stride, int n) {
        if (m - m == 0f) {
            return (float) (m + logOfTerms(sum));
        }
        for (int i = 0; i < n; i++) {
            if (Float.isNaN(x[xAt + i * stride])) {
                return Float.NaN;
            }
        }
        return m;
    }

    private static float maximum(float[] x, int xAt, int stride, int n) {
        float m = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            m = atLeast(x[xAt + i * stride], m);
        }
        return m;
    }

    // The terms are kept in y unless it is null.
    private static double sumOfTerms(
            float[] x, int xAt, float[] y, int yAt, int stride, int n, float m, float temperature) {
        LaneSums sums = new LaneSums();
        float[] terms = new float[LaneSums.BLOCK];
        for (int from = 0; from < n; from += LaneSums.BLOCK) {
            int count = count(from, n, terms);
            for (int k = 0; k < count; k++) {
                terms[k] = termOf((x[xAt + (from + k) * stride] - m) / temperature);
            }
            sums.add(terms);
            if (y != null) {
                for (int k = 0; k < count; k++) {
                    y[yAt + (from + k) * stride] = terms[k];
                }
            }
        }
        return sums.total();
    }

    // How many terms the block from here has; the others become zero.
    private static int count(int from, int n, float[] terms) {
        int count = Math.min(LaneSums.BLOCK, n - from);
        Arrays.fill(terms, count, LaneSums.BLOCK, 0f);
        return count;
    }

    // The logarithm of a sum of terms.
    static double logOfTerms(double sum) {
        return logOfSum(sum / ScalarPowers.EXP_SCALE);
    }

    // log(z 2^k) = k ln2 + 2 artanh((z - 1) / (z + 1)), z in [0.7, 1.4). Mirrors log_of_sum in elementary/log.h.
    static double logOfSum(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        long bits = Double.doubleToRawLongBits(x);
        long exponent = (bits - 0x3fe6666666666666L) >> 52;
        double z = Double.longBitsToDouble(bits - (exponent << 52));
        double s = (z - 1.0) / (z + 1.0);
        double square = s * s;
        double p = 1.0 / 17;
        p = p * square + 1.0 / 15;
        p = p * square + 1.0 / 13;
        p = p * square + 1.0 / 11;
        p = p * square + 1.0 / 9;
        p = p * square + 1.0 / 7;
        p = p * square + 1.0 / 5;
        p = p * square + 1.0 / 3;
        double twice = s + s;
        return exponent * 0x1.62e42fefa39efp-1 + (twice + twice * (square * p));
    }
}
