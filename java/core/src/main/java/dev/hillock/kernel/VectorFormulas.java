package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.BELL_ROOT;
import static dev.hillock.kernel.ScalarElementary.BELL_ROOT_REST;
import static dev.hillock.kernel.ScalarElementary.BELL_SLOPE;
import static dev.hillock.kernel.ScalarElementary.LN2;
import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.LOWER;
import static dev.hillock.kernel.ScalarElementary.RAISED;
import static dev.hillock.kernel.ScalarElementary.TAIL_SLOPE;
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
import jdk.incubator.vector.VectorMask;

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
    // denominator is rounded once, for 1 + c is exact where it matters.
    public static FloatVector sigmoidRaised(FloatVector whole, FloatVector p) {
        FloatVector c = pow2(whole);
        return c.div(c.lanewise(FMA, LOWER, p).add(1f));
    }

    public static FloatVector sigmoid(FloatVector x) {
        FloatVector v = atLeast(atMost(x, 40f), -105f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)));
        return sigmoidRaised(whole, p).mul(LOWER);
    }

    // (1 + q)^2 in one rounding.
    public static FloatVector sigmoidSquare(FloatVector q) {
        return q.lanewise(FMA, q.add(2f), 1f);
    }

    // sigmoid(x) sigmoid(-x) = c (1 + p) / (1 + c + p)^2, the same for x and -x.
    public static FloatVector sigmoidDerivative(FloatVector x) {
        FloatVector v = atLeast(x.abs().neg(), -105f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)));
        FloatVector c = pow2(whole);
        return c.fma(p, c).div(sigmoidSquare(c.lanewise(FMA, LOWER, p))).mul(LOWER);
    }

    // The same at x + rest, for x in [-132, 0], times 2^64.
    public static FloatVector sigmoidRaisedSlope(FloatVector x, FloatVector rest) {
        FloatVector whole = x.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(x.neg(), all(RAISED).sub(whole)).sub(rest));
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
        FloatVector m = atMost(h, 1f);
        FloatVector q = m.div(h.add(1f));
        return copySign(m.neg().fma(q, m), x);
    }

    // (scale + scale_rest) tanh(x + rest) for x in [0, 9.5], the quotient in two floats.
    public static FloatVector tanhScaled(FloatVector x, FloatVector rest, FloatVector scale, FloatVector scaleRest) {
        FloatVector whole = x.fma(2f * LOG2_E, WHOLE);
        FloatVector r = whole.sub(WHOLE).lanewise(FMA, -0.5f * LN2, x);
        FloatVector p = r.add(r.mul(r).fma(halfExpm1Bend(r), rest));
        FloatVector s = pow2(whole);
        FloatVector h = s.fma(p, s.fma(0.5f, -0.5f));
        FloatVector m = atMost(h, 1f);
        FloatVector d = h.add(1f);
        FloatVector dRest = h.sub(d.sub(1f));
        FloatVector inverse = all(1f).div(d);
        FloatVector q = m.mul(inverse);
        FloatVector qRest = q.neg().fma(dRest, q.neg().fma(d, m)).mul(inverse);
        FloatVector a = scale.mul(m);
        FloatVector aRest = scale.fma(m, a.neg()).add(scaleRest.mul(m));
        return a.add(a.neg().fma(q, a.neg().fma(qRest, aRest.neg().fma(q, aRest))));
    }

    // 1 - tanh(x)^2 = 4 sigmoid'(2 x).
    public static FloatVector tanhDerivative(FloatVector x) {
        return sigmoidDerivative(x.mul(2f)).mul(4f);
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
        FloatVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)));
        FloatVector c = pow2(whole);
        FloatVector y = v.mul(c).div(c.lanewise(FMA, LOWER, p).add(1f)).mul(LOWER);
        return y.blend(x, x.compare(GT, 20f));
    }

    // sigmoid(x) (1 + x sigmoid(-x)) = c (c + (1 + p)(1 + x)) / (1 + c + p)^2. c and 1 + x are exact around the
    // root.
    public static FloatVector siluDerivative(FloatVector x) {
        FloatVector v = atLeast(x, -132.5f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)));
        FloatVector raised = pow2(whole);
        FloatVector c = raised.mul(LOWER);
        FloatVector u = v.add(1f);
        FloatVector n = p.fma(u, c.add(u));
        FloatVector slope = n.div(sigmoidSquare(c.add(p))).mul(raised).mul(LOWER);
        return slope.blend(1f, x.compare(GT, 20f));
    }

    // swish_beta(x) = x sigmoid(beta x). The product is carried in two floats, b and b_rest, into the
    // exponential.
    // Beyond it sigmoid(beta x) is 0 or 1.
    public static FloatVector swishBetaLimit(FloatVector beta) {
        return atMost(all(132f).div(beta.abs()), 0x1.fffffep127f);
    }

    public static FloatVector swishBetaValue(FloatVector x, FloatVector t, FloatVector b, FloatVector bRest) {
        FloatVector whole = b.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(b.neg(), all(RAISED).sub(whole)).sub(bRest));
        FloatVector c = pow2(whole);
        FloatVector y = t.mul(c).div(c.lanewise(FMA, LOWER, p).add(1f)).mul(LOWER);
        return y.blend(x, b.compare(GT, 20f));
    }

    public static FloatVector swishBetaSlope(FloatVector b, FloatVector bRest) {
        FloatVector whole = b.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(b.neg(), all(RAISED).sub(whole)).sub(bRest));
        FloatVector raised = pow2(whole);
        FloatVector c = raised.mul(LOWER);
        FloatVector u = b.add(1f);
        FloatVector uRest = all(1f).sub(u).add(b).add(bRest);
        FloatVector n = p.fma(u, c.add(u)).add(uRest.fma(p, uRest));
        FloatVector slope = n.div(sigmoidSquare(c.add(p))).mul(raised).mul(LOWER);
        return slope.blend(1f, b.compare(GT, 20f));
    }

    public static FloatVector swishBeta(FloatVector x, FloatVector beta) {
        FloatVector t =
                atLeast(atMost(x, swishBetaLimit(beta)), swishBetaLimit(beta).neg());
        FloatVector b = beta.mul(t);
        return swishBetaValue(x, t, b, beta.fma(t, b.neg()));
    }

    public static FloatVector swishBetaDerivative(FloatVector x, FloatVector beta) {
        FloatVector t =
                atLeast(atMost(x, swishBetaLimit(beta)), swishBetaLimit(beta).neg());
        FloatVector b = beta.mul(t);
        return swishBetaSlope(b, beta.fma(t, b.neg()));
    }

    // gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|. The quotient's parts are carried in two floats: rounded
    // each for itself they add up to 4.6 ULP, so to 2.0.               Hendrycks and Gimpel, arXiv:1606.08415
    public static FloatVector gelu(FloatVector x) {
        FloatVector t = atMost(x.abs(), 14.5f);
        FloatVector square = t.mul(t);
        FloatVector whole = square.fma(-0.5f * LOG2_E, RAISED);
        FloatVector r = bellRest(t, square, whole.sub(RAISED));
        FloatVector z = r.mul(r);
        FloatVector bend = expm1Bend(r);
        FloatVector p = z.fma(bend, r);
        FloatVector pRest = z.fma(bend, r.sub(p));
        FloatVector u = tailNumerator(t).fma(square, t.mul(0.5f));
        FloatVector rest = u.lanewise(FMA, TAIL_SLOPE, tailRemainder(t).mul(t));
        FloatVector d = rest.add(1f);
        FloatVector dRest = all(1f).sub(d).add(rest);
        FloatVector n = u.fma(p, u);
        FloatVector nRest = u.fma(pRest, u.fma(p, u.sub(n)));
        FloatVector inverse = all(1f).div(d);
        FloatVector q = n.mul(inverse);
        q = q.neg().fma(d, n).add(q.neg().fma(dRest, nRest)).fma(inverse, q);
        return q.mul(pow2(whole)).lanewise(FMA, -LOWER, atLeast(x, -0f));
    }

    // Phi(-t) - t phi(t) for x = -t, one minus that for x = t.
    public static FloatVector geluDerivative(FloatVector x) {
        FloatVector t = atMost(x.abs(), 15f);
        FloatVector square = t.mul(t);
        FloatVector whole = square.fma(-0.5f * LOG2_E, RAISED);
        FloatVector p = expm1Rest(bellRest(t, square, whole.sub(RAISED)));
        FloatVector n = bellNumerator(t);
        FloatVector d = n.lanewise(FMA, BELL_SLOPE, bellRemainder(t));
        FloatVector fromRoot = all(BELL_ROOT).sub(t).add(BELL_ROOT_REST).mul(n);
        FloatVector q = fromRoot.fma(p, fromRoot).div(d);
        FloatVector tail = q.mul(pow2(whole)).mul(LOWER);
        return tail.blend(all(1f).sub(tail), x.compare(GT, 0f));
    }

    // gelu_tanh(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigmoid(v), v = x (A + B x^2).
    // In the tail v is large and its rounding error would become the result's relative error: v is carried in two
    // floats.
    private static final float GELU_TANH_A = 0x1.98846p0f; // few bits, so that GELU_TANH_A minus the inner sum is exact
    private static final float GELU_TANH_A_REST = -0x1.985794p-21f;
    private static final float GELU_TANH_B = 0x1.2444f2p-4f;
    private static final float GELU_TANH_B_REST = 0x1.49b16ap-29f;

    // What the rounding of g = kA + kB x^2 lost.
    public static FloatVector geluTanhInnerRest(FloatVector x, FloatVector square, FloatVector g) {
        FloatVector rest = square.lanewise(FMA, GELU_TANH_B, all(GELU_TANH_A).sub(g));
        rest = x.fma(x, square.neg()).lanewise(FMA, GELU_TANH_B, rest);
        return rest.add(square.fma(GELU_TANH_B_REST, GELU_TANH_A_REST));
    }

    public static FloatVector geluTanh(FloatVector x) {
        FloatVector t = atMost(x.abs(), 10.9f);
        FloatVector square = t.mul(t);
        FloatVector g = square.fma(GELU_TANH_B, GELU_TANH_A);
        FloatVector v = t.mul(g);
        FloatVector vRest = t.fma(geluTanhInnerRest(t, square, g), t.fma(g, v.neg()));
        FloatVector whole = v.fma(-LOG2_E, RAISED);
        FloatVector n = whole.sub(RAISED);
        FloatVector p = expm1Rest(expRest(v, n.neg()).add(vRest));
        FloatVector c = pow2(whole);
        FloatVector q = t.div(c.lanewise(FMA, LOWER, p).add(1f));
        return q.mul(c).lanewise(FMA, -LOWER, atLeast(x, -0f));
    }

    // sigmoid(v) (1 + x v' sigmoid(-v)), as in Silu.
    public static FloatVector geluTanhDerivative(FloatVector x) {
        FloatVector t = atLeast(atMost(x, 6f), -10.9f);
        FloatVector square = t.mul(t);
        FloatVector g = square.fma(GELU_TANH_B, GELU_TANH_A);
        FloatVector gRest = geluTanhInnerRest(t, square, g);
        FloatVector v = t.mul(g);
        FloatVector vRest = t.fma(gRest, t.fma(g, v.neg()));
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)).sub(vRest));
        FloatVector raised = pow2(whole);
        FloatVector c = raised.mul(LOWER);
        FloatVector twice = t.mul(2f);
        FloatVector u = twice.fma(g.sub(GELU_TANH_A), v.add(1f)).add(twice.fma(gRest.sub(GELU_TANH_A_REST), vRest));
        FloatVector n = p.fma(u, c.add(u));
        FloatVector b = c.add(1f);
        FloatVector q = c.add(p);
        FloatVector d = b.fma(b, p.mul(b.lanewise(FMA, 2f, p))).blend(sigmoidSquare(q), x.compare(LT, -1.25f));
        return n.div(d).mul(raised).mul(LOWER);
    }

    // softplus(x) = log(1 + exp(beta x)) / beta = (max(b, 0) + log1p(exp(-|b|))) / beta, b = beta x.
    public static FloatVector softplus(FloatVector x, FloatVector beta) {
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
        return tail.fma(inverse.mul(LOWER), tail.fma(inverseRest.mul(LOWER), atLeast(x, 0f)));
    }

    // sigmoid(beta x).
    public static FloatVector softplusDerivative(FloatVector x, FloatVector beta) {
        FloatVector limit = all(105f).div(beta.abs());
        FloatVector t = atLeast(atMost(x, limit.mul(0.4f)), limit.neg());
        FloatVector b = beta.mul(t);
        FloatVector bRest = beta.fma(t, b.neg());
        FloatVector whole = b.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(b.neg(), all(RAISED).sub(whole)).sub(bRest));
        return sigmoidRaised(whole, p).mul(LOWER);
    }

    public static FloatVector softplusSlopeFromOutput(FloatVector y, FloatVector beta) {
        return all(0f).sub(expm1Near(atLeast(beta.mul(y).neg(), -20f)));
    }

    // mish(x) = x T, T = tanh(softplus(x)) = (d - 2) / d with e = exp(x), d = 2 + 2 e + e^2. T is split so that the
    // quotient, whose rounding errors are the largest, is the smaller part: T = 1 - 2 / d for x > 0.3,
    // T = 1/2 + (e^2/2 + e - 1) / d around 0, and mish(x) = x e - x e (e + e^2) / d below -0.7.
    // e = s + sp, s a power of two and 1 + s exact where it matters: 2 + 2 e + e^2 = 1 + (1 + s + sp)^2.
    public static FloatVector mish(FloatVector x) {
        FloatVector v = atLeast(atMost(x, 40f), -132.5f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v, whole.sub(RAISED)));
        FloatVector raised = pow2(whole);
        FloatVector s = raised.mul(LOWER);
        FloatVector sp = s.mul(p);
        FloatVector e = s.add(sp);
        FloatVector b = s.add(1f);
        FloatVector d = sp.fma(b.lanewise(FMA, 2f, sp), b.lanewise(FMA, b, 1f));
        FloatVector middle = sp.fma(sp.lanewise(FMA, 0.5f, b), s.mul(0.5f).fma(s, s.sub(1f)));
        VectorMask<Float> low = x.compare(LT, -0.7f);
        VectorMask<Float> high = x.compare(GT, 0.3f);
        FloatVector q = middle.blend(e.fma(e, e).neg(), low).blend(-2f, high).div(d);
        FloatVector a = v.blend(v.fma(p, v).mul(raised), low);
        FloatVector y = a.fma(q, a.mul(0.5f).blend(a, low.or(high)));
        return copySign(y.blend(y.mul(LOWER), low).blend(x, x.compare(GT, 20f)), x);
    }

    // 1 - q (1 - x q (e + e^2)), q = 2 / d, for x > -3/8; else e (4 (1 + x) + e (6 + 4 x + e (4 + e))) / d^2. What
    // rounding loses of the divisor is put back.
    public static FloatVector mishDerivative(FloatVector x) {
        FloatVector v = atLeast(atMost(x, 20f), -132.5f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v, whole.sub(RAISED)));
        FloatVector raised = pow2(whole);
        FloatVector s = raised.mul(LOWER);
        FloatVector sp = s.mul(p);
        FloatVector e = s.add(sp);
        FloatVector b = s.add(1f);
        FloatVector base = b.lanewise(FMA, b, 1f);
        FloatVector bend = b.lanewise(FMA, 2f, sp);
        FloatVector d = sp.fma(bend, base);
        FloatVector dRest = sp.fma(bend, base.sub(d));
        FloatVector square = d.mul(d);
        FloatVector squareRest = d.mul(2f).fma(dRest, d.fma(d, square.neg()));
        VectorMask<Float> high = x.compare(GT, -0.375f);
        FloatVector w = e.fma(e.add(4f), v.fma(4f, 6f));
        FloatVector n = s.fma(w, sp.fma(w, v.fma(4f, 4f))).blend(2f, high);
        FloatVector divisor = square.blend(d, high);
        FloatVector divisorRest = squareRest.blend(dRest, high);
        FloatVector inverse = all(1f).div(divisor);
        FloatVector q = n.mul(inverse);
        q = q.neg().fma(divisor, n).sub(q.mul(divisorRest)).fma(inverse, q);
        FloatVector rising = q.neg().fma(v.neg().mul(e.fma(e, e)).fma(q, all(1f)), all(1f));
        return q.fma(p, q).mul(raised).mul(LOWER).blend(rising, high);
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
