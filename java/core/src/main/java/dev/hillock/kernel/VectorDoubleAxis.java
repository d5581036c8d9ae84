package dev.hillock.kernel;

import static dev.hillock.kernel.VectorDoubleElementary.SPECIES;
import static dev.hillock.kernel.VectorDoubleElementary.all;
import static dev.hillock.kernel.VectorDoubleElementary.atLeast;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * The mirror of {@link ScalarDoubleAxis}, a vector at a time along a row whose elements follow each other; what is left
 * of a row goes by {@link ScalarDoubleAxis}'s steps. y may be x, dx may be y or dy.
 */
public final class VectorDoubleAxis {
    private static final int LANES = SPECIES.length();
    private static final int BLOCK = 64;

    private VectorDoubleAxis() {}

    private static DoubleVector termOf(DoubleVector x) {
        return VectorDoubleElementary.expRaised(x).blend(0.0, x.compare(LT, ScalarDoubleAxis.EXP_FLOOR));
    }

    public static void softmax(double[] x, int xAt, double[] y, int yAt, int stride, int n, double temperature) {
        double m = maximum(x, xAt, n);
        double sum = sumOfTerms(x, xAt, y, yAt, n, m, temperature);
        for (int i = 0; i < n; i++) {
            y[yAt + i] /= sum;
        }
    }

    public static void softmaxBackward(
            double[] y, int yAt, double[] dy, int dyAt, double[] dx, int dxAt, int stride, int n, double temperature) {
        ScalarDoubleAxis.softmaxBackward(y, yAt, dy, dyAt, dx, dxAt, 1, n, temperature);
    }

    public static void logSoftmax(double[] x, int xAt, double[] y, int yAt, int stride, int n, double temperature) {
        double m = maximum(x, xAt, n);
        double sum = sumOfTerms(x, xAt, null, 0, n, m, temperature);
        double logarithm = ScalarDoubleAxis.logOfSum(sum * ScalarDoubleElementary.LOWER);
        for (int i = 0; i < n; i++) {
            y[yAt + i] = (x[xAt + i] - m) / temperature - logarithm;
        }
    }

    public static void logSoftmaxBackward(
            double[] y, int yAt, double[] dy, int dyAt, double[] dx, int dxAt, int stride, int n, double temperature) {
        DoubleLaneSums sums = new DoubleLaneSums();
        for (int i = 0; i < n; i++) {
            sums.add(i, dy[dyAt + i]);
        }
        double sum = sums.total();
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            DoubleVector probability =
                    termOf(DoubleVector.fromArray(SPECIES, y, yAt + i)).mul(ScalarDoubleElementary.LOWER);
            probability
                    .neg()
                    .fma(all(sum), DoubleVector.fromArray(SPECIES, dy, dyAt + i))
                    .div(temperature)
                    .intoArray(dx, dxAt + i);
        }
        for (int i = bound; i < n; i++) {
            double probability = ScalarDoubleAxis.termOf(y[yAt + i]) * ScalarDoubleElementary.LOWER;
            dx[dxAt + i] = ScalarDoubleElementary.fma(-probability, sum, dy[dyAt + i]) / temperature;
        }
    }

    /** The logarithm of the sum of e^x over a row. */
    public static double logSumExp(double[] x, int xAt, int n) {
        double m = maximum(x, xAt, n);
        return ScalarDoubleAxis.logSum(m, sumOfTerms(x, xAt, null, 0, n, m, 1), x, xAt, 1, n);
    }

    private static double maximum(double[] x, int xAt, int n) {
        DoubleVector most = all(Double.NEGATIVE_INFINITY);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            most = atLeast(DoubleVector.fromArray(SPECIES, x, xAt + i), most);
        }
        double m = Double.NEGATIVE_INFINITY;
        for (int l = 0; l < LANES; l++) {
            m = ScalarDoubleElementary.atLeast(most.lane(l), m);
        }
        for (int i = bound; i < n; i++) {
            m = ScalarDoubleElementary.atLeast(x[xAt + i], m);
        }
        return m;
    }

    // The terms are kept in y unless it is null.
    private static double sumOfTerms(double[] x, int xAt, double[] y, int yAt, int n, double m, double temperature) {
        DoubleLaneSums sums = new DoubleLaneSums();
        double[] terms = new double[BLOCK];
        for (int from = 0; from < n; from += BLOCK) {
            int count = Math.min(BLOCK, n - from);
            Arrays.fill(terms, count, BLOCK, 0.0);
            int bound = SPECIES.loopBound(count);
            for (int k = 0; k < bound; k += LANES) {
                DoubleVector centred =
                        DoubleVector.fromArray(SPECIES, x, xAt + from + k).sub(m);
                termOf(centred.div(temperature)).intoArray(terms, k);
            }
            for (int k = bound; k < count; k++) {
                terms[k] = ScalarDoubleAxis.termOf((x[xAt + from + k] - m) / temperature);
            }
            sums.add(terms);
            if (y != null) {
                System.arraycopy(terms, 0, y, yAt + from, count);
            }
        }
        return sums.total();
    }
}
