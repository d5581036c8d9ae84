package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.hillock.AxisLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The mirror of {@link ScalarPrelu} for floats, by which it computes what does not fill a vector. */
public final class VectorPrelu {
    private static final VectorSpecies<Double> WIDE = VectorSpecies.of(double.class, SPECIES.vectorShape());
    private static final int LANES = SPECIES.length();
    private static final int LANES_OF_SUM = 8;
    private static final int PIECE = 1024;

    private VectorPrelu() {}

    /** As {@link ScalarPrelu#run(AxisLayout, float[], int, float[], float[], float[], int, double[], int)}. */
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
        if (LANES < LANES_OF_SUM || Math.max(l.axis(), l.inner()) < LANES) {
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
            float alpha, float[] x, float[] dy, float[] out, int at, int n, double[] sums, int sumAt, double[] lanes) {
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
            float[] alpha, int alphaAt, float[] x, float[] dy, float[] out, int at, int n, double[] sums, int sumsAt) {
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

    private static FloatVector result(FloatVector x, FloatVector dy, FloatVector alpha) {
        return dy.mul(alpha).blend(dy, x.compare(GT, 0));
    }

    private static void forward(float[] x, float alpha, float[] y, int at, int n) {
        FloatVector one = FloatVector.broadcast(SPECIES, alpha);
        int i = at;
        for (; i <= at + n - LANES; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, i);
            result(value, value, one).intoArray(y, i);
        }
        ScalarPrelu.forward(x, alpha, y, i, at + n - i);
    }

    private static void forward(float[] x, float[] alpha, int alphaAt, float[] y, int at, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, at + i);
            result(value, value, FloatVector.fromArray(SPECIES, alpha, alphaAt + i))
                    .intoArray(y, at + i);
        }
    }

    private static void backward(float[] x, float[] dy, float alpha, float[] dx, int at, int n) {
        FloatVector one = FloatVector.broadcast(SPECIES, alpha);
        int i = at;
        for (; i <= at + n - LANES; i += LANES) {
            result(FloatVector.fromArray(SPECIES, x, i), FloatVector.fromArray(SPECIES, dy, i), one)
                    .intoArray(dx, i);
        }
        ScalarPrelu.backward(x, dy, alpha, dx, i, at + n - i);
    }

    private static void backward(float[] x, float[] dy, float[] alpha, int alphaAt, float[] dx, int at, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector slopes = FloatVector.fromArray(SPECIES, alpha, alphaAt + i);
            result(FloatVector.fromArray(SPECIES, x, at + i), FloatVector.fromArray(SPECIES, dy, at + i), slopes)
                    .intoArray(dx, at + i);
        }
    }

    // The terms of one half of a vector, whose other factors are 0 where x is above 0.
    private static DoubleVector terms(FloatVector x, FloatVector dy, int half) {
        return ((DoubleVector) x.convertShape(F2D, WIDE, half)).mul(dy.convertShape(F2D, WIDE, half));
    }

    private static void backward(
            float[] x, float[] dy, float[] alpha, int alphaAt, double[] sums, int sumsAt, float[] dx, int at, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, at + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, at + i);
            VectorMask<Float> positive = value.compare(GT, 0);
            FloatVector others = value.blend(0, positive);
            FloatVector gradients = gradient.blend(0, positive);
            int low = sumsAt + i;
            int high = low + WIDE.length();
            DoubleVector.fromArray(WIDE, sums, low)
                    .add(terms(others, gradients, 0))
                    .intoArray(sums, low);
            DoubleVector.fromArray(WIDE, sums, high)
                    .add(terms(others, gradients, 1))
                    .intoArray(sums, high);
            gradient.mul(FloatVector.fromArray(SPECIES, alpha, alphaAt + i))
                    .blend(gradient, positive)
                    .intoArray(dx, at + i);
        }
    }

    // Where a vector has eight lanes its halves go to different ones, where it has sixteen to the same.
    private static double alphaGradient(float[] x, float[] dy, int at, int n, double[] lanes) {
        DoubleVector s0 = DoubleVector.zero(WIDE);
        DoubleVector s1 = s0;
        int i = at;
        for (; i <= at + n - LANES; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, i);
            VectorMask<Float> positive = value.compare(GT, 0);
            FloatVector others = value.blend(0, positive);
            FloatVector gradients = FloatVector.fromArray(SPECIES, dy, i).blend(0, positive);
            s0 = s0.add(terms(others, gradients, 0));
            if (LANES == LANES_OF_SUM) {
                s1 = s1.add(terms(others, gradients, 1));
            } else {
                s0 = s0.add(terms(others, gradients, 1));
            }
        }
        s0.intoArray(lanes, 0);
        if (LANES == LANES_OF_SUM) {
            s1.intoArray(lanes, WIDE.length());
        }
        return ScalarPrelu.total(lanes, x, dy, i, at + n - i);
    }
}
