package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.atLeast;
import static dev.hillock.kernel.ScalarDoubleElementary.fma;

/**
 * The mirror of {@code native/core/float64/axis.h}, one row at a time: n elements that lie stride apart. y may be x, dx
 * may be y or dy.
 */
public final class ScalarDoubleAxis {
    // Below this exp(x) is under half of the smallest subnormal: zero.
    static final double EXP_FLOOR = -746.0;

    private ScalarDoubleAxis() {}

    // exp(x) 2^128 for x <= 0; exactly 0 for -Inf. Carrying the power keeps terms normal that end as subnormal results.
    static double termOf(double x) {
        return x < EXP_FLOOR ? 0.0 : ScalarDoubleElementary.expRaised(x);
    }

    private static double centred(double x, double m, double temperature) {
        return (x - m) / temperature;
    }

    public static void softmax(double[] x, int xAt, double[] y, int yAt, int stride, int n, double temperature) {
        double m = maximum(x, xAt, stride, n);
        DoubleLaneSums sums = new DoubleLaneSums();
        for (int i = 0; i < n; i++) {
            double term = termOf(centred(x[xAt + i * stride], m, temperature));
            y[yAt + i * stride] = term;
            sums.add(i, term);
        }
        double sum = sums.total();
        for (int i = 0; i < n; i++) {
            y[yAt + i * stride] /= sum;
        }
    }

    public static void softmaxBackward(
            double[] y, int yAt, double[] dy, int dyAt, double[] dx, int dxAt, int stride, int n, double temperature) {
        DoubleLaneSums sums = new DoubleLaneSums();
        for (int i = 0; i < n; i++) {
            sums.add(i, dy[dyAt + i * stride] * y[yAt + i * stride]);
        }
        double sum = sums.total();
        for (int k = 0; k < n; k++) {
            int i = k * stride;
            dx[dxAt + i] = y[yAt + i] * (dy[dyAt + i] - sum) / temperature;
        }
    }

    public static void logSoftmax(double[] x, int xAt, double[] y, int yAt, int stride, int n, double temperature) {
        double m = maximum(x, xAt, stride, n);
        DoubleLaneSums sums = new DoubleLaneSums();
        for (int i = 0; i < n; i++) {
            sums.add(i, termOf(centred(x[xAt + i * stride], m, temperature)));
        }
        double logarithm = logOfSum(sums.total() * ScalarDoubleElementary.LOWER);
        for (int i = 0; i < n; i++) {
            y[yAt + i * stride] = centred(x[xAt + i * stride], m, temperature) - logarithm;
        }
    }

    public static void logSoftmaxBackward(
            double[] y, int yAt, double[] dy, int dyAt, double[] dx, int dxAt, int stride, int n, double temperature) {
        DoubleLaneSums sums = new DoubleLaneSums();
        for (int i = 0; i < n; i++) {
            sums.add(i, dy[dyAt + i * stride]);
        }
        double sum = sums.total();
        for (int k = 0; k < n; k++) {
            int i = k * stride;
            double probability = termOf(y[yAt + i]) * ScalarDoubleElementary.LOWER;
            dx[dxAt + i] = fma(-probability, sum, dy[dyAt + i]) / temperature;
        }
    }

    /** The logarithm of the sum of e^x over a row. */
    public static double logSumExp(double[] x, int xAt, int stride, int n) {
        double m = maximum(x, xAt, stride, n);
        DoubleLaneSums sums = new DoubleLaneSums();
        for (int i = 0; i < n; i++) {
            sums.add(i, termOf(x[xAt + i * stride] - m));
        }
        return logSum(m, sums.total(), x, xAt, stride, n);
    }

    // From a row's maximum and the sum of its terms, unless the maximum has no distance from itself or hides a NaN.
    static double logSum(double m, double sum, double[] x, int xAt, int stride, int n) {
        if (m - m == 0) {
            return m + logOfSum(sum * ScalarDoubleElementary.LOWER);
        }
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(x[xAt + i * stride])) {
                return Double.NaN;
            }
        }
        return m;
    }

    private static double maximum(double[] x, int xAt, int stride, int n) {
        double m = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            m = atLeast(x[xAt + i * stride], m);
        }
        return m;
    }

    // log(z 2^k) = k ln2 + 2 artanh((z - 1) / (z + 1)), z in [0.7, 1.4). Mirrors log_of_sum in float64/log.h.
    static double logOfSum(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        long bits = Double.doubleToRawLongBits(x);
        long exponent = (bits - 0x3fe6666666666666L) >> 52;
        double z = Double.longBitsToDouble(bits - (exponent << 52));
        double s = (z - 1.0) / (z + 1.0);
        double square = s * s;
        double p = 1.0 / 23;
        p = p * square + 1.0 / 21;
        p = p * square + 1.0 / 19;
        p = p * square + 1.0 / 17;
        p = p * square + 1.0 / 15;
        p = p * square + 1.0 / 13;
        p = p * square + 1.0 / 11;
        p = p * square + 1.0 / 9;
        p = p * square + 1.0 / 7;
        p = p * square + 1.0 / 5;
        p = p * square + 1.0 / 3;
        double twice = s + s;
        double n = exponent;
        return n * ScalarDoubleElementary.LN2 + (twice + (twice * (square * p) + n * ScalarDoubleElementary.LN2_REST));
    }
}
