package dev.hillock.kernel;

/**
 * The parametric ReLU over neighbours, with one alpha for all of them or one for each. Data has both signs in no order, and
 * a branch that is taken at random costs more than the arithmetic: so there is none.
 */
public final class ScalarPrelu {
    private static final int INFINITY = 0x7f800000;
    private static final long LONG_INFINITY = 0x7ff0000000000000L;

    private ScalarPrelu() {}

    // x above 0, else -0, to which alpha x is added; x at most 0, else +0, whose product with alpha changes nothing. A
    // negative alpha gives +0 the other sign.
    private static float value(float x, float alpha) {
        return -Math.min(0f - x, 0f) + alpha * Math.min(x, 0f);
    }

    private static double value(double x, double alpha) {
        return -Math.min(0.0 - x, 0.0) + alpha * Math.min(x, 0.0);
    }

    // All ones where x > 0, which is not so for NaN: bits from 1 to those of infinity.
    private static int positive(float x) {
        int below = Float.floatToRawIntBits(x) - 1;
        return (below - INFINITY & ~below) >> 31;
    }

    private static long positive(double x) {
        long below = Double.doubleToRawLongBits(x) - 1;
        return (below - LONG_INFINITY & ~below) >> 63;
    }

    private static float slope(float x, float dy, float alpha) {
        int positive = positive(x);
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(dy) & positive | Float.floatToRawIntBits(alpha * dy) & ~positive);
    }

    private static double slope(double x, double dy, double alpha) {
        long positive = positive(x);
        return Double.longBitsToDouble(
                Double.doubleToRawLongBits(dy) & positive | Double.doubleToRawLongBits(alpha * dy) & ~positive);
    }

    // 0 for x above 0, whatever dy is.
    private static double alphaSlope(float x, float dy) {
        int others = ~positive(x);
        return (double) Float.intBitsToFloat(Float.floatToRawIntBits(dy) & others)
                * Float.intBitsToFloat(Float.floatToRawIntBits(x) & others);
    }

    private static double alphaSlope(double x, double dy) {
        long others = ~positive(x);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(dy) & others)
                * Double.longBitsToDouble(Double.doubleToRawLongBits(x) & others);
    }

    /** y of x with one alpha. */
    public static void forward(float[] x, float alpha, float[] y, int at, int n) {
        for (int i = at; i < at + n; i++) {
            y[i] = value(x[i], alpha);
        }
    }

    /** y of x, each with its alpha. */
    public static void forward(float[] x, float[] alpha, int alphaAt, float[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            y[at + i] = value(x[at + i], alpha[alphaAt + i]);
        }
    }

    /** The same from the start of arrays: the compiler makes vectors of loops whose arrays share one index. */
    public static void forward(float[] values, float[] alphas, int n) {
        for (int i = 0; i < n; i++) {
            values[i] = value(values[i], alphas[i]);
        }
    }

    /** dx of x and dy with one alpha. */
    public static void backward(float[] x, float[] dy, float alpha, float[] dx, int at, int n) {
        for (int i = at; i < at + n; i++) {
            dx[i] = slope(x[i], dy[i], alpha);
        }
    }

    /** dx of x and dy, each with its alpha. */
    public static void backward(float[] x, float[] dy, float[] alpha, int alphaAt, float[] dx, int at, int n) {
        for (int i = 0; i < n; i++) {
            dx[at + i] = slope(x[at + i], dy[at + i], alpha[alphaAt + i]);
        }
    }

    /** The sum of dy min(x, 0): four partial sums by index mod 4, the even ones and the odd ones added first. */
    public static double alphaGradient(float[] x, float[] dy, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int end = at + n;
        int i = at;
        for (; i <= end - 4; i += 4) {
            s0 += alphaSlope(x[i], dy[i]);
            s1 += alphaSlope(x[i + 1], dy[i + 1]);
            s2 += alphaSlope(x[i + 2], dy[i + 2]);
            s3 += alphaSlope(x[i + 3], dy[i + 3]);
        }
        s0 += i < end ? alphaSlope(x[i], dy[i]) : 0;
        s1 += i + 1 < end ? alphaSlope(x[i + 1], dy[i + 1]) : 0;
        s2 += i + 2 < end ? alphaSlope(x[i + 2], dy[i + 2]) : 0;
        return s0 + s2 + (s1 + s3);
    }

    /** dx of x and dy, each with its alpha, and dy min(x, 0) added to the sum that belongs to each alpha. */
    public static void backward(
            float[] x, float[] dy, float[] alpha, double[] sums, int alphaAt, float[] dx, int at, int n) {
        for (int i = 0; i < n; i++) {
            float value = x[at + i];
            float gradient = dy[at + i];
            dx[at + i] = slope(value, gradient, alpha[alphaAt + i]);
            sums[alphaAt + i] += alphaSlope(value, gradient);
        }
    }

    /** y of x with one alpha. */
    public static void forward(double[] x, double alpha, double[] y, int at, int n) {
        for (int i = at; i < at + n; i++) {
            y[i] = value(x[i], alpha);
        }
    }

    /** y of x, each with its alpha. */
    public static void forward(double[] x, double[] alpha, int alphaAt, double[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            y[at + i] = value(x[at + i], alpha[alphaAt + i]);
        }
    }

    /** dx of x and dy with one alpha. */
    public static void backward(double[] x, double[] dy, double alpha, double[] dx, int at, int n) {
        for (int i = at; i < at + n; i++) {
            dx[i] = slope(x[i], dy[i], alpha);
        }
    }

    /** dx of x and dy, each with its alpha. */
    public static void backward(double[] x, double[] dy, double[] alpha, int alphaAt, double[] dx, int at, int n) {
        for (int i = 0; i < n; i++) {
            dx[at + i] = slope(x[at + i], dy[at + i], alpha[alphaAt + i]);
        }
    }

    /** The sum of dy min(x, 0), in the order of {@link #alphaGradient(float[], float[], int, int)}. */
    public static double alphaGradient(double[] x, double[] dy, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int end = at + n;
        int i = at;
        for (; i <= end - 4; i += 4) {
            s0 += alphaSlope(x[i], dy[i]);
            s1 += alphaSlope(x[i + 1], dy[i + 1]);
            s2 += alphaSlope(x[i + 2], dy[i + 2]);
            s3 += alphaSlope(x[i + 3], dy[i + 3]);
        }
        s0 += i < end ? alphaSlope(x[i], dy[i]) : 0;
        s1 += i + 1 < end ? alphaSlope(x[i + 1], dy[i + 1]) : 0;
        s2 += i + 2 < end ? alphaSlope(x[i + 2], dy[i + 2]) : 0;
        return s0 + s2 + (s1 + s3);
    }

    /** dx of x and dy, each with its alpha, and dy min(x, 0) added to the sum that belongs to each alpha. */
    public static void backward(
            double[] x, double[] dy, double[] alpha, double[] sums, int alphaAt, double[] dx, int at, int n) {
        for (int i = 0; i < n; i++) {
            double value = x[at + i];
            double gradient = dy[at + i];
            dx[at + i] = slope(value, gradient, alpha[alphaAt + i]);
            sums[alphaAt + i] += alphaSlope(value, gradient);
        }
    }
}
