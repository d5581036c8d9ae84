package dev.hillock.kernel;

import dev.hillock.AxisLayout;

/**
 * The parametric ReLU over [outer, channels, inner] with an alpha for each channel, as {@code native/core/prelu.h} explains
 * it. Data has both signs in no order, and a branch that is taken at random costs more than the arithmetic: so there is
 * none.
 */
public final class ScalarPrelu {
    private static final int PIECE = 1024;
    // So many alphas are worth copying.
    private static final int COPIED = 64;
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

    /**
     * The function, or where dy is not null its gradient; x, dy and out lie alike from an element on.
     *
     * @param l axisStride is inner
     * @param sums added to, one a channel; null where alpha does not learn
     */
    public static void run(
            AxisLayout l,
            float[] alpha,
            int alphaAt,
            float[] x,
            float[] dy,
            float[] out,
            int at,
            double[] sums,
            int sumsAt) {
        int channels = (int) l.axis();
        int inner = (int) l.inner();
        for (int o = 0; o < l.outer(); o++) {
            int row = at + (int) (o * l.outerStride());
            if (inner == 1) {
                columns(alpha, alphaAt, x, dy, out, row, channels, sums, sumsAt);
                continue;
            }
            for (int c = 0; c < channels; c++) {
                run(alpha[alphaAt + c], x, dy, out, row + c * inner, inner, sums, sumsAt + c);
            }
        }
    }

    // Terms are taken before out is written, which may be dy.
    private static void run(float alpha, float[] x, float[] dy, float[] out, int at, int n, double[] sums, int sumAt) {
        if (dy == null) {
            forward(x, alpha, out, at, n);
            return;
        }
        for (int done = 0; done < n; done += PIECE) {
            int count = Math.min(PIECE, n - done);
            if (sums != null) {
                sums[sumAt] += alphaGradient(x, dy, at + done, count);
            }
            backward(x, dy, alpha, out, at + done, count);
        }
    }

    static void columns(
            float[] alpha, int alphaAt, float[] x, float[] dy, float[] out, int at, int n, double[] sums, int sumsAt) {
        if (dy == null) {
            forward(x, alpha, alphaAt, out, at, n);
        } else if (sums == null) {
            backward(x, dy, alpha, alphaAt, out, at, n);
        } else {
            backward(x, dy, alpha, alphaAt, sums, sumsAt, out, at, n);
        }
    }

    static void forward(float[] x, float alpha, float[] y, int at, int n) {
        for (int i = at; i < at + n; i++) {
            y[i] = value(x[i], alpha);
        }
    }

    // The compiler makes vectors of a loop whose arrays share one index: y's first holds the alphas.
    private static void forward(float[] x, float[] alpha, int alphaAt, float[] y, int at, int n) {
        if (n >= COPIED && x != y) {
            System.arraycopy(alpha, alphaAt, y, at, n);
            for (int i = at; i < at + n; i++) {
                y[i] = value(x[i], y[i]);
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[at + i] = value(x[at + i], alpha[alphaAt + i]);
        }
    }

    static void backward(float[] x, float[] dy, float alpha, float[] dx, int at, int n) {
        for (int i = at; i < at + n; i++) {
            dx[i] = slope(x[i], dy[i], alpha);
        }
    }

    private static void backward(float[] x, float[] dy, float[] alpha, int alphaAt, float[] dx, int at, int n) {
        for (int i = 0; i < n; i++) {
            dx[at + i] = slope(x[at + i], dy[at + i], alpha[alphaAt + i]);
        }
    }

    private static void backward(
            float[] x, float[] dy, float[] alpha, int alphaAt, double[] sums, int sumsAt, float[] dx, int at, int n) {
        for (int i = 0; i < n; i++) {
            float value = x[at + i];
            float gradient = dy[at + i];
            dx[at + i] = slope(value, gradient, alpha[alphaAt + i]);
            sums[sumsAt + i] += alphaSlope(value, gradient);
        }
    }

    // What the eight lanes amount to with the terms of n elements more, the first of lane 0.
    static double total(double[] lanes, float[] x, float[] dy, int at, int n) {
        for (int l = 0; l < n; l++) {
            lanes[l % 8] += alphaSlope(x[at + l], dy[at + l]);
        }
        return lanes[0] + lanes[4] + (lanes[2] + lanes[6]) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
    }

    // Lane i mod 8, added by halves.
    private static double alphaGradient(float[] x, float[] dy, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int end = at + n;
        int i = at;
        for (; i <= end - 8; i += 8) {
            s0 += alphaSlope(x[i], dy[i]);
            s1 += alphaSlope(x[i + 1], dy[i + 1]);
            s2 += alphaSlope(x[i + 2], dy[i + 2]);
            s3 += alphaSlope(x[i + 3], dy[i + 3]);
            s4 += alphaSlope(x[i + 4], dy[i + 4]);
            s5 += alphaSlope(x[i + 5], dy[i + 5]);
            s6 += alphaSlope(x[i + 6], dy[i + 6]);
            s7 += alphaSlope(x[i + 7], dy[i + 7]);
        }
        s0 += i < end ? alphaSlope(x[i], dy[i]) : 0;
        s1 += i + 1 < end ? alphaSlope(x[i + 1], dy[i + 1]) : 0;
        s2 += i + 2 < end ? alphaSlope(x[i + 2], dy[i + 2]) : 0;
        s3 += i + 3 < end ? alphaSlope(x[i + 3], dy[i + 3]) : 0;
        s4 += i + 4 < end ? alphaSlope(x[i + 4], dy[i + 4]) : 0;
        s5 += i + 5 < end ? alphaSlope(x[i + 5], dy[i + 5]) : 0;
        s6 += i + 6 < end ? alphaSlope(x[i + 6], dy[i + 6]) : 0;
        return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
    }

    /** As {@link #run(AxisLayout, float[], int, float[], float[], float[], int, double[], int)}. */
    public static void run(
            AxisLayout l,
            double[] alpha,
            int alphaAt,
            double[] x,
            double[] dy,
            double[] out,
            int at,
            double[] sums,
            int sumsAt) {
        int channels = (int) l.axis();
        int inner = (int) l.inner();
        for (int o = 0; o < l.outer(); o++) {
            int row = at + (int) (o * l.outerStride());
            if (inner == 1) {
                columns(alpha, alphaAt, x, dy, out, row, channels, sums, sumsAt);
                continue;
            }
            for (int c = 0; c < channels; c++) {
                run(alpha[alphaAt + c], x, dy, out, row + c * inner, inner, sums, sumsAt + c);
            }
        }
    }

    // Terms are taken before out is written, which may be dy.
    private static void run(
            double alpha, double[] x, double[] dy, double[] out, int at, int n, double[] sums, int sumAt) {
        if (dy == null) {
            forward(x, alpha, out, at, n);
            return;
        }
        for (int done = 0; done < n; done += PIECE) {
            int count = Math.min(PIECE, n - done);
            if (sums != null) {
                sums[sumAt] += alphaGradient(x, dy, at + done, count);
            }
            backward(x, dy, alpha, out, at + done, count);
        }
    }

    static void columns(
            double[] alpha,
            int alphaAt,
            double[] x,
            double[] dy,
            double[] out,
            int at,
            int n,
            double[] sums,
            int sumsAt) {
        if (dy == null) {
            forward(x, alpha, alphaAt, out, at, n);
        } else if (sums == null) {
            backward(x, dy, alpha, alphaAt, out, at, n);
        } else {
            backward(x, dy, alpha, alphaAt, sums, sumsAt, out, at, n);
        }
    }

    static void forward(double[] x, double alpha, double[] y, int at, int n) {
        for (int i = at; i < at + n; i++) {
            y[i] = value(x[i], alpha);
        }
    }

    private static void forward(double[] x, double[] alpha, int alphaAt, double[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            y[at + i] = value(x[at + i], alpha[alphaAt + i]);
        }
    }

    static void backward(double[] x, double[] dy, double alpha, double[] dx, int at, int n) {
        for (int i = at; i < at + n; i++) {
            dx[i] = slope(x[i], dy[i], alpha);
        }
    }

    private static void backward(double[] x, double[] dy, double[] alpha, int alphaAt, double[] dx, int at, int n) {
        for (int i = 0; i < n; i++) {
            dx[at + i] = slope(x[at + i], dy[at + i], alpha[alphaAt + i]);
        }
    }

    private static void backward(
            double[] x,
            double[] dy,
            double[] alpha,
            int alphaAt,
            double[] sums,
            int sumsAt,
            double[] dx,
            int at,
            int n) {
        for (int i = 0; i < n; i++) {
            double value = x[at + i];
            double gradient = dy[at + i];
            dx[at + i] = slope(value, gradient, alpha[alphaAt + i]);
            sums[sumsAt + i] += alphaSlope(value, gradient);
        }
    }

    // What the eight lanes amount to with the terms of n elements more, the first of lane 0.
    static double total(double[] lanes, double[] x, double[] dy, int at, int n) {
        for (int l = 0; l < n; l++) {
            lanes[l % 8] += alphaSlope(x[at + l], dy[at + l]);
        }
        return lanes[0] + lanes[4] + (lanes[2] + lanes[6]) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
    }

    // Lane i mod 8, added by halves.
    private static double alphaGradient(double[] x, double[] dy, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int end = at + n;
        int i = at;
        for (; i <= end - 8; i += 8) {
            s0 += alphaSlope(x[i], dy[i]);
            s1 += alphaSlope(x[i + 1], dy[i + 1]);
            s2 += alphaSlope(x[i + 2], dy[i + 2]);
            s3 += alphaSlope(x[i + 3], dy[i + 3]);
            s4 += alphaSlope(x[i + 4], dy[i + 4]);
            s5 += alphaSlope(x[i + 5], dy[i + 5]);
            s6 += alphaSlope(x[i + 6], dy[i + 6]);
            s7 += alphaSlope(x[i + 7], dy[i + 7]);
        }
        s0 += i < end ? alphaSlope(x[i], dy[i]) : 0;
        s1 += i + 1 < end ? alphaSlope(x[i + 1], dy[i + 1]) : 0;
        s2 += i + 2 < end ? alphaSlope(x[i + 2], dy[i + 2]) : 0;
        s3 += i + 3 < end ? alphaSlope(x[i + 3], dy[i + 3]) : 0;
        s4 += i + 4 < end ? alphaSlope(x[i + 4], dy[i + 4]) : 0;
        s5 += i + 5 < end ? alphaSlope(x[i + 5], dy[i + 5]) : 0;
        s6 += i + 6 < end ? alphaSlope(x[i + 6], dy[i + 6]) : 0;
        return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
    }
}
