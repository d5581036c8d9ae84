package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.*;
import static dev.hillock.kernel.ScalarSine.NEAR_TURNS;
import static dev.hillock.kernel.ScalarSine.ROUND;
import static dev.hillock.kernel.ScalarSine.SINE_C3;
import static dev.hillock.kernel.ScalarSine.angleHigh;
import static dev.hillock.kernel.ScalarSine.angleLow;
import static dev.hillock.kernel.ScalarSine.halfTurns;
import static dev.hillock.kernel.ScalarSine.orFarSine;
import static dev.hillock.kernel.ScalarSine.sineNear;
import static dev.hillock.kernel.ScalarSine.sineSmall;
import static java.lang.Math.abs;

/**
 * The mirror of {@code native/core/formulas/periodic.h}, one float at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarPeriodicFormulas {
    private ScalarPeriodicFormulas() {}

    // snake(x) = x + sin(a x)^2 / a, the square in two floats: for x < 0 half of it is taken off again.
    //                                                                     Ziyin et al., arXiv:2006.08195
    public static float snake(float x, float a) {
        float b = a * x;
        float bRest = fma(a, x, -b);
        float m = halfTurns(b, 0) - ROUND;
        float high = angleHigh(b, bRest, m);
        float low = angleLow(b, bRest, m);
        float v = high + low;
        float cube = v * (v * v);
        float small = sineSmall(v, high - v + low);
        float bend = fma(cube, SINE_C3, small);
        float bendRest = fma(cube, SINE_C3, -bend) + small;
        float s = orFarSine(v + bend, b, x, a, 0);
        float sRest = abs(b) > NEAR_TURNS ? 0f : v - s + bend + bendRest;
        float square = s * s;
        float squareRest = fma(s, s, -square) + 2f * s * sRest;
        float inverse = 1f / a;
        float q = square * inverse;
        float qRest = (fma(-q, a, square) + squareRest) * inverse;
        return x + q + qRest;
    }

    // 1 + sin(2 a x) = 2 sin(a x + pi/4)^2.
    public static float snakeDerivative(float x, float a) {
        float b = a * x;
        float s = orFarSine(sineNear(b, fma(a, x, -b), 1), b, x, a, 1);
        return 2f * s * s;
    }

    // sine(x) = sin(omega x), the product in two floats.              Sitzmann et al., arXiv:2006.09661
    public static float sine(float x, float omega) {
        float b = omega * x;
        float near = sineNear(b, fma(omega, x, -b), 0);
        return orFarSine(abs(b) < 0x1p-12f ? b : near, b, x, omega, 0);
    }

    // cos(b) = sin(b + pi/2).
    public static float sineDerivative(float x, float omega) {
        float b = omega * x;
        return omega * orFarSine(sineNear(b, fma(omega, x, -b), 2), b, x, omega, 2);
    }
}
