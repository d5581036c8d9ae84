package dev.hillock.engine;

import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;

/** A function over arrays of doubles: the catalogue's formulas, which are written in double precision. */
final class DoubleLoop {
    private DoubleLoop() {}

    static void run(
            Function function,
            Direction direction,
            double[] p,
            double[] x,
            int xOffset,
            double[] dy,
            int dyOffset,
            double[] out,
            int outOffset,
            int length) {
        switch (direction) {
            case FORWARD -> {
                for (int i = 0; i < length; i++) {
                    out[outOffset + i] = function.reference(x[xOffset + i], p);
                }
            }
            case BACKWARD -> {
                for (int i = 0; i < length; i++) {
                    out[outOffset + i] = product(dy[dyOffset + i], function.referenceDerivative(x[xOffset + i], p));
                }
            }
            case BACKWARD_FROM_OUTPUT -> {
                for (int i = 0; i < length; i++) {
                    out[outOffset + i] = product(dy[dyOffset + i], function.referenceFromOutput(x[xOffset + i], p));
                }
            }
        }
    }

    // A slope of 0 selects: dy times it must not turn an infinite dy into NaN.
    static double product(double dy, double slope) {
        return slope == 0 && !Double.isNaN(dy) ? 0.0 : dy * slope;
    }
}
