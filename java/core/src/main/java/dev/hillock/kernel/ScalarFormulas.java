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
    public static float sigmoidRaised(float c, float p) {
        return c / (1f + fma(c, LOWER, p));
    }

    public static float sigmoid(float x) {
        float v = atLeast(atMost(x, 40f), -105f);
        return sigmoidAt(v, pow2(fma(v, LOG2_E, RAISED)));
    }

    private static float sigmoidAt(float v, float c) {
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole));
        return sigmoidRaised(c, p) * LOWER;
    }

    // In steps, c the power of two between them.

    public static float sigmoidStart(float x) {
        return fma(floored(capped(x, 40f), -105f), LOG2_E, RAISED);
    }

    public static float sigmoid(float x, float c) {
        return sigmoidAt(floored(capped(x, 40f), -105f), c);
    }

    // (1 + q)^2 in one rounding.
    public static float sigmoidSquare(float q) {
        return fma(q, 2f + q, 1f);
    }

    // sigmoid(x) sigmoid(-x) = c (1 + p) / (1 + c + p)^2, the same for x and -x.
    public static float sigmoidDerivative(float x) {
        float v = atLeast(-abs(x), -105f);
        return sigmoidSlopeAt(v, pow2(fma(v, LOG2_E, RAISED)));
    }

    private static float sigmoidSlopeAt(float v, float c) {
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole));
        return fma(c, p, c) / sigmoidSquare(fma(c, LOWER, p)) * LOWER;
    }

    public static float sigmoidDerivativeStart(float x) {
        return fma(floored(-abs(x), -105f), LOG2_E, RAISED);
    }

    public static float sigmoidDerivative(float x, float c) {
        return sigmoidSlopeAt(floored(-abs(x), -105f), c);
    }

    // The same at x + rest, for x in [-132, 0], times 2^64.
    public static float sigmoidRaisedSlope(float x, float rest) {
        return sigmoidRaisedSlope(x, rest, pow2(fma(x, LOG2_E, RAISED)));
    }

    public static float sigmoidRaisedSlope(float x, float rest, float c) {
        float whole = fma(x, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-x, RAISED - whole) - rest);
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
        float bend = fma(r * r, halfExpm1Bend(r), rest);
        float p = r + bend;
        float s = pow2(whole);
        float h = fma(s, p, fma(0.5f, s, -0.5f));
        // What p lost to rounding counts while m is h.
        float hRest = h < 1f ? s * (bend - (p - r)) : 0f;
        float m = atMost(h, 1f);
        float d = h + 1f;
        float dRest = h - (d - 1f);
        float inverse = 1f / d;
        float q = m * inverse;
        float qRest = fma(-q, dRest, fma(-q, d, m)) * inverse;
        float a = scale * m;
        float aRest = fma(scale, m, -a) + fma(scaleRest, m, scale * hRest);
        return a + fma(-a, q, fma(-a, qRest, fma(-aRest, q, aRest)));
    }

    // 1 - tanh(x)^2 = 4 sigmoid'(2 x), the 4 before the power of two for the sake of subnormal slopes.
    public static float tanhDerivative(float x) {
        return sigmoidRaisedSlope(atLeast(-2f * abs(x), -106f), 0f) * (4f * LOWER);
    }

    public static float tanhDerivativeStart(float x) {
        return fma(floored(-2f * abs(x), -106f), LOG2_E, RAISED);
    }

    public static float tanhDerivative(float x, float c) {
        return sigmoidRaisedSlope(floored(-2f * abs(x), -106f), 0f, c) * (4f * LOWER);
    }

    public static float tanhSlopeFromOutput(float y) {
        return fma(-y, y, 1f);
    }

    // Not max(x, 0): a NaN must survive, and -0 stays -0.
    public static float relu(float x) {
        return floored(x, 0f);
    }

    public static float reluBackward(float x, float dy) {
        return unless(!(x > 0f), dy);
    }

    public static float reluBackwardFromOutput(float y, float dy) {
        return unless(!(y > 0f), dy);
    }

    public static float leakyRelu(float x, float alpha) {
        return bent(x, alpha);
    }

    public static float leakyReluBackward(float x, float dy, float alpha) {
        return dy * either(x > 0f, 1f, alpha);
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
        return x > 20f ? x : siluAt(v, pow2(fma(v, LOG2_E, RAISED)));
    }

    private static float siluAt(float v, float c) {
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole));
        return v * c / (1f + fma(c, LOWER, p)) * LOWER;
    }

    public static float siluStart(float x) {
        return fma(capped(floored(x, -132.5f), 20f), LOG2_E, RAISED);
    }

    public static float silu(float x, float c) {
        return aboveOr(x, 20f, siluAt(capped(floored(x, -132.5f), 20f), c));
    }

    // sigmoid(x) (1 + x sigmoid(-x)) = c (c + (1 + p)(1 + x)) / (1 + c + p)^2. c and 1 + x are exact around the
    // root.
    public static float siluDerivative(float x) {
        float v = atLeast(x, -132.5f);
        return x > 20f ? 1f : siluSlopeAt(v, pow2(fma(v, LOG2_E, RAISED)));
    }

    private static float siluSlopeAt(float v, float raised) {
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-v, RAISED - whole));
        float c = raised * LOWER;
        float u = 1f + v;
        float n = fma(p, u, c + u);
        return n / sigmoidSquare(c + p) * raised * LOWER;
    }

    public static float siluDerivativeStart(float x) {
        return siluStart(x);
    }

    // At 20 it is 1 already.
    public static float siluDerivative(float x, float raised) {
        return siluSlopeAt(capped(floored(x, -132.5f), 20f), raised);
    }

    // swish_beta(x) = x sigmoid(beta x). The product is carried in two floats, b and b_rest, into the
    // exponential.
    // Beyond it sigmoid(beta x) is 0 or 1.
    public static float swishBetaLimit(float beta) {
        return atMost(132f / abs(beta), 0x1.fffffep127f);
    }

    public static float swishBetaValue(float x, float t, float b, float bRest) {
        float whole = fma(b, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-b, RAISED - whole, -bRest));
        float c = pow2(whole);
        float y = t * c / (1f + fma(c, LOWER, p)) * LOWER;
        return b > 20f ? x : y;
    }

    public static float swishBetaSlope(float b, float bRest) {
        float whole = fma(b, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-b, RAISED - whole, -bRest));
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

    // softplus(x) = log(1 + exp(beta x)) / beta = (max(b, 0) + log1p(exp(-|b|))) / beta, b = beta x.
    // From threshold on, which is infinite unless a caller has PyTorch's habit, it is x.
    public static float softplus(float x, float beta, float threshold) {
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
        float y = fma(tail, inverse * LOWER, fma(tail, inverseRest * LOWER, atLeast(x, 0f)));
        return beta * x > threshold ? x : y;
    }

    // sigmoid(beta x), or 1.
    public static float softplusDerivative(float x, float beta, float threshold) {
        float limit = 105f / abs(beta);
        float t = atLeast(atMost(x, 0.4f * limit), -limit);
        float b = beta * t;
        float bRest = fma(beta, t, -b);
        float whole = fma(b, LOG2_E, RAISED);
        float p = expm1Rest(expRest(-b, RAISED - whole) - bRest);
        return beta * x > threshold ? 1f : sigmoidRaised(pow2(whole), p) * LOWER;
    }

    public static float softplusSlopeFromOutput(float y, float beta, float threshold) {
        return beta * y > threshold ? 1f : 0f - expm1Near(atLeast(-(beta * y), -20f));
    }

    // hardswish(x) = x (x + 3) / 6 between -3 and 3, 0 below (with the sign of x), x above.
    private static final float HARDSWISH_THIRD = 0x1.555554p-2f;
    private static final float HARDSWISH_THIRD_REST = 0x1.555556p-26f;

    public static float hardswish(float x) {
        float v = floored(x, -3f);
        float w = v * (v + 3f);
        // Above 3 it would be above x, elsewhere it is below |x|.
        return Math.min(fma(w, 0.5f * HARDSWISH_THIRD, w * (0.5f * HARDSWISH_THIRD_REST)), abs(x));
    }

    public static float hardswishBackward(float x, float dy) {
        float w = fma(2f, x, 3f);
        float slope = fma(w, 0.5f * HARDSWISH_THIRD, w * (0.5f * HARDSWISH_THIRD_REST));
        return unless(x < -3f, select(x > 3f, dy, dy * slope));
    }
}
