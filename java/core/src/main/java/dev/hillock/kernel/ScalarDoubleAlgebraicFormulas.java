package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.*;
import static java.lang.Math.abs;
import static java.lang.Math.copySign;

/**
 * The mirror of {@code native/core/formulas/algebraic.h}, one double at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarDoubleAlgebraicFormulas {
    private ScalarDoubleAlgebraicFormulas() {}

    public static double cube(double x) {
        return x * x * x;
    }

    public static double cubeDerivative(double x) {
        return 3.0 * (x * x);
    }

    // softsign(x) = x / (1 + |x|).
    public static double softsign(double x) {
        double t = atMost(abs(x), 0x1p60);
        return copySign(t / (1.0 + t), x);
    }

    // 1 / (1 + |x|)^2, the square lowered by 2^100, since the slope is still a number where the square is not.
    public static double softsignDerivative(double x) {
        double d = 1.0 + abs(x);
        return 0x1p-100 / (d * 0x1p-100 * d);
    }

    public static double softsignSlopeFromOutput(double y) {
        double w = 1.0 - abs(y);
        return w * w;
    }

    // elliott(x) = x / (1 + |x|) / 2 + 1/2.
    public static double elliott(double x) {
        double q = 0.5 / (1.0 + abs(x));
        return x < 0.0 ? q : 1.0 - q;
    }

    public static double elliottDerivative(double x) {
        return 0.5 * softsignDerivative(x);
    }

    public static double elliottSlopeFromOutput(double y) {
        double w = atMost(y, 1.0 - y);
        return 2.0 * w * w;
    }

    // squareplus(x) = (x + sqrt(x^2 + b)) / 2, for x < 0 by its conjugate. Beyond 2^60 the root is |x|.
    public static double squareplusRoot(double t, double b) {
        return atLeast(sqrt(fma(t, t, b)), t);
    }

    // The root s and the sum m are carried in two doubles: rounded they add up to 2.6 ULP.
    public static double squareplus(double x, double b) {
        double t = atMost(abs(x), 0x1p60);
        double s = squareplusRoot(t, b);
        double sRest = 0.5 * fma(t, t, fma(-s, s, b)) / atLeast(s, 0x1p-126);
        double m = 0.5 * (s + t);
        double mRest = 0.5 * s - m + fma(0.5, sRest, 0.5 * t);
        boolean far = abs(x) > 0x1p60;
        double q = 0.25 * b / (far ? abs(x) : m);
        double inverse = q * (4.0 / atLeast(b, 0x1p-100));
        double near = x < 0.0 ? fma(-q * mRest, inverse, q) : m + mRest;
        return far ? (x < 0.0 ? q : x) : near;
    }

    // For x < 0 it is b / (2 (s^2 + s |x|)), beyond 2^60 b / (4 x^2). For b = 0 it is 1/2 at 0, and 0 below 0 where
    // the squares underflow too.
    public static double squareplusDerivative(double x, double b) {
        double t = atMost(abs(x), 0x1p60);
        double s = squareplusRoot(t, b);
        boolean far = abs(x) > 0x1p60;
        double w = 0.5 * fma(s, t, fma(t, t, b));
        double below = w == 0.0 ? 0.0 : 0.25 * b / (far ? abs(x) : w);
        double n = x < 0.0 ? below : 0.5 * (t + s);
        double d = x < 0.0 ? (far ? abs(x) : 1.0) : s;
        return x == 0.0 ? 0.5 : n / d;
    }

    public static double squareplusSlopeFromOutput(double y, double b) {
        double z = y * y;
        double w = fma(0.25, b, z);
        double near = w == 0.0 ? (y > 0.0 ? 1.0 : 0.0) : z / w;
        return y > 0x1p60 ? 1.0 : near;
    }

    // rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
    // powers of |x|. Sums and products are carried in two doubles: rounded they add up to 4.8 ULP, in the slope
    // to 7.5.
    static final double RATIONAL_TANH_SCALE = 0x1.b74538ef34d6ap0;
    static final double RATIONAL_TANH_SCALE_REST = 0x1.61e4f765fd8aep-56;
    static final double RATIONAL_TANH_S1 = 0x1.5555555555555p-1; // s = kS1 t + t^2 (kS2 + kS4 t^2), t = |x|
    static final double RATIONAL_TANH_S1_REST = 0x1.5555555555555p-55;
    static final double RATIONAL_TANH_S2 = 0x1.c71c71c71c71cp-2;
    static final double RATIONAL_TANH_S2_REST = 0x1.c71c71c71c71cp-56;
    static final double RATIONAL_TANH_S4 = 0x1.1e81f30b64984p-2;
    static final double RATIONAL_TANH_S4_REST = -0x1.55c2131596624p-63;
    static final double RATIONAL_TANH_D0 = 0x1.24d8d09f788f1p0; // the slope is (kD0 + t (kD1 + kD3 t^2)) / (1 + s)^2
    static final double RATIONAL_TANH_D0_REST = 0x1.9050d3e654ec8p-54;
    static final double RATIONAL_TANH_D1 = 0x1.86766b7f4b697p0;
    static final double RATIONAL_TANH_D3 = 0x1.eb9e50872f323p0;
    static final double RATIONAL_TANH_D3_REST = 0x1.7bf50771bfb2bp-55;

    public static double rationalTanhSum(double t, double square) {
        return t * RATIONAL_TANH_S1 + square * (square * RATIONAL_TANH_S4 + RATIONAL_TANH_S2);
    }

    public static double rationalTanhSumLost(double t, double square, double s) {
        double squareRest = fma(t, t, -square);
        double fourth = square * RATIONAL_TANH_S4;
        double inner = fourth + RATIONAL_TANH_S2;
        double innerRest = fma(square, RATIONAL_TANH_S4, -fourth)
                + fma(squareRest, RATIONAL_TANH_S4, fma(square, RATIONAL_TANH_S4_REST, RATIONAL_TANH_S2_REST));
        innerRest = sumRest(fourth, RATIONAL_TANH_S2, inner) + innerRest;
        double v = t * RATIONAL_TANH_S1;
        double w = square * inner;
        double vRest = fma(t, RATIONAL_TANH_S1, -v) + t * RATIONAL_TANH_S1_REST;
        double wRest = fma(square, inner, -w) + fma(square, innerRest, squareRest * inner);
        return sumRest(v, w, s) + (vRest + wRest);
    }

    public static double rationalTanh(double x) {
        double t = atMost(abs(x), 0x1p20);
        double square = t * t;
        double s = rationalTanhSum(t, square);
        double sRest = rationalTanhSumLost(t, square, s);
        double d = 1.0 + s;
        double dRest = sumRest(1.0, s, d) + sRest;
        double n = s * RATIONAL_TANH_SCALE;
        double nRest = fma(s, RATIONAL_TANH_SCALE, -n) + fma(sRest, RATIONAL_TANH_SCALE, s * RATIONAL_TANH_SCALE_REST);
        double inverse = 1.0 / d;
        double q = n * inverse;
        double rest = fma(-q, d, n) + fma(-q, dRest, nRest);
        double y = t < 0x1p-60 ? fma(t, RATIONAL_TANH_D0, t * RATIONAL_TANH_D0_REST) : fma(rest, inverse, q);
        return copySign(y, x);
    }

    public static double rationalTanhDerivative(double x) {
        double t = atMost(abs(x), 0x1p217);
        double square = t * t;
        double s = rationalTanhSum(t, square);
        double d = 1.0 + s;
        double dRest = sumRest(1.0, s, d) + rationalTanhSumLost(t, square, s);
        double inner = fma(
                square,
                RATIONAL_TANH_D3,
                fma(fma(t, t, -square), RATIONAL_TANH_D3, fma(square, RATIONAL_TANH_D3_REST, RATIONAL_TANH_D1)));
        double inverse = 1.0 / d;
        double n = fma(t, inner, RATIONAL_TANH_D0);
        double q = n * inverse;
        double qRest = fma(-q, d, n) * inverse;
        double y = q * inverse;
        return fma(fma(-y, d, q) + fma(-2.0 * y, dRest, qRest), inverse, y);
    }
}
