package dev.hillock.catalogue;

import static dev.hillock.catalogue.Property.CONTINUOUS_SLOPE;
import static dev.hillock.catalogue.Property.MONOTONIC;
import static dev.hillock.catalogue.Property.SMOOTH;
import static dev.hillock.catalogue.Property.ZERO_CENTRED;

import java.math.BigDecimal;

/** Periodic ones; their kernels stand in {@code native/core/formulas/periodic.h}. */
final class PeriodicFunctions {
    // Beyond it a root in double precision is no longer where it should be.
    private static final double FAR = 0x1p40;

    private PeriodicFunctions() {}

    static void define(Definitions all) {
        all.define("snake")
                .parameter("a", 1, "alpha")
                .testedAt(0.5)
                .requires("parameter a must not be 0", p -> p[0] != 0)
                .reference((x, p) -> x + square(sin(p[0], x)) / p[0])
                .referenceDerivative((x, p) -> square(sin(p[0], x) + cos(p[0], x)))
                .text("x + sin(a x)^2 / a", "1 + sin(2 a x)", "(-inf, inf)")
                .slopeRoot((x, p) -> Math.abs(p[0] * x) > FAR
                        ? Double.NaN
                        : (Math.rint(p[0] * x / Math.PI + 0.25) - 0.25) * Math.PI / p[0])
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("periodic signals, audio");
        all.define("sine")
                .alias("sin", "siren")
                .parameter("omega", 1)
                .testedAt(30)
                .reference((x, p) -> sin(p[0], x))
                .referenceDerivative((x, p) -> p[0] * cos(p[0], x))
                .text("sin(omega x)", "omega cos(omega x)", "[-1, 1]")
                .slopeRoot((x, p) -> (Math.rint(p[0] * x / Math.PI - 0.5) + 0.5) * Math.PI / p[0])
                .bounds(-1, 1)
                .is(ZERO_CENTRED, CONTINUOUS_SLOPE, SMOOTH)
                .use("implicit representations; omega = 30 in SIREN");
    }

    // Of a product, which may be larger than any double.
    private static double sin(double a, double x) {
        return isBeyond(a, x) ? Decimal.sin(product(a, x)).doubleValue() : Math.sin(a * x);
    }

    private static double cos(double a, double x) {
        return isBeyond(a, x) ? Decimal.cos(product(a, x)).doubleValue() : Math.cos(a * x);
    }

    private static boolean isBeyond(double a, double x) {
        return Double.isInfinite(a * x) && !Double.isInfinite(a) && !Double.isInfinite(x);
    }

    private static BigDecimal product(double a, double x) {
        return new BigDecimal(a).multiply(new BigDecimal(x));
    }

    private static double square(double x) {
        return x * x;
    }
}
