package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.*;
import static dev.hillock.kernel.ScalarFormulas.sigmoid;
import static dev.hillock.kernel.ScalarFormulas.sigmoidRaisedSlope;
import static dev.hillock.kernel.ScalarFormulas.swishBetaSlope;
import static dev.hillock.kernel.ScalarFormulas.swishBetaValue;
import static dev.hillock.kernel.ScalarFormulas.tanh;
import static dev.hillock.kernel.ScalarFormulas.tanhDerivative;
import static dev.hillock.kernel.ScalarFormulas.tanhHalfExpm1Twice;
import static dev.hillock.kernel.ScalarFormulas.tanhScaled;
import static java.lang.Math.abs;
import static java.lang.Math.copySign;

/**
 * The mirror of {@code native/core/formulas/exponential.h}, one float at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarExponentialFormulas {
    private ScalarExponentialFormulas() {}

    // celu(x) = x for x >= 0, else alpha * (exp(x / alpha) - 1). The quotient is carried in two floats; where
    // alpha is below 0 it grows, and half of expm1 is a number wherever the result is one.       Barron,
    // arXiv:1704.07483
    public static float celu(float x, float alpha) {
        float inverse = 1f / alpha;
        float t = atLeast(x, (alpha > 0f ? -20f : -89f) * abs(alpha));
        float u = t * inverse;
        float uRest = fma(-u, alpha, t) * inverse;
        return x < 0f && abs(u) > 0x1p-26f ? expm1Times(u, uRest, alpha) : x;
    }

    public static float celuDerivative(float x, float alpha) {
        float inverse = 1f / alpha;
        float t = atLeast(x, (alpha > 0f ? -132f : -89f) * abs(alpha));
        float u = t * inverse;
        float uRest = fma(-u, alpha, t) * inverse;
        return x > 0f ? 1f : expWide(u, uRest);
    }

    public static float celuSlopeFromOutput(float y, float alpha) {
        return y > 0f ? 1f : y / alpha + 1f;
    }

    // gelu_sigmoid(x) = x sigmoid(1.702 x), as swish_beta with a constant that no float holds.
    static final float GELU_SIGMOID_BETA = 0x1.b3b646p0f;
    static final float GELU_SIGMOID_BETA_REST = -0x1.78d4fep-26f;
    static final float GELU_SIGMOID_LEAST = -77.5f; // -132 / 1.702; far above it x itself counts, as in SwishBeta

    public static float geluSigmoid(float x) {
        float t = atLeast(x, GELU_SIGMOID_LEAST);
        float b = t * GELU_SIGMOID_BETA;
        return swishBetaValue(x, t, b, fma(t, GELU_SIGMOID_BETA_REST, fma(t, GELU_SIGMOID_BETA, -b)));
    }

    public static float geluSigmoidDerivative(float x) {
        float t = atLeast(x, GELU_SIGMOID_LEAST);
        float b = t * GELU_SIGMOID_BETA;
        return swishBetaSlope(b, fma(t, GELU_SIGMOID_BETA_REST, fma(t, GELU_SIGMOID_BETA, -b)));
    }

    // log_sigmoid(x) = -log(1 + exp(-x)) = min(x, 0) - log1p(exp(-|x|)).
    public static float logSigmoid(float x) {
        float e = expRaised(atLeast(-abs(x), -105f));
        float tail = fma(e, log1pBend(e * LOWER), e);
        return fma(tail, -LOWER, atMost(x, -0f));
    }

    public static float logSigmoidDerivative(float x) {
        return sigmoid(-x);
    }

    // tanhshrink(x) = x - tanh(x): x^3 times a polynomial up to 1, then (|x| - 1) + (1 - tanh(|x|)).
    public static float tanhshrink(float x) {
        float t = abs(x);
        float z = t * t;
        float cube = t * z;
        float cubeRest = fma(t, z, -cube) + t * fma(t, t, -z);
        float near = fma(cube, SHRINK_C0, fma(cubeRest, SHRINK_C0, cube * tanhBend(z)));
        float far = t - 1f + 1f / (tanhHalfExpm1Twice(atMost(t, 9.5f)) + 1f);
        return copySign(t < 1f ? near : far, x);
    }

    public static float tanhshrinkDerivative(float x) {
        float h = tanhHalfExpm1Twice(atMost(abs(x), 9.5f));
        float m = atMost(h, 1f);
        float q = m / (h + 1f);
        float y = fma(-m, q, m);
        float yRest = fma(-m, q, m - y);
        return fma(y, y, 2f * y * yRest);
    }

    // soft_cap(x) = cap * tanh(x / cap).
    public static float softCap(float x, float cap) {
        float inverse = 1f / cap;
        float t = atMost(abs(x), 9.5f * cap);
        float u = t * inverse;
        float uRest = fma(-u, cap, t) * inverse;
        return copySign(u < 0x1p-14f ? t : tanhScaled(u, uRest, cap, 0f), x);
    }

    public static float softCapDerivative(float x, float cap) {
        float inverse = 1f / cap;
        float t = atMost(abs(x), 53f * cap);
        float u = t * inverse;
        float uRest = fma(-u, cap, t) * inverse;
        return sigmoidRaisedSlope(-2f * u, -2f * uRest) * (4f * LOWER);
    }

    public static float softCapSlopeFromOutput(float y, float cap) {
        float inverse = 1f / cap;
        float w = y * inverse;
        float wRest = fma(-w, cap, y) * inverse;
        return fma(-2f * w, wRest, fma(-w, w, 1f));
    }

    // lecun_tanh(x) = 1.7159 tanh(2 x / 3).                             LeCun et al., Efficient BackProp
    static final float LECUN_TANH_SCALE = 0x1.b74538p0f;
    static final float LECUN_TANH_SCALE_REST = 0x1.de69aep-25f;
    static final float LECUN_TANH_INVERSE = 0x1.2a62bcp-1f;
    static final float LECUN_TANH_INVERSE_REST = 0x1.7bc90ap-27f;
    static final float LECUN_TANH_TWO_THIRDS = 0x1.555556p-1f;
    static final float LECUN_TANH_TWO_THIRDS_REST = -0x1.555556p-26f;
    static final float LECUN_TANH_SLOPE = 0x1.24d8d0p0f; // 1.7159 * 2/3
    static final float LECUN_TANH_SLOPE_REST = 0x1.3ef11ep-25f;

    public static float lecunTanh(float x) {
        float t = atMost(abs(x), 14.5f);
        float u = t * LECUN_TANH_TWO_THIRDS;
        float uRest = fma(t, LECUN_TANH_TWO_THIRDS_REST, fma(t, LECUN_TANH_TWO_THIRDS, -u));
        float y = tanhScaled(u, uRest, LECUN_TANH_SCALE, LECUN_TANH_SCALE_REST);
        return copySign(t < 0x1p-60f ? fma(t, LECUN_TANH_SLOPE, t * LECUN_TANH_SLOPE_REST) : y, x);
    }

    public static float lecunTanhDerivative(float x) {
        float t = atMost(abs(x), 79f);
        float u = t * LECUN_TANH_TWO_THIRDS;
        float uRest = fma(t, LECUN_TANH_TWO_THIRDS_REST, fma(t, LECUN_TANH_TWO_THIRDS, -u));
        float bell = sigmoidRaisedSlope(-2f * u, -2f * uRest);
        return fma(bell, LECUN_TANH_SLOPE, bell * LECUN_TANH_SLOPE_REST) * (4f * LOWER);
    }

    public static float lecunTanhSlopeFromOutput(float y) {
        float w = y * LECUN_TANH_INVERSE;
        float wRest = fma(y, LECUN_TANH_INVERSE_REST, fma(y, LECUN_TANH_INVERSE, -w));
        return LECUN_TANH_SLOPE * fma(-2f * w, wRest, fma(-w, w, 1f));
    }

    public static float rectifiedTanh(float x) {
        return x < 0f ? 0f : tanh(x);
    }

    public static float rectifiedTanhBackward(float x, float dy) {
        return x > 0f ? dy * tanhDerivative(x) : 0f;
    }

    public static float rectifiedTanhBackwardFromOutput(float y, float dy) {
        return y > 0f ? dy * fma(-y, y, 1f) : 0f;
    }

    public static float exp(float x) {
        return expWide(atMost(atLeast(x, -132f), 89f), 0f);
    }

    public static float expDerivative(float x) {
        return exp(x);
    }

    public static float expSlopeFromOutput(float y) {
        return y;
    }

    // gaussian(x) = exp(-x^2), the square in two floats.

    // exp(-t^2) times 2^64.
    static float gaussianRaised(float t) {
        float square = t * t;
        float whole = fma(square, -LOG2_E, RAISED);
        float p = expm1Rest(expRest(-square, whole - RAISED) - fma(t, t, -square));
        float c = pow2(whole);
        return fma(c, p, c);
    }

    public static float gaussian(float x) {
        return gaussianRaised(atMost(abs(x), 10.5f)) * LOWER;
    }

    public static float gaussianDerivative(float x) {
        float t = atLeast(atMost(x, 11f), -11f);
        return gaussianRaised(t) * (-2f * t) * LOWER;
    }

    // bipolar_sigmoid(x) = 2 sigmoid(x) - 1 = tanh(x / 2).
    public static float bipolarSigmoid(float x) {
        return tanh(0.5f * x);
    }

    public static float bipolarSigmoidDerivative(float x) {
        return sigmoidRaisedSlope(atLeast(-abs(x), -106f), 0f) * (2f * LOWER);
    }

    public static float bipolarSigmoidSlopeFromOutput(float y) {
        return fma(-0.5f * y, y, 0.5f);
    }
}
