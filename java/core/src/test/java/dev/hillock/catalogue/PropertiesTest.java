package dev.hillock.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the catalogue says of a function is what its reference does. */
class PropertiesTest {
    private static final double FAR = 1e4;
    private static final double STEP = 1.0 / 256;
    private static final double ROUNDING = 1e-12;

    static Stream<Function> functions() {
        return Catalogue.functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theDerivativeIsTheDerivative(Function f) {
        double[] p = parameters(f);
        double h = 1e-6;
        for (double x : grid().filter(x -> Math.abs(x) < 30).toArray()) {
            // Off the kinks, which all lie on multiples of 1/4 at these parameters, but for sixteenths of them.
            double at = x + STEP / 3;
            double central = (f.reference(at + h, p) - f.reference(at - h, p)) / (2 * h);
            double slope = f.referenceDerivative(at, p);
            assertEquals(slope, central, 2e-5 * Math.max(1, Math.abs(slope)), f + "' at " + at);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theSlopeFromTheOutputIsTheSlope(Function f) {
        double[] p = parameters(f);
        if (!f.fromOutput(p)) {
            return;
        }
        for (double x : grid().filter(x -> Math.abs(x) < 8).toArray()) {
            double slope = f.referenceDerivative(x, p);
            assertEquals(slope, f.referenceFromOutput(f.reference(x, p), p), 1e-9 + 1e-6 * slope, f + "' at " + x);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void valuesLieInTheRange(Function f) {
        double[] p = parameters(f);
        double lower = f.lower(p);
        double upper = f.upper(p);
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double x : grid().toArray()) {
            double y = f.reference(x, p);
            smallest = Math.min(smallest, y);
            largest = Math.max(largest, y);
        }
        assertTrue(smallest >= lower - ROUNDING && largest <= upper + ROUNDING, f + ": " + smallest + ", " + largest);
        // The bounds are reached or approached.
        assertTrue(smallest <= Math.max(lower, -FAR / 200) + 1e-3, f + " lower " + smallest);
        assertTrue(largest >= Math.min(upper, FAR / 200) - 1e-3, f + " upper " + largest);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void monotonicMeansMonotonic(Function f) {
        double[] p = parameters(f);
        double before = Double.NEGATIVE_INFINITY;
        boolean monotonic = true;
        for (double x : grid().toArray()) {
            double y = f.reference(x, p);
            monotonic &= y >= before || y >= before - ROUNDING * Math.max(1, Math.abs(y));
            before = y;
        }
        assertEquals(monotonic, f.properties().contains(Property.MONOTONIC), f.name());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void saturationMeansAVanishingSlope(Function f) {
        double[] p = parameters(f);
        assertEquals(vanishes(f, -1, p), f.properties().contains(Property.SATURATES_LEFT), f + " left");
        assertEquals(vanishes(f, 1, p), f.properties().contains(Property.SATURATES_RIGHT), f + " right");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void unitsCanDieWhereTheSlopeIsExactlyZeroOnAnInterval(Function f) {
        double[] p = parameters(f);
        boolean flat = grid().filter(x -> Math.abs(x) < 8)
                .anyMatch(x -> f.referenceDerivative(x, p) == 0
                        && f.referenceDerivative(x + STEP, p) == 0
                        && f.referenceDerivative(x + 2 * STEP, p) == 0);
        assertEquals(flat, f.properties().contains(Property.CAN_DIE), f.name());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aContinuousSlopeHasNoJump(Function f) {
        double[] p = parameters(f);
        double jump = 0;
        double h = 1e-9;
        for (double x : grid().filter(x -> Math.abs(x) < 8).toArray()) {
            double at = Math.rint(x * 16) / 16;
            double slopes = Math.abs(f.referenceDerivative(at + h, p) - f.referenceDerivative(at - h, p));
            double values = Math.abs(f.reference(at + h, p) - f.reference(at - h, p)) / h
                    - 2 * Math.abs(f.referenceDerivative(at, p))
                    - 1;
            jump = Math.max(jump, Math.max(slopes, values));
        }
        assertEquals(jump < 1e-5, f.properties().contains(Property.CONTINUOUS_SLOPE), f + " jumps by " + jump);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void smoothImpliesAContinuousSlope(Function f) {
        assertTrue(!f.properties().contains(Property.SMOOTH) || f.properties().contains(Property.CONTINUOUS_SLOPE));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void listedRootsAreRootsOfTheSlope(Function f) {
        double[] p = parameters(f);
        for (double x : new double[] {-2, 0.1, 5}) {
            double root = f.slopeRootNear(x, p);
            if (!Double.isNaN(root)) {
                assertEquals(0, f.referenceDerivative(root, p), 1e-9, f + " at " + root);
            }
        }
    }

    private static boolean vanishes(Function f, int side, double[] p) {
        return DoubleStream.of(0.9, 0.93, 0.97, 1)
                .allMatch(part -> Math.abs(f.referenceDerivative(side * part * FAR, p)) < 1e-6);
    }

    private static DoubleStream grid() {
        return DoubleStream.concat(
                DoubleStream.concat(
                        DoubleStream.of(-FAR, -1000, -100, -50),
                        DoubleStream.iterate(-32, x -> x <= 32, x -> x + STEP)),
                DoubleStream.of(50, 100, 1000, FAR));
    }

    private static double[] parameters(Function f) {
        return f.parameters().stream()
                .map(Parameter::defaultValue)
                .mapToDouble(value -> value == null ? 1 : (float) (double) value)
                .toArray();
    }
}
