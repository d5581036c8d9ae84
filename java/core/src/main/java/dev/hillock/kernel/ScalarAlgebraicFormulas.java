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
        float t = atMost(abs(x), 0x1p60f);
        return copySign(t / (1f + t), x);
    }

    // 1 / (1 + |x|)^2, the square lowered by 2^40, since the slope is still a number where the square is not.
    public static float softsignDerivative(float x) {
        float d = 1f + abs(x);
        return 0x1p-40f / (d * 0x1p-40f * d);
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
        float w = 1f - abs(fma(2f, y, -1f));
        return 0.5f * w * w;
    }

    // squareplus(x) = (x + sqrt(x^2 + b)) / 2, for x < 0 by its conjugate. Beyond 2^60 the root is |x|.
    public static float squareplusRoot(float t, float b) {
        return t > 0x1p60f ? t : atLeast(sqrt(fma(t, t, b)), t);
    }

    public static float squareplus(float x, float b) {
        float t = abs(x);
        float m = 0.5f * t + 0.5f * squareplusRoot(t, b);
        return x < 0f ? 0.25f * b / m : m;
    }

    // 1/2 at 0 for b = 0 too.
    public static float squareplusDerivative(float x, float b) {
        float t = abs(x);
        float s = squareplusRoot(t, b);
        float m = 0.5f * t + 0.5f * s;
        float slope = t == 0f ? 0.5f : (x < 0f ? 0.25f * b / m : m) / s;
        return t > 0x1.fffffep127f ? (x > 0f ? 1f : 0f) : slope;
    }

    public static float squareplusSlopeFromOutput(float y, float b) {
        float z = y * y;
        return y > 0x1p60f ? 1f : z / fma(0.25f, b, z);
    }

    // rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
    // powers of |x|.
    static final float RATIONAL_TANH_N1 = 0x1.24d8d0p0f; // 1.7159 times those of s
    static final float RATIONAL_TANH_N1_REST = 0x1.3ef11ep-25f;
    static final float RATIONAL_TANH_N2 = 0x1.86766cp-1f;
    static final float RATIONAL_TANH_N4 = 0x1.eb9e50p-2f;
    static final float RATIONAL_TANH_S1 = 0x1.555556p-1f;
    static final float RATIONAL_TANH_S2 = 0x1.c71c72p-2f;
    static final float RATIONAL_TANH_S4 = 0x1.1e81f4p-2f;
    static final float RATIONAL_TANH_D1 = 0x1.86766cp0f; // of the slope's numerator
    static final float RATIONAL_TANH_D3 = 0x1.eb9e50p0f;

    public static float rationalTanhDenominator(float t, float square) {
        return fma(t, fma(t, fma(square, RATIONAL_TANH_S4, RATIONAL_TANH_S2), RATIONAL_TANH_S1), 1f);
    }

    public static float rationalTanh(float x) {
        float t = atMost(abs(x), 0x1p20f);
        float square = t * t;
        float n = fma(
                t,
                RATIONAL_TANH_N1,
                t * fma(t, fma(square, RATIONAL_TANH_N4, RATIONAL_TANH_N2), RATIONAL_TANH_N1_REST));
        return copySign(n / rationalTanhDenominator(t, square), x);
    }

    public static float rationalTanhDerivative(float x) {
        float t = atMost(abs(x), 0x1p31f);
        float square = t * t;
        float d = rationalTanhDenominator(t, square);
        return fma(t, fma(square, RATIONAL_TANH_D3, RATIONAL_TANH_D1), RATIONAL_TANH_N1) / d / d;
    }
}
