package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.EXP_C2;
import static dev.hillock.kernel.ScalarElementary.EXP_C3;
import static dev.hillock.kernel.ScalarElementary.EXP_C4;
import static dev.hillock.kernel.ScalarElementary.EXP_C5;
import static dev.hillock.kernel.ScalarElementary.EXP_C6;
import static dev.hillock.kernel.ScalarElementary.LN2;
import static dev.hillock.kernel.ScalarElementary.LN2_REST;
import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.LOWER;
import static dev.hillock.kernel.ScalarElementary.RAISED;
import static dev.hillock.kernel.ScalarPowers.C2;
import static dev.hillock.kernel.ScalarPowers.C3;
import static dev.hillock.kernel.ScalarPowers.C4;
import static dev.hillock.kernel.ScalarPowers.RAISED_QUARTERS;
import static dev.hillock.kernel.VectorElementary.INTS;
import static dev.hillock.kernel.VectorElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * The mirror of {@link ScalarAxis}, a vector at a time along a row whose elements follow each other. y may be x, dx may be
 * y or dy. For one thread, which uses it for all rows of a call: on short ones it would take longer to make than to use.
 *
 * <p>Loops call none of our own methods on vectors, not even for an exponential: at times the compiler inlines none of
 * those, after other loops or before it has seen enough calls, and what is called takes and returns vectors as objects.
 */
public final class VectorAxis {
    private static final int LANES = SPECIES.length();

    // Maxima side by side, for each waits for the one before.
    private static final int ABREAST = 4 * LANES;
    // Terms that are added up before the next are made: whole blocks of a sum.
    private static final int AT_ONCE = 16 * LaneSums.BLOCK;

    // From JDK 25 on a choice from a vector is one instruction, which takes a number modulo the lanes. Before, the JVM
    // would check the numbers, and three choices between two take less.
    private static final boolean CHOOSES = LANES >= 4 && Runtime.version().feature() >= 25;
    private static final int[] POWERS = powers();

    private final VectorLaneSums sums = new VectorLaneSums();
    // What is left of a row behind whole blocks.
    private final float[] rest = new float[LaneSums.BLOCK];
    // Terms that nobody keeps; grows when it is first needed.
    private float[] terms = rest;

    private static int[] powers() {
        int[] powers = new int[Math.max(4, LANES)];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = ScalarPowers.TABLE[i % 4];
        }
        return powers;
    }

    public void softmax(float[] x, int xAt, float[] y, int yAt, int stride, int n, float temperature) {
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

    public void softmaxBackward(
            float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature) {
        float sum = (float) sumOfProducts(dy, dyAt, y, yAt, n);
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

    public void logSoftmax(float[] x, int xAt, float[] y, int yAt, int stride, int n, float temperature) {
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

    public void logSoftmaxBackward(
            float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature) {
        float sum = (float) sumOf(dy, dyAt, n);
        FloatVector minusSum = FloatVector.broadcast(SPECIES, -sum);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector at = FloatVector.fromArray(SPECIES, y, yAt + i);
            FloatVector whole = at.fma(LOG2_E, RAISED);
            FloatVector number = whole.sub(RAISED);
            FloatVector r = number.lanewise(FMA, -LN2_REST, number.lanewise(FMA, -LN2, at));
            FloatVector p = r.fma(EXP_C6, EXP_C5)
                    .lanewise(FMA, r, EXP_C4)
                    .lanewise(FMA, r, EXP_C3)
                    .lanewise(FMA, r, EXP_C2);
            p = r.mul(r).fma(p, r);
            FloatVector s = whole.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector probability =
                    s.fma(p, s).blend(0f, at.compare(LT, ScalarAxis.EXP_FLOOR)).mul(LOWER);
            FloatVector slope = probability.fma(minusSum, FloatVector.fromArray(SPECIES, dy, dyAt + i));
            (temperature == 1f ? slope : slope.div(temperature)).intoArray(dx, dxAt + i);
        }
        for (int i = bound; i < n; i++) {
            float probability = ScalarAxis.probabilityOf(y[yAt + i]);
            dx[dxAt + i] = ScalarElementary.fma(-probability, sum, dy[dyAt + i]) / temperature;
        }
    }

    /** The logarithm of the sum of e^x over a row. */
    public float logSumExp(float[] x, int xAt, int n) {
        float m = maximum(x, xAt, n);
        return ScalarAxis.logSum(m, sumOfTerms(x, xAt, null, 0, n, m, 1f), x, xAt, 1, n);
    }

    // Not in the order of the plain loop, and the last vectors overlap those before: that shows in the sign of a zero,
    // which no result has, and beside a NaN, where all results are.
    private static float maximum(float[] x, int xAt, int n) {
        float m = Float.NEGATIVE_INFINITY;
        if (n < ABREAST) {
            for (int i = 0; i < n; i++) {
                m = ScalarElementary.atLeast(x[xAt + i], m);
            }
            return m;
        }
        FloatVector m0 = FloatVector.broadcast(SPECIES, m);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        for (int i = 0; i < n; i += ABREAST) {
            int at = xAt + Math.min(i, n - ABREAST);
            FloatVector v0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES);
            FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES);
            m0 = v0.blend(m0, v0.compare(LT, m0));
            m1 = v1.blend(m1, v1.compare(LT, m1));
            m2 = v2.blend(m2, v2.compare(LT, m2));
            m3 = v3.blend(m3, v3.compare(LT, m3));
        }
        m0 = m0.blend(m1, m0.compare(LT, m1));
        m2 = m2.blend(m3, m2.compare(LT, m3));
        // By bits that rise with the value: the largest of floats is found with care for zeros and NaN, at the price of
        // many instructions.
        IntVector bits = m0.blend(m2, m0.compare(LT, m2)).reinterpretAsInts();
        int most = bits.lanewise(XOR, bits.lanewise(ASHR, 31).lanewise(AND, Integer.MAX_VALUE))
                .reduceLanes(MAX);
        return Float.intBitsToFloat(most ^ most >> 31 & Integer.MAX_VALUE);
    }

    // The terms are kept in y unless it is null. What is left behind whole blocks goes round the same loop; the term of
    // -Inf is zero. The mirror of ScalarPowers stands here, and makes this method so long that the compiler does not
    // inline it: with the loops of its callers it would be too much for that of JDK 17.
    private double sumOfTerms(float[] x, int xAt, float[] y, int yAt, int n, float m, float temperature) {
        sums.clear();
        int whole = n / LaneSums.BLOCK * LaneSums.BLOCK;
        if (y == null && terms.length < Math.min(whole, AT_ONCE)) {
            terms = new float[AT_ONCE];
        }
        for (int done = 0; done < n; ) {
            boolean isRest = done == whole;
            int count = isRest ? LaneSums.BLOCK : Math.min(whole - done, AT_ONCE);
            float[] from = isRest ? rest : x;
            float[] to = isRest ? rest : y == null ? terms : y;
            int fromAt = isRest ? 0 : xAt + done;
            int toAt = isRest || y == null ? 0 : yAt + done;
            if (isRest) {
                System.arraycopy(x, xAt + whole, rest, 0, n - whole);
                Arrays.fill(rest, n - whole, rest.length, Float.NEGATIVE_INFINITY);
            }
            for (int i = 0; i < count; i += LANES) {
                FloatVector distance =
                        FloatVector.fromArray(SPECIES, from, fromAt + i).sub(m);
                FloatVector centred = temperature == 1f ? distance : distance.div(temperature);
                FloatVector quarters = centred.fma(LOG2_E, RAISED_QUARTERS);
                FloatVector r = quarters.sub(RAISED_QUARTERS).lanewise(FMA, -LN2, centred);
                FloatVector p = r.fma(C4, C3).lanewise(FMA, r, C2);
                p = r.mul(r).fma(p, r);
                IntVector number = quarters.reinterpretAsInts();
                IntVector power;
                if (CHOOSES) {
                    power = number.selectFrom(IntVector.fromArray(INTS, POWERS, 0));
                } else {
                    VectorMask<Integer> odd = number.lanewise(LSHL, 31).lt(0);
                    VectorMask<Integer> upper = number.lanewise(LSHL, 30).lt(0);
                    IntVector low = IntVector.broadcast(INTS, POWERS[0]).blend(POWERS[1], odd);
                    power = low.blend(IntVector.broadcast(INTS, POWERS[2]).blend(POWERS[3], odd), upper);
                }
                FloatVector s = power.add(number.lanewise(LSHL, 21)).reinterpretAsFloats();
                s.fma(p, s).blend(0f, centred.compare(LT, ScalarAxis.EXP_FLOOR)).intoArray(to, toAt + i);
            }
            sums.add(to, toAt, count);
            done += count;
        }
        if (y != null && whole < n) {
            System.arraycopy(rest, 0, y, yAt + whole, n - whole);
        }
        return sums.total();
    }

    private double sumOf(float[] terms, int at, int n) {
        sums.clear();
        int whole = n / LaneSums.BLOCK * LaneSums.BLOCK;
        sums.add(terms, at, whole);
        System.arraycopy(terms, at + whole, rest, 0, n - whole);
        addRest(n - whole);
        return sums.total();
    }

    private double sumOfProducts(float[] a, int aAt, float[] b, int bAt, int n) {
        sums.clear();
        int whole = n / LaneSums.BLOCK * LaneSums.BLOCK;
        sums.addProducts(a, aAt, b, bAt, whole);
        for (int i = whole; i < n; i++) {
            rest[i - whole] = a[aAt + i] * b[bAt + i];
        }
        addRest(n - whole);
        return sums.total();
    }

    // What is left behind whole blocks, if anything.
    private void addRest(int count) {
        if (count > 0) {
            Arrays.fill(rest, count, rest.length, 0f);
            sums.add(rest);
        }
    }
}
