package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static dev.hillock.kernel.VectorElementary.all;
import static dev.hillock.kernel.VectorElementary.atLeast;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The mirror of {@link ScalarAxis}, a vector at a time along a row whose elements follow each other; what is left of a
 * row goes by {@link ScalarAxis}'s steps. y may be x, dx may be y or dy.
 */
public final class VectorAxis {
    private static final int LANES = SPECIES.length();

    private VectorAxis() {}

    private static FloatVector termOf(FloatVector x) {
        return VectorElementary.expRaisedNear(x).blend(0f, x.compare(LT, ScalarAxis.EXP_FLOOR));
    }

    private static FloatVector probabilityOf(FloatVector y) {
        FloatVector raised = VectorElementary.expRaised(y).blend(0f, y.compare(LT, ScalarAxis.EXP_FLOOR));
        return raised.mul(ScalarElementary.LOWER);
    }

    public static void softmax(float[] x, int xAt, float[] y, int yAt, int stride, int n, float temperature) {
        float m = maximum(x, xAt, n);
        double factor = 1.0 / sumOfTerms(x, xAt, y, yAt, n, m, temperature);
        float high = (float) factor;
        float low = (float) (factor - high);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector term = FloatVector.fromArray(SPECIES, y, yAt + i);
            term.fma(all(high), term.mul(low)).intoArray(y, yAt + i);
        }
        for (int i = bound; i < n; i++) {
            y[yAt + i] = ScalarElementary.fma(y[yAt + i], high, y[yAt + i] * low);
        }
    }

    public static void softmaxBackward(
            float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature) {
        LaneSums sums = new LaneSums();
        float[] terms = new float[LaneSums.BLOCK];
        for (int from = 0; from < n; from += LaneSums.BLOCK) {
            int count = count(from, n, terms);
            for (int k = 0; k < count; k++) {
                terms[k] = dy[dyAt + from + k] * y[yAt + from + k];
            }
            sums.add(terms);
        }
        float sum = (float) sums.total();
        for (int i = 0; i < n; i++) {
            dx[dxAt + i] = y[yAt + i] * (dy[dyAt + i] - sum) / temperature;
        }
    }

    public static void logSoftmax(float[] x, int xAt, float[] y, int yAt, int stride, int n, float temperature) {
        float m = maximum(x, xAt, n);
        double sum = sumOfTerms(x, xAt, null, 0, n, m, temperature);
        float logarithm = (float) ScalarAxis.logOfSum(sum * ScalarElementary.LOWER);
        for (int i = 0; i < n; i++) {
            y[yAt + i] = (x[xAt + i] - m) / temperature - logarithm;
        }
    }

    public static void logSoftmaxBackward(
            float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature) {
        LaneSums sums = new LaneSums();
        float[] terms = new float[LaneSums.BLOCK];
        for (int from = 0; from < n; from += LaneSums.BLOCK) {
            System.arraycopy(dy, dyAt + from, terms, 0, count(from, n, terms));
            sums.add(terms);
        }
        float sum = (float) sums.total();
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            probabilityOf(FloatVector.fromArray(SPECIES, y, yAt + i))
                    .neg()
                    .fma(all(sum), FloatVector.fromArray(SPECIES, dy, dyAt + i))
                    .div(temperature)
                    .intoArray(dx, dxAt + i);
        }
        for (int i = bound; i < n; i++) {
            float probability = ScalarAxis.probabilityOf(y[yAt + i]);
            dx[dxAt + i] = ScalarElementary.fma(-probability, sum, dy[dyAt + i]) / temperature;
        }
    }

    /** The logarithm of the sum of e^x over a row. */
    public static float logSumExp(float[] x, int xAt, int n) {
        float m = maximum(x, xAt, n);
        return ScalarAxis.logSum(m, sumOfTerms(x, xAt, null, 0, n, m, 1f), x, xAt, 1, n);
    }

    private static float maximum(float[] x, int xAt, int n) {
        FloatVector most = all(Float.NEGATIVE_INFINITY);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            most = atLeast(FloatVector.fromArray(SPECIES, x, xAt + i), most);
        }
        float m = Float.NEGATIVE_INFINITY;
        for (int l = 0; l < LANES; l++) {
            m = ScalarElementary.atLeast(most.lane(l), m);
        }
        for (int i = bound; i < n; i++) {
            m = ScalarElementary.atLeast(x[xAt + i], m);
        }
        return m;
    }

    // The terms are kept in y unless it is null.
    private static double sumOfTerms(float[] x, int xAt, float[] y, int yAt, int n, float m, float temperature) {
        LaneSums sums = new LaneSums();
        float[] terms = new float[LaneSums.BLOCK];
        for (int from = 0; from < n; from += LaneSums.BLOCK) {
            int count = count(from, n, terms);
            int bound = SPECIES.loopBound(count);
            for (int k = 0; k < bound; k += LANES) {
                FloatVector centred =
                        FloatVector.fromArray(SPECIES, x, xAt + from + k).sub(m);
                termOf(centred.div(temperature)).intoArray(terms, k);
            }
            for (int k = bound; k < count; k++) {
                terms[k] = ScalarAxis.termOf((x[xAt + from + k] - m) / temperature);
            }
            sums.add(terms);
            if (y != null) {
                System.arraycopy(terms, 0, y, yAt + from, count);
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
}
