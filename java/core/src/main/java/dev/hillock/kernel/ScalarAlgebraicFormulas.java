package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.*;
import static java.lang.Math.abs;
import static java.lang.Math.copySign;

/**
 * The mirror of {@code native/core/formulas/algebraic.h}, one float at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarAlgebraicFormulas {
    private ScalarAlgebraicFormulas() {}

    public static float cube(float x) {
        return x * x * x;
    }

    public static float cubeDerivative(float x) {
        return 3f * (x * x);
    }

    // softsign(x) = x / (1 + |x|).
    public static float softsign(float x) {
        float t = capped(floored(x, -0x1p60f), 0x1p60f);
        return t / (1f + abs(t));
    }

    // 1 / (1 + |x|)^2, the square lowered by 2^100, since the slope is still a number where the square is not.
    public static float softsignDerivative(float x) {
        float d = 1f + abs(x);
        return 0x1p-100f / (d * 0x1p-100f * d);
    }

    public static float softsignSlopeFromOutput(float y) {
        float w = 1f - abs(y);
        return w * w;
    }

    // elliott(x) = x / (1 + |x|) / 2 + 1/2.
    public static float elliott(float x) {
        float q = 0.5f / (1f + abs(x));
        return x < 0f ? q : 1f - q;
    }

    public static float elliottDerivative(float x) {
        return 0.5f * softsignDerivative(x);
    }

    public static float elliottSlopeFromOutput(float y) {
        float w = atMost(y, 1f - y);
        return 2f * w * w;
    }

    // squareplus(x) = (x + sqrt(x^2 + b)) / 2, for x < 0 by its conjugate. Beyond 2^60 the root is |x|.
    public static float squareplusRoot(float t, float b) {
        return atLeast(sqrt(fma(t, t, b)), t);
    }

    // The root s and the sum m are carried in two floats: rounded they add up to 2.6 ULP.
    public static float squareplus(float x, float b) {
        float t = atMost(abs(x), 0x1p60f);
        float s = squareplusRoot(t, b);
        float sRest = 0.5f * fma(t, t, fma(-s, s, b)) / atLeast(s, 0x1p-126f);
        float m = 0.5f * (s + t);
        float mRest = 0.5f * s - m + fma(0.5f, sRest, 0.5f * t);
        boolean far = abs(x) > 0x1p60f;
        float q = 0.25f * b / (far ? abs(x) : m);
        float inverse = q * (4f / atLeast(b, 0x1p-100f));
        float near = x < 0f ? fma(-q * mRest, inverse, q) : m + mRest;
        return far ? (x < 0f ? q : x) : near;
    }

    // For x < 0 it is b / (2 (s^2 + s |x|)), beyond 2^60 b / (4 x^2). For b = 0 it is 1/2 at 0, and 0 below 0 where
    // the squares underflow too.
    public static float squareplusDerivative(float x, float b) {
        float t = atMost(abs(x), 0x1p60f);
        float s = squareplusRoot(t, b);
        boolean far = abs(x) > 0x1p60f;
        float w = 0.5f * fma(s, t, fma(t, t, b));
        float below = w == 0f ? 0f : 0.25f * b / (far ? abs(x) : w);
        float n = x < 0f ? below : 0.5f * (t + s);
        float d = x < 0f ? (far ? abs(x) : 1f) : s;
        return x == 0f ? 0.5f : n / d;
    }

    public static float squareplusSlopeFromOutput(float y, float b) {
        float z = y * y;
        float w = fma(0.25f, b, z);
        float near = w == 0f ? (y > 0f ? 1f : 0f) : z / w;
        return y > 0x1p60f ? 1f : near;
    }

    // rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
    // powers of |x|. Sums and products are carried in two floats: rounded they add up to 4.8 ULP, in the slope
    // to 7.5.
    static final float RATIONAL_TANH_SCALE = 0x1.b74538p0f;
    static final float RATIONAL_TANH_SCALE_REST = 0x1.de69aep-25f;
    static final float RATIONAL_TANH_S1 = 0x1.555556p-1f; // s = kS1 t + t^2 (kS2 + kS4 t^2), t = |x|
    static final float RATIONAL_TANH_S1_REST = -0x1.555556p-26f;
    static final float RATIONAL_TANH_S2 = 0x1.c71c72p-2f;
    static final float RATIONAL_TANH_S2_REST = -0x1.c71c72p-29f;
    static final float RATIONAL_TANH_S4 = 0x1.1e81f4p-2f;
    static final float RATIONAL_TANH_S4_REST = -0x1.e936d0p-27f;
    static final float RATIONAL_TANH_D0 = 0x1.24d8d0p0f; // the slope is (kD0 + t (kD1 + kD3 t^2)) / (1 + s)^2
    static final float RATIONAL_TANH_D0_REST = 0x1.3ef11ep-25f;
    static final float RATIONAL_TANH_D1 = 0x1.86766cp0f;
    static final float RATIONAL_TANH_D3 = 0x1.eb9e50p0f;
    static final float RATIONAL_TANH_D3_REST = 0x1.0e5e64p-25f;

    public static float rationalTanhSum(float t, float square) {
        return t * RATIONAL_TANH_S1 + square * (square * RATIONAL_TANH_S4 + RATIONAL_TANH_S2);
    }

    public static float rationalTanhSumLost(float t, float square, float s) {
        float squareRest = fma(t, t, -square);
        float fourth = square * RATIONAL_TANH_S4;
        float inner = fourth + RATIONAL_TANH_S2;
        float innerRest = fma(square, RATIONAL_TANH_S4, -fourth)
                + fma(squareRest, RATIONAL_TANH_S4, fma(square, RATIONAL_TANH_S4_REST, RATIONAL_TANH_S2_REST));
        innerRest = sumRest(fourth, RATIONAL_TANH_S2, inner) + innerRest;
        float v = t * RATIONAL_TANH_S1;
        float w = square * inner;
        float vRest = fma(t, RATIONAL_TANH_S1, -v) + t * RATIONAL_TANH_S1_REST;
        float wRest = fma(square, inner, -w) + fma(square, innerRest, squareRest * inner);
        return sumRest(v, w, s) + (vRest + wRest);
    }

    public static float rationalTanh(float x) {
        float t = atMost(abs(x), 0x1p20f);
        float square = t * t;
        float s = rationalTanhSum(t, square);
        float sRest = rationalTanhSumLost(t, square, s);
        float d = 1f + s;
        float dRest = sumRest(1f, s, d) + sRest;
        float n = s * RATIONAL_TANH_SCALE;
        float nRest = fma(s, RATIONAL_TANH_SCALE, -n) + fma(sRest, RATIONAL_TANH_SCALE, s * RATIONAL_TANH_SCALE_REST);
        float inverse = 1f / d;
        float q = n * inverse;
        float rest = fma(-q, d, n) + fma(-q, dRest, nRest);
        float y = t < 0x1p-60f ? fma(t, RATIONAL_TANH_D0, t * RATIONAL_TANH_D0_REST) : fma(rest, inverse, q);
        return copySign(y, x);
    }

    public static float rationalTanhDerivative(float x) {
        float t = atMost(abs(x), 0x1p31f);
        float square = t * t;
        float s = rationalTanhSum(t, square);
        float d = 1f + s;
        float dRest = sumRest(1f, s, d) + rationalTanhSumLost(t, square, s);
        float inner = fma(
                square,
                RATIONAL_TANH_D3,
                fma(fma(t, t, -square), RATIONAL_TANH_D3, fma(square, RATIONAL_TANH_D3_REST, RATIONAL_TANH_D1)));
        float inverse = 1f / d;
        float n = fma(t, inner, RATIONAL_TANH_D0);
        float q = n * inverse;
        float qRest = fma(-q, d, n) * inverse;
        float y = q * inverse;
        return fma(fma(-y, d, q) + fma(-2f * y, dRest, qRest), inverse, y);
    }
}
