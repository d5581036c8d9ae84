package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Decimal;
import dev.hillock.catalogue.DecimalFunctions;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.EngineCases.Case;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract for doubles on samples: 2 ULP for values, 4 for slopes, against sixty digits. One engine is enough, for
 * {@link SameDoubleBitsTest} finds the same bits in all.
 */
class DoubleAccuracyTest {
    private static final KernelEngine SCALAR = Engines.get(Engine.SCALAR);
    private static final double VALUE_ULP = 2;
    private static final double SLOPE_ULP = 4;
    private static final int SAMPLES = 600;
    // Beside a root of the slope its relative error has no bound: there it is judged against the largest slope around.
    private static final double BESIDE = 0.125;
    private static final double AROUND = 0.5;

    static Stream<Case> rounding() {
        return EngineCases.doubleCases()
                .filter(c -> c.direction() != Direction.BACKWARD_FROM_OUTPUT)
                .filter(c -> DecimalFunctions.of(c.function().name()) != null);
    }

    static Stream<Case> plain() {
        return EngineCases.doubleCases()
                .filter(c -> DecimalFunctions.of(c.function().name()) == null);
    }

    static Stream<Case> all() {
        return EngineCases.doubleCases();
    }

    // Around 0, through all magnitudes, and in the tails.
    private static double[] samples() {
        Random random = new Random(11);
        double[] x = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double sign = random.nextBoolean() ? 1 : -1;
            x[i] = switch (i % 4) {
                case 0 -> sign * 3 * random.nextDouble();
                case 1 -> sign * 40 * random.nextDouble();
                case 2 -> sign * Math.exp(-30 + 34 * random.nextDouble());
                default -> sign * (i % 8 == 3 ? 780 * random.nextDouble() : Math.exp(-744 * random.nextDouble()));
            };
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("rounding")
    void valuesAndSlopesKeepTheirBounds(Case c) {
        boolean forward = c.direction() == Direction.FORWARD;
        DecimalFunctions.Pair exact = DecimalFunctions.of(c.function().name());
        BigDecimal[] p = DecimalFunctions.parameters(c.parameters());
        double[] x = samples();
        double[] actual = run(c, x);
        double worst = 0;
        double worstAt = 0;
        for (int i = 0; i < x.length; i++) {
            BigDecimal at = new BigDecimal(x[i]);
            BigDecimal expected = (forward ? exact.value() : exact.slope()).at(at, p);
            if (Math.abs(expected.doubleValue()) > Double.MAX_VALUE) {
                assertEquals(expected.doubleValue(), actual[i], c + " at " + x[i]);
                continue;
            }
            BigDecimal error =
                    new BigDecimal(actual[i]).subtract(expected, Decimal.DIGITS).abs();
            double root = forward ? Double.NaN : c.function().slopeRootNear(x[i], c.parameters());
            double ulps = Math.abs(x[i] - root) < BESIDE
                    ? error.doubleValue() / (Math.ulp(1.0) * largestSlope(c, root)) * SLOPE_ULP
                    : error.divide(ulp(expected), Decimal.DIGITS).doubleValue();
            if (ulps > worst) {
                worst = ulps;
                worstAt = x[i];
            }
        }
        double bound = forward ? VALUE_ULP : SLOPE_ULP;
        assertTrue(
                worst <= bound,
                c + Arrays.toString(c.parameters()) + ": " + worst + " ULP at " + Double.toHexString(worstAt));
    }

    private static double largestSlope(Case c, double root) {
        double largest = 0;
        for (int i = -50; i <= 50; i++) {
            largest = Math.max(
                    largest, Math.abs(c.function().referenceDerivative(root + i * AROUND / 50, c.parameters())));
        }
        return largest;
    }

    // The unit of the last place of the exact value, which may round up to a power of two.
    private static BigDecimal ulp(BigDecimal exact) {
        double near = Math.abs(exact.doubleValue());
        boolean roundedUp = new BigDecimal(near).compareTo(exact.abs()) > 0;
        return new BigDecimal(Math.ulp(roundedUp && near > 0 ? Math.nextDown(near) : near));
    }

    // Where a kernel compares, adds and multiplies, the catalogue's formula in double precision does no less.
    @ParameterizedTest
    @MethodSource("plain")
    void plainArithmeticIsTheCatalogues(Case c) {
        double[] x = samples();
        double[] actual = run(c, x);
        for (int i = 0; i < x.length; i++) {
            double expected = reference(c, x[i]);
            assertNear(expected, actual[i], SLOPE_ULP, c + " at " + x[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsAreLimitsAndNanGoesThrough(Case c) {
        for (double x : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0, Double.NaN}) {
            double at = c.direction() == Direction.BACKWARD_FROM_OUTPUT
                    ? c.function().reference(x, c.parameters())
                    : x;
            double expected = reference(c, at);
            double actual = run(c, new double[] {at})[0];
            // From the output a slope is a difference of numbers of about 1.
            double ulps = c.direction() == Direction.BACKWARD_FROM_OUTPUT ? 1 / Math.ulp(expected) * Math.ulp(1.0) : 1;
            assertNear(expected, actual, ulps, c + " at " + at);
            if (expected == 0 && c.direction() == Direction.FORWARD) {
                assertEquals(Math.copySign(1, expected), Math.copySign(1, actual), c + ": sign of zero at " + at);
            }
        }
    }

    private static void assertNear(double expected, double actual, double ulps, String message) {
        if (!(Math.abs(expected - actual) <= ulps * Math.ulp(expected))) {
            assertEquals(expected, actual, message);
        }
    }

    private static double reference(Case c, double x) {
        return switch (c.direction()) {
            case FORWARD -> c.function().reference(x, c.parameters());
            case BACKWARD -> c.function().referenceDerivative(x, c.parameters());
            case BACKWARD_FROM_OUTPUT -> c.function().referenceFromOutput(x, c.parameters());
        };
    }

    private static double[] run(Case c, double[] x) {
        double[] dy = new double[x.length];
        Arrays.fill(dy, 1);
        double[] out = new double[x.length];
        SCALAR.eltwise(c.function(), ElementType.FLOAT64, c.direction(), c.parameters(), x, 0, dy, 0, out, 0, x.length);
        return out;
    }

    // The judge itself, against digits from the literature.
    @Test
    void decimalsAreRight() {
        assertClose("2.71828182845904523536028747135266249775724709369995", Decimal.scaled(Decimal.ONE));
        assertClose("0.69314718055994530941723212145817656807550013436026", Decimal.log1p(Decimal.ONE));
        assertClose("0.76159415595576488811945828260479359041276859725794", Decimal.tanh(Decimal.ONE));
        assertClose("0.84134474606854294858523254563203792247791296672660", Decimal.normal(Decimal.ONE));
        assertClose("7.6198530241605260659733432515993083635040332779527e-24", Decimal.normal(BigDecimal.valueOf(-10)));
    }

    private static void assertClose(String expected, BigDecimal actual) {
        BigDecimal error = new BigDecimal(expected).subtract(actual).abs();
        assertTrue(error.compareTo(new BigDecimal(expected).movePointLeft(45)) < 0, expected + " / " + actual);
    }
}
