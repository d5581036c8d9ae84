package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.*;
import static java.lang.Math.abs;
import static java.lang.Math.copySign;

/**
 * The mirror of {@code native/core/formulas.h}, one float at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarFormulas {
    private ScalarFormulas() {}

    public static float identity(float x) {
        return x;
    }

    public static float identityBackward(float x, float dy) {
        return dy;
    }

    public static float identityBackwardFromOutput(float x, float dy) {
        return dy;
    }

    // sigmoid(x) = 1 / (1 + exp(-x)). With exp(-x) = (1 + p) / c, c a power of two: c / (1 + c + p). The
    // denominator is rounded once, for 1 + c is exact where it matters.
    public static float sigmoidRaised(float whole, float p) {
        float c = pow2(whole);
        return c / (1f + fma(c, LOWER, p));
    }

    public static float sigmoid(float x) {
        float v = atLeast(atMost(x, 40f), -105f);
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole));
        return sigmoidRaised(whole, p) * LOWER;
    }

    // (1 + q)^2 in one rounding.
    public static float sigmoidSquare(float q) {
        return fma(q, 2f + q, 1f);
    }

    // sigmoid(x) sigmoid(-x) = c (1 + p) / (1 + c + p)^2, the same for x and -x.
    public static float sigmoidDerivative(float x) {
        float v = atLeast(-abs(x), -105f);
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole));
        float c = pow2(whole);
        return fma(c, p, c) / sigmoidSquare(fma(c, LOWER, p)) * LOWER;
    }

    // The same at x + rest, for x in [-132, 0], times 2^64.
    public static float sigmoidRaisedSlope(float x, float rest) {
        float whole = fma(x, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-x, RAISED - whole) - rest);
        float c = pow2(whole);
        return fma(c, p, c) / sigmoidSquare(fma(c, LOWER, p));
    }

    public static float sigmoidSlopeFromOutput(float y) {
        return y * (1f - y);
    }

    // tanh(x) = h / (h + 1) with h = expm1(2 |x|) / 2. Up to h = 1 as h - h q, then as 1 - q, q the quotient that
    // is left: either way its rounding errors count for half or less.
    // expm1(2 x) / 2 for x in [0, 43].
    public static float tanhHalfExpm1Twice(float x) {
        float whole = fma(x, 2f * LOG2_E, WHOLE);
        float p = halfExpm1Rest(fma(whole - WHOLE, -0.5f * LN2, x));
        float s = pow2(whole);
        return fma(s, p, fma(0.5f, s, -0.5f));
    }

    public static float tanh(float x) {
        float h = tanhHalfExpm1Twice(atMost(abs(x), 9.5f));
        float m = atMost(h, 1f);
        float q = m / (h + 1f);
        return copySign(fma(-m, q, m), x);
    }

    // (scale + scale_rest) tanh(x + rest) for x in [0, 9.5], the quotient in two floats.
    public static float tanhScaled(float x, float rest, float scale, float scaleRest) {
        float whole = fma(x, 2f * LOG2_E, WHOLE);
        float r = fma(whole - WHOLE, -0.5f * LN2, x);
        float p = r + fma(r * r, halfExpm1Bend(r), rest);
        float s = pow2(whole);
        float h = fma(s, p, fma(0.5f, s, -0.5f));
        float m = atMost(h, 1f);
        float d = h + 1f;
        float dRest = h - (d - 1f);
        float inverse = 1f / d;
        float q = m * inverse;
        float qRest = fma(-q, dRest, fma(-q, d, m)) * inverse;
        float a = scale * m;
        float aRest = fma(scale, m, -a) + scaleRest * m;
        return a + fma(-a, q, fma(-a, qRest, fma(-aRest, q, aRest)));
    }

    // 1 - tanh(x)^2 = 4 sigmoid'(2 x).
    public static float tanhDerivative(float x) {
        return 4f * sigmoidDerivative(2f * x);
    }

    public static float tanhSlopeFromOutput(float y) {
        return fma(-y, y, 1f);
    }

    // Not max(x, 0): a NaN must survive, and -0 stays -0.
    public static float relu(float x) {
        return atLeast(x, 0f);
    }

    public static float reluBackward(float x, float dy) {
        return x > 0f ? dy : 0f;
    }

    public static float reluBackwardFromOutput(float y, float dy) {
        return y > 0f ? dy : 0f;
    }

    public static float leakyRelu(float x, float alpha) {
        return x > 0f ? x : alpha * x;
    }

    public static float leakyReluBackward(float x, float dy, float alpha) {
        return x > 0f ? dy : alpha * dy;
    }

    public static float leakyReluBackwardFromOutput(float y, float dy, float alpha) {
        return leakyReluBackward(y, dy, alpha);
    }

    // elu(x) = x for x > 0, else alpha * (exp(x) - 1).                 Clevert et al., arXiv:1511.07289
    public static float elu(float x, float alpha) {
        return x < 0f ? alpha * expm1Near(atLeast(x, -20f)) : x;
    }

    // Not y + alpha: from x = -18 down that is 0, while the true slope is still 1.5e-8.
    public static float eluDerivative(float x, float alpha) {
        return x > 0f ? 1f : alpha * expRaised(atLeast(x, -132.5f)) * LOWER;
    }

    public static float eluSlopeFromOutput(float y, float alpha) {
        return y > 0f ? 1f : y + alpha;
    }

    // selu(x) = lambda * elu(x; alpha). Its own constants are exact: a parameter that is the float next to one of
    // them stands for the constant.                                         Klambauer et al., arXiv:1706.02515
    static final float SELU_ALPHA = 0x1.ac5afap0f;
    static final float SELU_ALPHA_REST = 0x1.af059ep-25f;
    static final float SELU_LAMBDA = 0x1.0cfabep0f;
    static final float SELU_LAMBDA_REST = -0x1.2adddap-25f;

    // What rounding lost of lambda * alpha, a its rounded product.
    public static float seluProductRest(float alpha, float lambda, float a) {
        float alphaRest = alpha == SELU_ALPHA ? SELU_ALPHA_REST : 0f;
        float lambdaRest = lambda == SELU_LAMBDA ? SELU_LAMBDA_REST : 0f;
        return fma(lambda, alpha, -a) + fma(lambda, alphaRest, lambdaRest * alpha);
    }

    public static float selu(float x, float alpha, float lambda) {
        float a = lambda * alpha;
        float aRest = seluProductRest(alpha, lambda, a);
        float t = expm1Near(atLeast(x, -20f));
        return x < 0f ? fma(a, t, aRest * t) : lambda * x;
    }

    public static float seluDerivative(float x, float alpha, float lambda) {
        float a = lambda * alpha;
        float aRest = seluProductRest(alpha, lambda, a);
        float e = expRaised(atLeast(x, -132.5f));
        return x > 0f ? lambda : fma(a, e, aRest * e) * LOWER;
    }

    public static float seluSlopeFromOutput(float y, float alpha, float lambda) {
        return y > 0f ? lambda : fma(lambda, alpha, y);
    }

    // silu(x) = x sigmoid(x): x c / (1 + c + p), as in Sigmoid.        Elfwing et al., arXiv:1702.03118
    public static float silu(float x) {
        float v = atLeast(x, -132.5f);
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole));
        float c = pow2(whole);
        float y = v * c / (1f + fma(c, LOWER, p)) * LOWER;
        return x > 20f ? x : y;
    }

    // sigmoid(x) (1 + x sigmoid(-x)) = c (c + (1 + p)(1 + x)) / (1 + c + p)^2. c and 1 + x are exact around the
    // root.
    public static float siluDerivative(float x) {
        float v = atLeast(x, -132.5f);
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole));
        float raised = pow2(whole);
        float c = raised * LOWER;
        float u = 1f + v;
        float n = fma(p, u, c + u);
        float slope = n / sigmoidSquare(c + p) * raised * LOWER;
        return x > 20f ? 1f : slope;
    }

    // swish_beta(x) = x sigmoid(beta x). The product is carried in two floats, b and b_rest, into the
    // exponential.
    // Beyond it sigmoid(beta x) is 0 or 1.
    public static float swishBetaLimit(float beta) {
        return atMost(132f / abs(beta), 0x1.fffffep127f);
    }

    public static float swishBetaValue(float x, float t, float b, float bRest) {
        float whole = fma(b, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-b, RAISED - whole) - bRest);
        float c = pow2(whole);
        float y = t * c / (1f + fma(c, LOWER, p)) * LOWER;
        return b > 20f ? x : y;
    }

    public static float swishBetaSlope(float b, float bRest) {
        float whole = fma(b, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-b, RAISED - whole) - bRest);
        float raised = pow2(whole);
        float c = raised * LOWER;
        float u = 1f + b;
        float uRest = ((1f - u) + b) + bRest;
        float n = fma(p, u, c + u) + fma(uRest, p, uRest);
        float slope = n / sigmoidSquare(c + p) * raised * LOWER;
        return b > 20f ? 1f : slope;
    }

    public static float swishBeta(float x, float beta) {
        float t = atLeast(atMost(x, swishBetaLimit(beta)), -swishBetaLimit(beta));
        float b = beta * t;
        return swishBetaValue(x, t, b, fma(beta, t, -b));
    }

    public static float swishBetaDerivative(float x, float beta) {
        float t = atLeast(atMost(x, swishBetaLimit(beta)), -swishBetaLimit(beta));
        float b = beta * t;
        return swishBetaSlope(b, fma(beta, t, -b));
    }

    // gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|. The quotient's parts are carried in two floats: rounded
    // each for itself they add up to 4.6 ULP, so to 2.0.               Hendrycks and Gimpel, arXiv:1606.08415
    public static float gelu(float x) {
        float t = atMost(abs(x), 14.5f);
        float square = t * t;
        float whole = fma(square, -0.5f * LOG2_E, RAISED);
        float r = bellRest(t, square, whole - RAISED);
        float z = r * r;
        float bend = expm1Bend(r);
        float p = fma(z, bend, r);
        float pRest = fma(z, bend, r - p);
        float u = fma(tailNumerator(t), square, 0.5f * t);
        float rest = fma(u, TAIL_SLOPE, tailRemainder(t) * t);
        float d = 1f + rest;
        float dRest = (1f - d) + rest;
        float n = fma(u, p, u);
        float nRest = fma(u, pRest, fma(u, p, u - n));
        float inverse = 1f / d;
        float q = n * inverse;
        q = fma(fma(-q, d, n) + fma(-q, dRest, nRest), inverse, q);
        return fma(q * pow2(whole), -LOWER, atLeast(x, -0f));
    }

    // Phi(-t) - t phi(t) for x = -t, one minus that for x = t.
    public static float geluDerivative(float x) {
        float t = atMost(abs(x), 15f);
        float square = t * t;
        float whole = fma(square, -0.5f * LOG2_E, RAISED);
        float p = expm1Rest(bellRest(t, square, whole - RAISED));
        float n = bellNumerator(t);
        float d = fma(n, BELL_SLOPE, bellRemainder(t));
        float fromRoot = ((BELL_ROOT - t) + BELL_ROOT_REST) * n;
        float q = fma(fromRoot, p, fromRoot) / d;
        float tail = q * pow2(whole) * LOWER;
        return x > 0f ? 1f - tail : tail;
    }

    // gelu_tanh(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigmoid(v), v = x (A + B x^2).
    // In the tail v is large and its rounding error would become the result's relative error: v is carried in two
    // floats.
    private static final float GELU_TANH_A = 0x1.98846p0f; // few bits, so that GELU_TANH_A minus the inner sum is exact
    private static final float GELU_TANH_A_REST = -0x1.985794p-21f;
    private static final float GELU_TANH_B = 0x1.2444f2p-4f;
    private static final float GELU_TANH_B_REST = 0x1.49b16ap-29f;

    // What the rounding of g = kA + kB x^2 lost.
    public static float geluTanhInnerRest(float x, float square, float g) {
        float rest = fma(square, GELU_TANH_B, GELU_TANH_A - g);
        rest = fma(fma(x, x, -square), GELU_TANH_B, rest);
        return rest + fma(square, GELU_TANH_B_REST, GELU_TANH_A_REST);
    }

    public static float geluTanh(float x) {
        float t = atMost(abs(x), 10.9f);
        float square = t * t;
        float g = fma(square, GELU_TANH_B, GELU_TANH_A);
        float v = t * g;
        float vRest = fma(t, geluTanhInnerRest(t, square, g), fma(t, g, -v));
        float whole = fma(v, -LOG2_E, RAISED);
        float n = whole - RAISED;
        float p = expm1Rest(expRest(v, -n) + vRest);
        float c = pow2(whole);
        float q = t / (1f + fma(c, LOWER, p));
        return fma(q * c, -LOWER, atLeast(x, -0f));
    }

    // sigmoid(v) (1 + x v' sigmoid(-v)), as in Silu.
    public static float geluTanhDerivative(float x) {
        float t = atLeast(atMost(x, 6f), -10.9f);
        float square = t * t;
        float g = fma(square, GELU_TANH_B, GELU_TANH_A);
        float gRest = geluTanhInnerRest(t, square, g);
        float v = t * g;
        float vRest = fma(t, gRest, fma(t, g, -v));
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole) - vRest);
        float raised = pow2(whole);
        float c = raised * LOWER;
        float twice = 2f * t;
        float u = fma(twice, g - GELU_TANH_A, 1f + v) + fma(twice, gRest - GELU_TANH_A_REST, vRest);
        float n = fma(p, u, c + u);
        float b = 1f + c;
        float q = c + p;
        float d = x < -1.25f ? sigmoidSquare(q) : fma(b, b, p * fma(2f, b, p));
        return n / d * raised * LOWER;
    }

    // softplus(x) = log(1 + exp(beta x)) / beta = (max(b, 0) + log1p(exp(-|b|))) / beta, b = beta x.
    public static float softplus(float x, float beta) {
        float limit = 105f / abs(beta);
        float t = atMost(abs(x), limit);
        float v = -abs(beta) * t;
        float vRest = fma(-abs(beta), t, -v);
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(v, whole - RAISED) + vRest);
        float s = pow2(whole);
        float raised = fma(s, p, s);
        float e = raised * LOWER;
        float tail = fma(raised, log1pBend(e), raised);
        float inverse = 1f / beta;
        float inverseRest = fma(-inverse, beta, 1f) * inverse;
        return fma(tail, inverse * LOWER, fma(tail, inverseRest * LOWER, atLeast(x, 0f)));
    }

    // sigmoid(beta x).
    public static float softplusDerivative(float x, float beta) {
        float limit = 105f / abs(beta);
        float t = atLeast(atMost(x, 0.4f * limit), -limit);
        float b = beta * t;
        float bRest = fma(beta, t, -b);
        float whole = fma(b, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-b, RAISED - whole) - bRest);
        return sigmoidRaised(whole, p) * LOWER;
    }

    public static float softplusSlopeFromOutput(float y, float beta) {
        return 0f - expm1Near(atLeast(-(beta * y), -20f));
    }

    // mish(x) = x T, T = tanh(softplus(x)) = (d - 2) / d with e = exp(x), d = 2 + 2 e + e^2. T is split so that the
    // quotient, whose rounding errors are the largest, is the smaller part: T = 1 - 2 / d for x > 0.3,
    // T = 1/2 + (e^2/2 + e - 1) / d around 0, and mish(x) = x e - x e (e + e^2) / d below -0.7.
    // e = s + sp, s a power of two and 1 + s exact where it matters: 2 + 2 e + e^2 = 1 + (1 + s + sp)^2.
    public static float mish(float x) {
        float v = atLeast(atMost(x, 40f), -132.5f);
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(v, whole - RAISED));
        float raised = pow2(whole);
        float s = raised * LOWER;
        float sp = s * p;
        float e = s + sp;
        float b = 1f + s;
        float d = fma(sp, fma(2f, b, sp), fma(b, b, 1f));
        float middle = fma(sp, fma(0.5f, sp, b), fma(0.5f * s, s, s - 1f));
        boolean low = x < -0.7f;
        boolean high = x > 0.3f;
        float q = (high ? -2f : low ? -fma(e, e, e) : middle) / d;
        float a = low ? fma(v, p, v) * raised : v;
        float y = fma(a, q, low || high ? a : 0.5f * a);
        return copySign(x > 20f ? x : low ? y * LOWER : y, x);
    }

    // 1 - q (1 - x q (e + e^2)), q = 2 / d, for x > -3/8; else e (4 (1 + x) + e (6 + 4 x + e (4 + e))) / d^2. What
    // rounding loses of the divisor is put back.
    public static float mishDerivative(float x) {
        float v = atLeast(atMost(x, 20f), -132.5f);
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(v, whole - RAISED));
        float raised = pow2(whole);
        float s = raised * LOWER;
        float sp = s * p;
        float e = s + sp;
        float b = 1f + s;
        float base = fma(b, b, 1f);
        float bend = fma(2f, b, sp);
        float d = fma(sp, bend, base);
        float dRest = fma(sp, bend, base - d);
        float square = d * d;
        float squareRest = fma(2f * d, dRest, fma(d, d, -square));
        boolean high = x > -0.375f;
        float w = fma(e, 4f + e, fma(4f, v, 6f));
        float n = high ? 2f : fma(s, w, fma(sp, w, fma(4f, v, 4f)));
        float divisor = high ? d : square;
        float divisorRest = high ? dRest : squareRest;
        float inverse = 1f / divisor;
        float q = n * inverse;
        q = fma(fma(-q, divisor, n) - q * divisorRest, inverse, q);
        float rising = fma(-q, fma(-v * fma(e, e, e), q, 1f), 1f);
        return high ? rising : fma(q, p, q) * raised * LOWER;
    }

    // hardswish(x) = x (x + 3) / 6 between -3 and 3, 0 below (with the sign of x), x above.
    private static final float HARDSWISH_THIRD = 0x1.555554p-2f;
    private static final float HARDSWISH_THIRD_REST = 0x1.555556p-26f;

    public static float hardswish(float x) {
        float v = atLeast(x, -3f);
        float w = v * (v + 3f);
        return x > 3f ? x : fma(w, 0.5f * HARDSWISH_THIRD, w * (0.5f * HARDSWISH_THIRD_REST));
    }

    public static float hardswishBackward(float x, float dy) {
        float w = fma(2f, x, 3f);
        float slope = fma(w, 0.5f * HARDSWISH_THIRD, w * (0.5f * HARDSWISH_THIRD_REST));
        return x > 3f ? dy : x < -3f ? 0f : dy * slope;
    }
}
