package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static dev.hillock.kernel.VectorElementary.all;
import static dev.hillock.kernel.VectorElementary.atLeast;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;

/**
 * The mirror of {@link ScalarAxis}, a vector at a time along a row whose elements follow each other; what is left of a
 * row goes by {@link ScalarAxis}'s steps. y may be x, dx may be y or dy.
 *
 * <p>The last loop of a method calls none of our own methods where it can: after the loops before it the compiler inlines
 * no more of those, and what is called takes and returns vectors as objects.
 */
public final class VectorAxis {
    private static final int LANES = SPECIES.length();

    // Terms that are added up before the next are made: whole blocks of a sum.
    private static final int AT_ONCE = 16 * LaneSums.BLOCK;

    private VectorAxis() {}

    private static FloatVector termOf(FloatVector x) {
        return VectorPowers.expScaled(x).blend(0f, x.compare(LT, ScalarAxis.EXP_FLOOR));
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
        FloatVector highs = FloatVector.broadcast(SPECIES, high);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector term = FloatVector.fromArray(SPECIES, y, yAt + i);
            term.fma(highs, term.mul(low)).intoArray(y, yAt + i);
        }
        for (int i = bound; i < n; i++) {
            y[yAt + i] = ScalarElementary.fma(y[yAt + i], high, y[yAt + i] * low);
        }
    }

    public static void softmaxBackward(
            float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature) {
        VectorLaneSums sums = new VectorLaneSums();
        sums.addProducts(dy, dyAt, y, yAt, n);
        float sum = (float) sums.total();
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector distance = FloatVector.fromArray(SPECIES, dy, dyAt + i).sub(sum);
            FloatVector slope = FloatVector.fromArray(SPECIES, y, yAt + i).mul(distance);
            (temperature == 1f ? slope : slope.div(temperature)).intoArray(dx, dxAt + i);
        }
        for (int i = bound; i < n; i++) {
            dx[dxAt + i] = y[yAt + i] * (dy[dyAt + i] - sum) / temperature;
        }
    }

    public static void logSoftmax(float[] x, int xAt, float[] y, int yAt, int stride, int n, float temperature) {
        float m = maximum(x, xAt, n);
        // Where y is not x it has room for the terms until the results come.
        float[] room = x == y && xAt == yAt ? null : y;
        double sum = sumOfTerms(x, xAt, room, yAt, n, m, temperature);
        float logarithm = (float) ScalarAxis.logOfTerms(sum);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector centred = FloatVector.fromArray(SPECIES, x, xAt + i).sub(m);
            (temperature == 1f ? centred : centred.div(temperature))
                    .sub(logarithm)
                    .intoArray(y, yAt + i);
        }
        for (int i = bound; i < n; i++) {
            y[yAt + i] = (x[xAt + i] - m) / temperature - logarithm;
        }
    }

    public static void logSoftmaxBackward(
            float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature) {
        VectorLaneSums sums = new VectorLaneSums();
        sums.add(dy, dyAt, n);
        float sum = (float) sums.total();
        FloatVector minusSum = all(-sum);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector slope = probabilityOf(FloatVector.fromArray(SPECIES, y, yAt + i))
                    .fma(minusSum, FloatVector.fromArray(SPECIES, dy, dyAt + i));
            (temperature == 1f ? slope : slope.div(temperature)).intoArray(dx, dxAt + i);
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

    // Dividing by 1 changes nothing, and takes longer than all the rest.
    private static FloatVector divided(FloatVector v, float temperature) {
        return temperature == 1f ? v : v.div(temperature);
    }

    private static float maximum(float[] x, int xAt, int n) {
        FloatVector most = all(Float.NEGATIVE_INFINITY);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            most = atLeast(FloatVector.fromArray(SPECIES, x, xAt + i), most);
        }
        // Not in the order of the plain loop, but that shows in the sign of a zero and beside a NaN only, which no
        // result has.
        float m = most.reduceLanes(MAX);
        for (int i = bound; i < n; i++) {
            m = ScalarElementary.atLeast(x[xAt + i], m);
        }
        return m;
    }

    // The terms are kept in y unless it is null.
    private static double sumOfTerms(float[] x, int xAt, float[] y, int yAt, int n, float m, float temperature) {
        VectorLaneSums sums = new VectorLaneSums();
        float[] terms = y == null ? new float[Math.min(n, AT_ONCE)] : y;
        for (int from = 0; from < n; from += AT_ONCE) {
            int count = Math.min(n - from, AT_ONCE);
            int at = y == null ? 0 : yAt + from;
            putTerms(x, xAt + from, terms, at, count, m, temperature);
            sums.add(terms, at, count);
        }
        return sums.total();
    }

    private static void putTerms(float[] x, int xAt, float[] terms, int at, int count, float m, float temperature) {
        int bound = SPECIES.loopBound(count);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector centred = FloatVector.fromArray(SPECIES, x, xAt + i).sub(m);
            termOf(divided(centred, temperature)).intoArray(terms, at + i);
        }
        for (int i = bound; i < count; i++) {
            terms[at + i] = ScalarAxis.termOf((x[xAt + i] - m) / temperature);
        }
    }
}
