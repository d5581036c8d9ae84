package dev.hillock.kernel;

import static dev.hillock.kernel.VectorDoubleElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.hillock.AxisLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/** The mirror of {@link ScalarPrelu} for doubles, by which it computes what does not fill a vector. */
public final class VectorDoublePrelu {
    private static final int LANES = SPECIES.length();
    private static final int LANES_OF_SUM = 8;
    private static final int PIECE = 1024;

    private VectorDoublePrelu() {}

    /** As {@link ScalarPrelu#run(AxisLayout, double[], int, double[], double[], double[], int, double[], int)}. */
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
        if (2 * LANES < LANES_OF_SUM || Math.max(l.axis(), l.inner()) < LANES) {
            ScalarPrelu.run(l, alpha, alphaAt, x, dy, out, at, sums, sumsAt);
            return;
        }
        int channels = (int) l.axis();
        int inner = (int) l.inner();
        double[] lanes = new double[LANES_OF_SUM];
        for (int o = 0; o < l.outer(); o++) {
            int row = at + (int) (o * l.outerStride());
            if (inner == 1) {
                columns(alpha, alphaAt, x, dy, out, row, channels, sums, sumsAt);
                continue;
            }
            for (int c = 0; c < channels; c++) {
                run(alpha[alphaAt + c], x, dy, out, row + c * inner, inner, sums, sumsAt + c, lanes);
            }
        }
    }

    private static void run(
            double alpha,
            double[] x,
            double[] dy,
            double[] out,
            int at,
            int n,
            double[] sums,
            int sumAt,
            double[] lanes) {
        if (dy == null) {
            forward(x, alpha, out, at, n);
            return;
        }
        for (int done = 0; done < n; done += PIECE) {
            int count = Math.min(PIECE, n - done);
            if (sums != null) {
                sums[sumAt] += alphaGradient(x, dy, at + done, count, lanes);
            }
            backward(x, dy, alpha, out, at + done, count);
        }
    }

    private static void columns(
            double[] alpha,
            int alphaAt,
            double[] x,
            double[] dy,
            double[] out,
            int at,
            int n,
            double[] sums,
            int sumsAt) {
        int whole = n - n % LANES;
        if (dy == null) {
            forward(x, alpha, alphaAt, out, at, whole);
        } else if (sums == null) {
            backward(x, dy, alpha, alphaAt, out, at, whole);
        } else {
            backward(x, dy, alpha, alphaAt, sums, sumsAt, out, at, whole);
        }
        ScalarPrelu.columns(alpha, alphaAt + whole, x, dy, out, at + whole, n - whole, sums, sumsAt + whole);
    }

    private static DoubleVector result(DoubleVector x, DoubleVector dy, DoubleVector alpha) {
        return dy.mul(alpha).blend(dy, x.compare(GT, 0));
    }

    private static void forward(double[] x, double alpha, double[] y, int at, int n) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, alpha);
        int i = at;
        for (; i <= at + n - LANES; i += LANES) {
            DoubleVector value = DoubleVector.fromArray(SPECIES, x, i);
            result(value, value, one).intoArray(y, i);
        }
        ScalarPrelu.forward(x, alpha, y, i, at + n - i);
    }

    private static void forward(double[] x, double[] alpha, int alphaAt, double[] y, int at, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector value = DoubleVector.fromArray(SPECIES, x, at + i);
            result(value, value, DoubleVector.fromArray(SPECIES, alpha, alphaAt + i))
                    .intoArray(y, at + i);
        }
    }

    private static void backward(double[] x, double[] dy, double alpha, double[] dx, int at, int n) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, alpha);
        int i = at;
        for (; i <= at + n - LANES; i += LANES) {
            result(DoubleVector.fromArray(SPECIES, x, i), DoubleVector.fromArray(SPECIES, dy, i), one)
                    .intoArray(dx, i);
        }
        ScalarPrelu.backward(x, dy, alpha, dx, i, at + n - i);
    }

    private static void backward(double[] x, double[] dy, double[] alpha, int alphaAt, double[] dx, int at, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector slopes = DoubleVector.fromArray(SPECIES, alpha, alphaAt + i);
            result(DoubleVector.fromArray(SPECIES, x, at + i), DoubleVector.fromArray(SPECIES, dy, at + i), slopes)
                    .intoArray(dx, at + i);
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
        for (int i = 0; i < n; i += LANES) {
            DoubleVector value = DoubleVector.fromArray(SPECIES, x, at + i);
            DoubleVector gradient = DoubleVector.fromArray(SPECIES, dy, at + i);
            VectorMask<Double> positive = value.compare(GT, 0);
            DoubleVector.fromArray(SPECIES, sums, sumsAt + i)
                    .add(gradient.mul(value).blend(0, positive))
                    .intoArray(sums, sumsAt + i);
            gradient.mul(DoubleVector.fromArray(SPECIES, alpha, alphaAt + i))
                    .blend(gradient, positive)
                    .intoArray(dx, at + i);
        }
    }

    private static DoubleVector terms(double[] x, double[] dy, int at) {
        DoubleVector value = DoubleVector.fromArray(SPECIES, x, at);
        return DoubleVector.fromArray(SPECIES, dy, at).mul(value).blend(0, value.compare(GT, 0));
    }

    private static double alphaGradient(double[] x, double[] dy, int at, int n, double[] lanes) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        int i = at;
        for (; i <= at + n - LANES_OF_SUM; i += LANES_OF_SUM) {
            s0 = s0.add(terms(x, dy, i));
            if (LANES < LANES_OF_SUM) {
                s1 = s1.add(terms(x, dy, i + LANES));
            }
        }
        s0.intoArray(lanes, 0);
        if (LANES < LANES_OF_SUM) {
            s1.intoArray(lanes, LANES);
        }
        return ScalarPrelu.total(lanes, x, dy, i, at + n - i);
    }
}
