package dev.hillock.accuracy;

import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;

/**
 * What the contract allows: 2 ULP forward; 4 ULP for slopes, except close to a root of the slope, where the error is
 * absolute, in shares of the largest slope around the root.
 *
 * <p>The reference is in double precision. Its formulas are free of cancellation except beside the roots of slopes, so it
 * is right to a few times 2^-52 relative to the exact value, or to the largest slope around a root: less than 2^-25 of
 * what is judged here. In an exhaustive sweep {@code check} evaluates it at 5 of 1024 inputs, or of 64, and checks
 * that a parabola gives the others to 2^-12 ULP.
 */
public final class Accuracy {
    private static final double FORWARD_ULP = 2;
    private static final double SLOPE_ULP = 4;
    private static final double ROOT_DISTANCE = 0x1p-3;
    private static final double ROOT_REACH = 0.5;
    private static final double ROOT_SHARE = 0x1p-23;
    private static final int ROOT_SAMPLES = 1024;

    private final Function function;
    private final Direction direction;
    private final double[] parameters;
    private final boolean hasRoots;
    private final double rootBound;

    /** Of a function with these parameters. */
    public Accuracy(Function function, Direction direction, double[] parameters) {
        this.function = function;
        this.direction = direction;
        this.parameters = parameters;
        this.hasRoots = direction == Direction.BACKWARD && !Double.isNaN(function.slopeRootNear(0, parameters));
        this.rootBound = ROOT_SHARE * largestSlope();
    }

    // Around the root nearest to 0; where there are many, the function is periodic and they are alike.
    private double largestSlope() {
        double root = function.slopeRootNear(0, parameters);
        double largest = 0;
        for (int i = 0; i <= ROOT_SAMPLES; i++) {
            double x = root + ROOT_REACH * (2.0 * i / ROOT_SAMPLES - 1);
            largest = Math.max(largest, Math.abs(function.referenceDerivative(x, parameters)));
        }
        return largest;
    }

    /** ULP that are allowed away from roots. */
    public double bound() {
        return direction == Direction.FORWARD ? FORWARD_ULP : SLOPE_ULP;
    }

    /** The value or slope in double precision. */
    public double exact(float x) {
        return switch (direction) {
            case FORWARD -> function.reference(x, parameters);
            case BACKWARD -> function.referenceDerivative(x, parameters);
            case BACKWARD_FROM_OUTPUT -> function.referenceFromOutput(x, parameters);
        };
    }

    /** False if none of some inputs is near a root; quick where they are close together. */
    public boolean mayBeNearRoot(float[] x, int start, int end) {
        if (!hasRoots) {
            return false;
        }
        float least = x[start];
        float largest = x[start];
        for (int i = start + 1; i < end; i++) {
            least = Math.min(least, x[i]);
            largest = Math.max(largest, x[i]);
        }
        // Inputs that are nearest to one and the same root have no other between them.
        double root = function.slopeRootNear(least, parameters);
        boolean isOnly = root == function.slopeRootNear(largest, parameters);
        return !isOnly || least - ROOT_DISTANCE <= root && root <= largest + ROOT_DISTANCE;
    }

    /** Whether x is so close to a root of the slope that the error is absolute. */
    public boolean nearRoot(float x) {
        return hasRoots && Math.abs(x - function.slopeRootNear(x, parameters)) <= ROOT_DISTANCE;
    }

    /** The error in ULP. From the output, the slope can be no better than y: a step of y counts as a unit, too. */
    public double ulp(float x, float got, double exact) {
        double ulp = Ulp.error(got, exact);
        if (direction != Direction.BACKWARD_FROM_OUTPUT || ulp <= SLOPE_ULP) {
            return ulp;
        }
        double step = Math.abs(exact(Math.nextUp(x)) - exact(Math.nextDown(x)));
        return Math.abs(got - exact) / (Ulp.unit(exact) + step);
    }

    /** The error that a value or slope may have. */
    public double allowed(float x, double exact) {
        return nearRoot(x) ? rootBound : bound() * Ulp.unit(exact);
    }

    /** The error beside a root, in shares of what is allowed there. */
    public double rootShare(float got, double exact) {
        return Math.abs(got - exact) / rootBound;
    }
}
