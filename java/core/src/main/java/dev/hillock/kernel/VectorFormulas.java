package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.LN2;
import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.LOWER;
import static dev.hillock.kernel.ScalarElementary.RAISED;
import static dev.hillock.kernel.ScalarElementary.WHOLE;
import static dev.hillock.kernel.ScalarFormulas.SELU_ALPHA;
import static dev.hillock.kernel.ScalarFormulas.SELU_ALPHA_REST;
import static dev.hillock.kernel.ScalarFormulas.SELU_LAMBDA;
import static dev.hillock.kernel.ScalarFormulas.SELU_LAMBDA_REST;
import static dev.hillock.kernel.VectorElementary.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The mirror of {@code native/core/formulas.h}, a vector at a time: the same functions in the same order, the same
 * operations, the same bits. {@code b.blend(a, mask)} is a where the mask is set, else b.
 *
 * <p>The compiler gives up inlining what is not the Vector API's own when a method has grown big; hence its methods here
 * wherever there is one, also where a call by name would read better.
 */
public final class VectorFormulas {
    private VectorFormulas() {}

    public static FloatVector identity(FloatVector x) {
        return x;
    }

    public static FloatVector identityBackward(FloatVector x, FloatVector dy) {
        return dy;
    }

    public static FloatVector identityBackwardFromOutput(FloatVector x, FloatVector dy) {
        return dy;
    }

    // sigmoid(x) = 1 / (1 + exp(-x)). With exp(-x) = (1 + p) / c, c a power of two: c / (1 + c + p). The
    // denominator is rounded once, for 1 + c is exact where it matters. fall is -p: a change of sign is an instruction
    // here, and leaves no other bit different.
    public static FloatVector sigmoidRaised(FloatVector whole, FloatVector fall) {
        FloatVector c = pow2(whole);
        return c.div(all(1f).sub(c.lanewise(FMA, -LOWER, fall)));
    }

    public static FloatVector sigmoid(FloatVector x) {
        FloatVector v = within(x, -105f, 40f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        return sigmoidRaised(whole, fallRest(expRest(v, whole.sub(RAISED)))).mul(LOWER);
    }

    // (1 + q)^2 in one rounding.
    public static FloatVector sigmoidSquare(FloatVector q) {
        return q.lanewise(FMA, q.add(2f), 1f);
    }

    // sigmoid(x) sigmoid(-x) = c (1 + p) / (1 + c + p)^2, the same for x and -x.
    public static FloatVector sigmoidDerivative(FloatVector x) {
        FloatVector t = atMost(x.abs(), 105f);
        FloatVector whole = t.fma(-LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(t, all(RAISED).sub(whole)));
        FloatVector c = pow2(whole);
        return c.fma(p, c).div(sigmoidSquare(c.lanewise(FMA, LOWER, p))).mul(LOWER);
    }

    // The same at -(t + rest), for t in [0, 132], times 2^64.
    public static FloatVector sigmoidRaisedSlope(FloatVector t, FloatVector rest) {
        FloatVector whole = t.fma(-LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(t, all(RAISED).sub(whole)).add(rest));
        FloatVector c = pow2(whole);
        return c.fma(p, c).div(sigmoidSquare(c.lanewise(FMA, LOWER, p)));
    }

    public static FloatVector sigmoidSlopeFromOutput(FloatVector y) {
        return y.mul(all(1f).sub(y));
    }

    // tanh(x) = h / (h + 1) with h = expm1(2 |x|) / 2. Up to h = 1 as h - h q, then as 1 - q, q the quotient that
    // is left: either way its rounding errors count for half or less.
    // expm1(2 x) / 2 for x in [0, 43].
    public static FloatVector tanhHalfExpm1Twice(FloatVector x) {
        FloatVector whole = x.fma(2f * LOG2_E, WHOLE);
        FloatVector p = halfExpm1Rest(whole.sub(WHOLE).lanewise(FMA, -0.5f * LN2, x));
        FloatVector s = pow2(whole);
        return s.fma(p, s.fma(0.5f, -0.5f));
    }

    public static FloatVector tanh(FloatVector x) {
        FloatVector h = tanhHalfExpm1Twice(atMost(x.abs(), 9.5f));
        FloatVector m = numberAtMost(h, 1f);
        FloatVector q = m.div(h.add(1f));
        return copySign(m.neg().fma(q, m), x);
    }

    // (scale + scale_rest) tanh(x + rest) for x in [0, 9.5], the quotient in two floats.
    public static FloatVector tanhScaled(FloatVector x, FloatVector rest, FloatVector scale, FloatVector scaleRest) {
        FloatVector whole = x.fma(2f * LOG2_E, WHOLE);
        FloatVector r = whole.sub(WHOLE).lanewise(FMA, -0.5f * LN2, x);
        FloatVector bend = r.mul(r).fma(halfExpm1Bend(r), rest);
        FloatVector p = r.add(bend);
        FloatVector s = pow2(whole);
        FloatVector h = s.fma(p, s.fma(0.5f, -0.5f));
        // What p lost to rounding counts while m is h.
        FloatVector hRest = all(0f).blend(s.mul(bend.sub(p.sub(r))), h.compare(LT, 1f));
        FloatVector m = numberAtMost(h, 1f);
        FloatVector d = h.add(1f);
        FloatVector dRest = h.sub(d.sub(1f));
        // Here a change of sign is an instruction: inverse, q and q_rest are carried with the other one.
        FloatVector inverse = all(-1f).div(d);
        FloatVector q = m.mul(inverse);
        FloatVector qRest = q.fma(dRest, q.fma(d, m)).mul(inverse);
        FloatVector a = scale.mul(m);
        FloatVector aRest = scaleRest.fma(m, scale.mul(hRest)).sub(scale.neg().fma(m, a));
        return a.add(a.fma(q, a.fma(qRest, aRest.fma(q, aRest))));
    }

    // 1 - tanh(x)^2 = 4 sigmoid'(2 x), the 4 before the power of two for the sake of subnormal slopes.
    public static FloatVector tanhDerivative(FloatVector x) {
        return sigmoidRaisedSlope(atMost(x.abs().mul(2f), 106f), all(0f)).mul(4f * LOWER);
    }

    public static FloatVector tanhSlopeFromOutput(FloatVector y) {
        return y.neg().lanewise(FMA, y, 1f);
    }

    // Not max(x, 0): a NaN must survive, and -0 stays -0.
    public static FloatVector relu(FloatVector x) {
        return atLeast(x, 0f);
    }

    public static FloatVector reluBackward(FloatVector x, FloatVector dy) {
        return all(0f).blend(dy, x.compare(GT, 0f));
    }

    public static FloatVector reluBackwardFromOutput(FloatVector y, FloatVector dy) {
        return all(0f).blend(dy, y.compare(GT, 0f));
    }

    public static FloatVector leakyRelu(FloatVector x, FloatVector alpha) {
        return alpha.mul(x).blend(x, x.compare(GT, 0f));
    }

    public static FloatVector leakyReluBackward(FloatVector x, FloatVector dy, FloatVector alpha) {
        return alpha.mul(dy).blend(dy, x.compare(GT, 0f));
    }

    public static FloatVector leakyReluBackwardFromOutput(FloatVector y, FloatVector dy, FloatVector alpha) {
        return leakyReluBackward(y, dy, alpha);
    }

    // elu(x) = x for x > 0, else alpha * (exp(x) - 1).                 Clevert et al., arXiv:1511.07289
    public static FloatVector elu(FloatVector x, FloatVector alpha) {
        return x.blend(alpha.mul(expm1Near(atLeast(x, -20f))), x.compare(LT, 0f));
    }

    // Not y + alpha: from x = -18 down that is 0, while the true slope is still 1.5e-8.
    public static FloatVector eluDerivative(FloatVector x, FloatVector alpha) {
        return alpha.mul(expRaised(atLeast(x, -132.5f))).mul(LOWER).blend(1f, x.compare(GT, 0f));
    }

    public static FloatVector eluSlopeFromOutput(FloatVector y, FloatVector alpha) {
        return y.add(alpha).blend(1f, y.compare(GT, 0f));
    }

    // selu(x) = lambda * elu(x; alpha). Its own constants are exact: a parameter that is the float next to one of
    // them stands for the constant.                                         Klambauer et al., arXiv:1706.02515

    // What rounding lost of lambda * alpha, a its rounded product.
    public static FloatVector seluProductRest(FloatVector alpha, FloatVector lambda, FloatVector a) {
        FloatVector alphaRest = all(0f).blend(SELU_ALPHA_REST, alpha.compare(EQ, SELU_ALPHA));
        FloatVector lambdaRest = all(0f).blend(SELU_LAMBDA_REST, lambda.compare(EQ, SELU_LAMBDA));
        return lambda.fma(alpha, a.neg()).add(lambda.fma(alphaRest, lambdaRest.mul(alpha)));
    }

    public static FloatVector selu(FloatVector x, FloatVector alpha, FloatVector lambda) {
        FloatVector a = lambda.mul(alpha);
        FloatVector aRest = seluProductRest(alpha, lambda, a);
        FloatVector t = expm1Near(atLeast(x, -20f));
        return lambda.mul(x).blend(a.fma(t, aRest.mul(t)), x.compare(LT, 0f));
    }

    public static FloatVector seluDerivative(FloatVector x, FloatVector alpha, FloatVector lambda) {
        FloatVector a = lambda.mul(alpha);
        FloatVector aRest = seluProductRest(alpha, lambda, a);
        FloatVector e = expRaised(atLeast(x, -132.5f));
        return a.fma(e, aRest.mul(e)).mul(LOWER).blend(lambda, x.compare(GT, 0f));
    }

    public static FloatVector seluSlopeFromOutput(FloatVector y, FloatVector alpha, FloatVector lambda) {
        return lambda.fma(alpha, y).blend(lambda, y.compare(GT, 0f));
    }

    // silu(x) = x sigmoid(x): x c / (1 + c + p), as in Sigmoid.        Elfwing et al., arXiv:1702.03118
    public static FloatVector silu(FloatVector x) {
        FloatVector v = atLeast(x, -132.5f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector fall = fallRest(expRest(v, whole.sub(RAISED)));
        FloatVector c = pow2(whole);
        FloatVector y = v.mul(c).div(all(1f).sub(c.lanewise(FMA, -LOWER, fall))).mul(LOWER);
        return y.blend(x, x.compare(GT, 20f));
    }

    // sigmoid(x) (1 + x sigmoid(-x)) = c (c + (1 + p)(1 + x)) / (1 + c + p)^2. c and 1 + x are exact around the
    // root.
    public static FloatVector siluDerivative(FloatVector x) {
        FloatVector v = atLeast(x, -132.5f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector fall = fallRest(expRest(v, whole.sub(RAISED)));
        FloatVector raised = pow2(whole);
        FloatVector c = raised.mul(LOWER);
        FloatVector below = all(-1f).sub(v);
        FloatVector n = fall.fma(below, c.sub(below));
        FloatVector slope = n.div(sigmoidSquare(c.sub(fall))).mul(raised).mul(LOWER);
        return slope.blend(1f, x.compare(GT, 20f));
    }

    // swish_beta(x) = x sigmoid(beta x). The product is carried in two floats, b and b_rest, into the
    // exponential.
    // Beyond it sigmoid(beta x) is 0 or 1.
    public static FloatVector swishBetaLimit(FloatVector beta) {
        return atMost(all(132f).div(beta.abs()), 0x1.fffffep127f);
    }

    // minus is -b, so that nothing changes its sign on the way.
    public static FloatVector swishBetaValue(FloatVector x, FloatVector t, FloatVector minus, FloatVector bRest) {
        FloatVector whole = minus.fma(-LOG2_E, RAISED);
        FloatVector c = pow2(whole);
        FloatVector p = swishBetaRest(minus, bRest);
        FloatVector y = t.mul(c).div(c.lanewise(FMA, LOWER, p).add(1f)).mul(LOWER);
        return y.blend(x, minus.compare(LT, -20f));
    }

    public static FloatVector swishBetaRest(FloatVector minus, FloatVector bRest) {
        FloatVector whole = minus.fma(-LOG2_E, RAISED);
        return expm1Rest(expRestLess(minus, all(RAISED).sub(whole), bRest));
    }

    public static FloatVector swishBetaSlope(FloatVector minus, FloatVector bRest, FloatVector p) {
        FloatVector whole = minus.fma(-LOG2_E, RAISED);
        FloatVector raised = pow2(whole);
        FloatVector c = raised.mul(LOWER);
        FloatVector u = all(1f).sub(minus);
        FloatVector uRest = all(1f).sub(u).sub(minus).add(bRest);
        FloatVector n = p.fma(u, c.add(u)).add(uRest.fma(p, uRest));
        FloatVector slope = n.div(sigmoidSquare(c.add(p))).mul(raised).mul(LOWER);
        return slope.blend(1f, minus.compare(LT, -20f));
    }

    public static FloatVector swishBeta(FloatVector x, FloatVector beta) {
        FloatVector t = within(x, swishBetaLimit(beta).neg(), swishBetaLimit(beta));
        FloatVector minus = beta.neg().mul(t);
        return swishBetaValue(x, t, minus, beta.fma(t, minus));
    }

    // In two parts: compiled by itself the whole would be too big to become part of a loop.
    public static FloatVector swishBetaDerivativeStart(FloatVector x, FloatVector beta) {
        FloatVector t = within(x, swishBetaLimit(beta).neg(), swishBetaLimit(beta));
        FloatVector minus = beta.neg().mul(t);
        return swishBetaRest(minus, beta.fma(t, minus));
    }

    public static FloatVector swishBetaDerivative(FloatVector x, FloatVector p, FloatVector beta) {
        FloatVector t = within(x, swishBetaLimit(beta).neg(), swishBetaLimit(beta));
        FloatVector minus = beta.neg().mul(t);
        return swishBetaSlope(minus, beta.fma(t, minus), p);
    }

    // softplus(x) = log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)).
    public static FloatVector usualSoftplus(FloatVector x) {
        return usualSoftplusRaisedLog(x).lanewise(FMA, all(LOWER), atLeast(x, 0f));
    }

    // log1p(exp(-|x|)) times 2^64; a number for a NaN too.
    public static FloatVector usualSoftplusRaisedLog(FloatVector x) {
        FloatVector e = expRaised(minusSizeAtLeast(x, -105f));
        return e.fma(log1pBend(e.mul(LOWER)), e);
    }

    public static FloatVector usualSoftplusDerivative(FloatVector x) {
        return sigmoid(x);
    }

    // softplus(x) = log(1 + exp(beta x)) / beta = (max(b, 0) + log1p(exp(-|b|))) / beta, b = beta x.
    // From threshold on, which is infinite unless a caller has PyTorch's habit, it is x.
    public static FloatVector softplus(FloatVector x, FloatVector beta, FloatVector threshold) {
        FloatVector limit = all(105f).div(beta.abs());
        FloatVector t = atMost(x.abs(), limit);
        FloatVector v = beta.abs().neg().mul(t);
        FloatVector vRest = beta.abs().neg().fma(t, v.neg());
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v, whole.sub(RAISED)).add(vRest));
        FloatVector s = pow2(whole);
        FloatVector raised = s.fma(p, s);
        FloatVector e = raised.mul(LOWER);
        FloatVector tail = raised.fma(log1pBend(e), raised);
        FloatVector inverse = all(1f).div(beta);
        FloatVector inverseRest = inverse.neg().lanewise(FMA, beta, 1f).mul(inverse);
        FloatVector y = tail.fma(inverse.mul(LOWER), tail.fma(inverseRest.mul(LOWER), atLeast(x, 0f)));
        return y.blend(x, beta.mul(x).compare(GT, threshold));
    }

    // sigmoid(beta x), or 1.
    public static FloatVector softplusDerivative(FloatVector x, FloatVector beta, FloatVector threshold) {
        FloatVector limit = all(105f).div(beta.abs());
        FloatVector t = within(x, limit.neg(), limit.mul(0.4f));
        FloatVector b = beta.mul(t);
        FloatVector lost = beta.neg().fma(t, b);
        FloatVector whole = b.fma(LOG2_E, RAISED);
        FloatVector fall = fallRest(expRest(b, whole.sub(RAISED)).sub(lost));
        return sigmoidRaised(whole, fall).mul(LOWER).blend(1f, beta.mul(x).compare(GT, threshold));
    }

    public static FloatVector softplusSlopeFromOutput(FloatVector y, FloatVector beta, FloatVector threshold) {
        return all(0f).sub(expm1Near(atLeast(beta.mul(y).neg(), -20f)))
                .blend(1f, beta.mul(y).compare(GT, threshold));
    }

    // hardswish(x) = x (x + 3) / 6 between -3 and 3, 0 below (with the sign of x), x above.
    private static final float HARDSWISH_THIRD = 0x1.555554p-2f;
    private static final float HARDSWISH_THIRD_REST = 0x1.555556p-26f;

    public static FloatVector hardswish(FloatVector x) {
        FloatVector v = atLeast(x, -3f);
        FloatVector w = v.mul(v.add(3f));
        return w.lanewise(FMA, 0.5f * HARDSWISH_THIRD, w.mul((0.5f * HARDSWISH_THIRD_REST)))
                .blend(x, x.compare(GT, 3f));
    }

    public static FloatVector hardswishBackward(FloatVector x, FloatVector dy) {
        FloatVector w = all(2f).fma(x, all(3f));
        FloatVector slope = w.lanewise(FMA, 0.5f * HARDSWISH_THIRD, w.mul(0.5f * HARDSWISH_THIRD_REST));
        return dy.mul(slope).blend(0f, x.compare(LT, -3f)).blend(dy, x.compare(GT, 3f));
    }
}
