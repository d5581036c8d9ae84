package dev.hillock;

import java.util.Locale;

/** Compares an activation's derivative with the slope of its values, to find a wrong derivative. */
public final class GradientCheck {
    /**
     * What was found.
     *
     * @param x where derivative and slope differ most
     * @param derivative the derivative there
     * @param slope the slope of the values there, by central differences
     * @param error their difference over the larger of 1 and the slope's size
     */
    public record Result(double x, double derivative, double slope, double error) {
        /** Whether the derivative is right within a tolerance. */
        public boolean isWithin(double tolerance) {
            return error <= tolerance;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "largest difference %.3g at x = %.6g: derivative %.9g, slope %.9g",
                    error,
                    x,
                    derivative,
                    slope);
        }
    }

    private static final int POINTS = 4001;
    // Near the cube root of double's precision, where rounding and curvature cost the same.
    private static final double STEP = 6e-6;

    private GradientCheck() {}

    /** Checks on [-8, 8]; points within the step of a kink should not be judged, and are unlikely to be met. */
    public static Result of(Activation f) {
        return of(f, -8, 8);
    }

    /**
     * Checks on an interval, in double precision.
     *
     * @throws IllegalArgumentException unless from is below to
     */
    public static Result of(Activation f, double from, double to) {
        Checks.notNull("f", f);
        if (!(from < to)) {
            throw new IllegalArgumentException("from must be below to: " + from + ", " + to);
        }
        Result worst = new Result(from, 0, 0, -1);
        double[] parameters = f.parameters();
        for (int i = 0; i < POINTS; i++) {
            // An irrational share of a step keeps off the round numbers where kinks are.
            double x = from + (to - from) * (i + 1 / Math.E) / POINTS;
            double derivative = f.function().referenceDerivative(x, parameters);
            double slope =
                    (f.function().reference(x + STEP, parameters) - f.function().reference(x - STEP, parameters))
                            / (2 * STEP);
            double error = Math.abs(derivative - slope) / Math.max(1, Math.abs(slope));
            if (!(error <= worst.error)) {
                worst = new Result(x, derivative, slope, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
            }
        }
        return worst;
    }
}
