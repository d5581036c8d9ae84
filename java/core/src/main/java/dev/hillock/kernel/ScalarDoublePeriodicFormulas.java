package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.*;
import static dev.hillock.kernel.ScalarDoubleSine.NEAR_TURNS;
import static dev.hillock.kernel.ScalarDoubleSine.ROUND_TURNS;
import static dev.hillock.kernel.ScalarDoubleSine.SINE_C3;
import static dev.hillock.kernel.ScalarDoubleSine.angleHigh;
import static dev.hillock.kernel.ScalarDoubleSine.angleLow;
import static dev.hillock.kernel.ScalarDoubleSine.halfTurns;
import static dev.hillock.kernel.ScalarDoubleSine.orFarSine;
import static dev.hillock.kernel.ScalarDoubleSine.sineNear;
import static dev.hillock.kernel.ScalarDoubleSine.sineSmall;
import static java.lang.Math.abs;

/**
 * The mirror of {@code native/core/float64/periodic.h}, one double at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarDoublePeriodicFormulas {
    private ScalarDoublePeriodicFormulas() {}

    // snake(x) = x + sin(a x)^2 / a, the square in two doubles: for x < 0 half of it is taken off again.
    //                                                                     Ziyin et al., arXiv:2006.08195
    public static double snake(double x, double a) {
        double b = a * x;
        double bRest = fma(a, x, -b);
        double m = halfTurns(b, 0) - ROUND_TURNS;
        double high = angleHigh(b, bRest, m);
        double low = angleLow(b, bRest, m);
        double v = high + low;
        double cube = v * (v * v);
        double small = sineSmall(v, high - v + low);
        double bend = fma(cube, SINE_C3, small);
        double bendRest = fma(cube, SINE_C3, -bend) + small;
        double s = orFarSine(v + bend, b, x, a, 0);
        double sRest = abs(b) > NEAR_TURNS ? 0.0 : v - s + bend + bendRest;
        double square = s * s;
        double squareRest = fma(s, s, -square) + 2.0 * s * sRest;
        double inverse = 1.0 / a;
        double q = square * inverse;
        double qRest = (fma(-q, a, square) + squareRest) * inverse;
        return x + q + qRest;
    }

    // 1 + sin(2 a x) = 2 sin(a x + pi/4)^2.
    public static double snakeDerivative(double x, double a) {
        double b = a * x;
        double s = orFarSine(sineNear(b, fma(a, x, -b), 1), b, x, a, 1);
        return 2.0 * s * s;
    }

    // sine(x) = sin(omega x), the product in two doubles.              Sitzmann et al., arXiv:2006.09661
    public static double sine(double x, double omega) {
        double b = omega * x;
        double near = sineNear(b, fma(omega, x, -b), 0);
        return orFarSine(abs(b) < 0x1p-27 ? b : near, b, x, omega, 0);
    }

    // cos(b) = sin(b + pi/2).
    public static double sineDerivative(double x, double omega) {
        double b = omega * x;
        return omega * orFarSine(sineNear(b, fma(omega, x, -b), 2), b, x, omega, 2);
    }
}
