package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.BELL_ROOT;
import static dev.hillock.kernel.ScalarDoubleElementary.BELL_ROOT_REST;
import static dev.hillock.kernel.ScalarDoubleElementary.BELL_SLOPE;
import static dev.hillock.kernel.ScalarDoubleElementary.LN2;
import static dev.hillock.kernel.ScalarDoubleElementary.LN2_REST;
import static dev.hillock.kernel.ScalarDoubleElementary.LOG2_E;
import static dev.hillock.kernel.ScalarDoubleElementary.LOWER;
import static dev.hillock.kernel.ScalarDoubleElementary.RAISED;
import static dev.hillock.kernel.ScalarDoubleElementary.TAIL_SLOPE;
import static dev.hillock.kernel.ScalarDoubleElementary.WHOLE;
import static dev.hillock.kernel.VectorDoubleElementary.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/**
 * The mirror of {@code native/core/float64/formulas.h} and of what {@code native/core/formulas.h} has for all types, a
 * vector of doubles at a time, written as {@link VectorFormulas} is.
 */
public final class VectorDoubleFormulas {
    private VectorDoubleFormulas() {}

    public static DoubleVector identity(DoubleVector x) {
        return x;
    }

    public static DoubleVector identityBackward(DoubleVector x, DoubleVector dy) {
        return dy;
    }

    public static DoubleVector identityBackwardFromOutput(DoubleVector x, DoubleVector dy) {
        return dy;
    }

    // sigmoid(x) = 1 / (1 + exp(-x)). With exp(-x) = (1 + p) / c, c a power of two: c / (1 + c + p). The
    // denominator is rounded once, for 1 + c is exact where it matters.
    // 1 + c + p in one rounding: p takes what 1 + c loses.
    static DoubleVector sigmoidSum(DoubleVector c, DoubleVector p) {
        DoubleVector b = c.fma(LOWER, 1.0);
        return b.add(p.add(c.lanewise(FMA, LOWER, all(1.0).sub(b))));
    }

    // Its square, in one rounding.
    static DoubleVector sigmoidSquareSum(DoubleVector c, DoubleVector p) {
        DoubleVector b = c.fma(LOWER, 1.0);
        DoubleVector rest = p.add(c.lanewise(FMA, LOWER, all(1.0).sub(b)));
        DoubleVector d = b.add(rest);
        return d.fma(d, d.mul(2.0).mul(b.sub(d).add(rest)));
    }

    public static DoubleVector sigmoidRaised(DoubleVector whole, DoubleVector p) {
        DoubleVector c = pow2(whole);
        return c.div(sigmoidSum(c, p));
    }

    public static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector v = atLeast(atMost(x, 40.0), -746.0);
        DoubleVector whole = v.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)));
        return sigmoidRaised(whole, p).mul(LOWER);
    }

    // (1 + q)^2 in one rounding.
    public static DoubleVector sigmoidSquare(DoubleVector q) {
        return q.lanewise(FMA, q.add(2.0), 1.0);
    }

    // sigmoid(x) sigmoid(-x) = c (1 + p) / (1 + c + p)^2, the same for x and -x.
    public static DoubleVector sigmoidDerivative(DoubleVector x) {
        DoubleVector v = atLeast(x.abs().neg(), -746.0);
        DoubleVector whole = v.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)));
        DoubleVector c = pow2(whole);
        return c.fma(p, c).div(sigmoidSquare(c.lanewise(FMA, LOWER, p))).mul(LOWER);
    }

    // The same at x + rest, for x in [-780, 0], times 2^128.
    public static DoubleVector sigmoidRaisedSlope(DoubleVector x, DoubleVector rest) {
        DoubleVector whole = x.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(x.neg(), all(RAISED).sub(whole)).sub(rest));
        DoubleVector c = pow2(whole);
        return c.fma(p, c).div(sigmoidSquare(c.lanewise(FMA, LOWER, p)));
    }

    public static DoubleVector sigmoidSlopeFromOutput(DoubleVector y) {
        return y.mul(all(1.0).sub(y));
    }

    // tanh(x) = h / (h + 1) with h = expm1(2 |x|) / 2. Up to h = 1 as h - h q, then as 1 - q, q the quotient that
    // is left: either way its rounding errors count for half or less.
    // expm1(2 (x + rest)) / 2 for x in [0, 43]; what rounding loses of r and of p is put back.
    public static DoubleVector tanhHalfExpm1Twice(DoubleVector x, DoubleVector rest) {
        DoubleVector whole = x.fma(2.0 * LOG2_E, WHOLE);
        DoubleVector n = whole.sub(WHOLE);
        DoubleVector high = n.lanewise(FMA, -0.5 * LN2, x);
        DoubleVector r = n.lanewise(FMA, -0.5 * LN2_REST, high);
        DoubleVector rRest = n.lanewise(FMA, -0.5 * LN2_REST, high.sub(r));
        DoubleVector small = r.mul(r).fma(halfExpm1Bend(r), rest.add(rRest));
        DoubleVector p = r.add(small);
        DoubleVector pRest = r.sub(p).add(small);
        DoubleVector s = pow2(whole);
        return s.fma(pRest, s.fma(p, s.fma(0.5, -0.5)));
    }

    public static DoubleVector tanh(DoubleVector x) {
        DoubleVector h = tanhHalfExpm1Twice(atMost(x.abs(), 19.5), all(0.0));
        DoubleVector m = atMost(h, 1.0);
        DoubleVector q = m.div(h.add(1.0));
        return copySign(m.neg().fma(q, m), x);
    }

    // (scale + scale_rest) tanh(x + rest) for x in [0, 19.5], the quotient in two doubles.
    public static DoubleVector tanhScaled(
            DoubleVector x, DoubleVector rest, DoubleVector scale, DoubleVector scaleRest) {
        DoubleVector h = tanhHalfExpm1Twice(x, rest);
        DoubleVector m = atMost(h, 1.0);
        DoubleVector d = h.add(1.0);
        DoubleVector dRest = h.sub(d.sub(1.0));
        DoubleVector inverse = all(1.0).div(d);
        DoubleVector q = m.mul(inverse);
        DoubleVector qRest = q.neg().fma(dRest, q.neg().fma(d, m)).mul(inverse);
        DoubleVector a = scale.mul(m);
        DoubleVector aRest = scale.fma(m, a.neg()).add(scaleRest.mul(m));
        return a.add(a.neg().fma(q, a.neg().fma(qRest, aRest.neg().fma(q, aRest))));
    }

    // 1 - tanh(x)^2 = 4 sigmoid'(2 x), the 4 before the power of two for the sake of subnormal slopes.
    public static DoubleVector tanhDerivative(DoubleVector x) {
        return sigmoidRaisedSlope(atLeast(x.abs().mul(-2.0), -748.0), all(0.0)).mul(4.0 * LOWER);
    }

    public static DoubleVector tanhSlopeFromOutput(DoubleVector y) {
        return y.neg().lanewise(FMA, y, 1.0);
    }

    // Not max(x, 0): a NaN must survive, and -0 stays -0.
    public static DoubleVector relu(DoubleVector x) {
        return atLeast(x, 0.0);
    }

    public static DoubleVector reluBackward(DoubleVector x, DoubleVector dy) {
        return all(0.0).blend(dy, x.compare(GT, 0.0));
    }

    public static DoubleVector reluBackwardFromOutput(DoubleVector y, DoubleVector dy) {
        return all(0.0).blend(dy, y.compare(GT, 0.0));
    }

    public static DoubleVector leakyRelu(DoubleVector x, DoubleVector alpha) {
        return alpha.mul(x).blend(x, x.compare(GT, 0.0));
    }

    public static DoubleVector leakyReluBackward(DoubleVector x, DoubleVector dy, DoubleVector alpha) {
        return alpha.mul(dy).blend(dy, x.compare(GT, 0.0));
    }

    public static DoubleVector leakyReluBackwardFromOutput(DoubleVector y, DoubleVector dy, DoubleVector alpha) {
        return leakyReluBackward(y, dy, alpha);
    }

    // elu(x) = x for x > 0, else alpha * (exp(x) - 1).                 Clevert et al., arXiv:1511.07289
    public static DoubleVector elu(DoubleVector x, DoubleVector alpha) {
        return x.blend(alpha.mul(expm1Near(atLeast(x, -40.0))), x.compare(LT, 0.0));
    }

    // Not y + alpha: from x = -38 down that is 0, while the true slope is still 3.1e-17.
    public static DoubleVector eluDerivative(DoubleVector x, DoubleVector alpha) {
        return alpha.mul(expRaised(atLeast(x, -780.0))).mul(LOWER).blend(1.0, x.compare(GT, 0.0));
    }

    public static DoubleVector eluSlopeFromOutput(DoubleVector y, DoubleVector alpha) {
        return y.add(alpha).blend(1.0, y.compare(GT, 0.0));
    }

    // selu(x) = lambda * elu(x; alpha), lambda * alpha in two doubles.    Klambauer et al., arXiv:1706.02515
    public static DoubleVector selu(DoubleVector x, DoubleVector alpha, DoubleVector lambda) {
        DoubleVector a = lambda.mul(alpha);
        DoubleVector aRest = lambda.fma(alpha, a.neg());
        DoubleVector t = expm1Near(atLeast(x, -40.0));
        return lambda.mul(x).blend(a.fma(t, aRest.mul(t)), x.compare(LT, 0.0));
    }

    public static DoubleVector seluDerivative(DoubleVector x, DoubleVector alpha, DoubleVector lambda) {
        DoubleVector a = lambda.mul(alpha);
        DoubleVector aRest = lambda.fma(alpha, a.neg());
        DoubleVector e = expRaised(atLeast(x, -780.0));
        return a.fma(e, aRest.mul(e)).mul(LOWER).blend(lambda, x.compare(GT, 0.0));
    }

    public static DoubleVector seluSlopeFromOutput(DoubleVector y, DoubleVector alpha, DoubleVector lambda) {
        return lambda.fma(alpha, y).blend(lambda, y.compare(GT, 0.0));
    }

    // silu(x) = x sigmoid(x): x c / (1 + c + p), as in Sigmoid.        Elfwing et al., arXiv:1702.03118
    public static DoubleVector silu(DoubleVector x) {
        DoubleVector v = atLeast(x, -780.0);
        DoubleVector whole = v.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)));
        DoubleVector c = pow2(whole);
        DoubleVector y = v.mul(c).div(sigmoidSum(c, p)).mul(LOWER);
        return y.blend(x, x.compare(GT, 40.0));
    }

    // sigmoid(x) (1 + x sigmoid(-x)) = c (c + (1 + p)(1 + x)) / (1 + c + p)^2. c and 1 + x are exact around the
    // root.
    public static DoubleVector siluDerivative(DoubleVector x) {
        DoubleVector v = atLeast(x, -780.0);
        DoubleVector whole = v.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)));
        DoubleVector raised = pow2(whole);
        DoubleVector c = raised.mul(LOWER);
        DoubleVector u = v.add(1.0);
        DoubleVector n = p.fma(u, c.add(u));
        DoubleVector slope = n.div(sigmoidSquareSum(raised, p)).mul(raised).mul(LOWER);
        return slope.blend(1.0, x.compare(GT, 40.0));
    }

    // swish_beta(x) = x sigmoid(beta x). The product is carried in two doubles, b and b_rest, into the
    // exponential.
    // Beyond it sigmoid(beta x) is 0 or 1.
    public static DoubleVector swishBetaLimit(DoubleVector beta) {
        return atMost(all(780.0).div(beta.abs()), 0x1.fffffffffffffp1023);
    }

    public static DoubleVector swishBetaValue(DoubleVector x, DoubleVector t, DoubleVector b, DoubleVector bRest) {
        DoubleVector whole = b.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(b.neg(), all(RAISED).sub(whole)).sub(bRest));
        DoubleVector c = pow2(whole);
        DoubleVector y = t.mul(c).div(sigmoidSum(c, p)).mul(LOWER);
        return y.blend(x, b.compare(GT, 40.0));
    }

    public static DoubleVector swishBetaSlope(DoubleVector b, DoubleVector bRest) {
        DoubleVector whole = b.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(b.neg(), all(RAISED).sub(whole)).sub(bRest));
        DoubleVector raised = pow2(whole);
        DoubleVector c = raised.mul(LOWER);
        DoubleVector u = b.add(1.0);
        DoubleVector uRest = all(1.0).sub(u).add(b).add(bRest);
        DoubleVector n = p.fma(u, c.add(u)).add(uRest.fma(p, uRest));
        DoubleVector slope = n.div(sigmoidSquareSum(raised, p)).mul(raised).mul(LOWER);
        return slope.blend(1.0, b.compare(GT, 40.0));
    }

    public static DoubleVector swishBeta(DoubleVector x, DoubleVector beta) {
        DoubleVector t =
                atLeast(atMost(x, swishBetaLimit(beta)), swishBetaLimit(beta).neg());
        DoubleVector b = beta.mul(t);
        return swishBetaValue(x, t, b, beta.fma(t, b.neg()));
    }

    public static DoubleVector swishBetaDerivative(DoubleVector x, DoubleVector beta) {
        DoubleVector t =
                atLeast(atMost(x, swishBetaLimit(beta)), swishBetaLimit(beta).neg());
        DoubleVector b = beta.mul(t);
        return swishBetaSlope(b, beta.fma(t, b.neg()));
    }

    // gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|. The quotient's parts are carried in two doubles: rounded
    // each for itself they add up to 4.6 ULP, so to 2.0.               Hendrycks and Gimpel, arXiv:1606.08415
    public static DoubleVector gelu(DoubleVector x) {
        DoubleVector t = atMost(x.abs(), 38.6);
        DoubleVector square = t.mul(t);
        DoubleVector whole = square.fma(-0.5 * LOG2_E, RAISED);
        DoubleVector r = bellRest(t, square, whole.sub(RAISED));
        DoubleVector z = r.mul(r);
        DoubleVector bend = expm1Bend(r);
        DoubleVector p = z.fma(bend, r);
        DoubleVector pRest = z.fma(bend, r.sub(p));
        DoubleVector u = tailNumerator(t).fma(square, t.mul(0.5));
        DoubleVector rest = u.lanewise(FMA, TAIL_SLOPE, tailRemainder(t).mul(t));
        DoubleVector d = rest.add(1.0);
        DoubleVector dRest = all(1.0).sub(d).add(rest);
        DoubleVector n = u.fma(p, u);
        DoubleVector nRest = u.fma(pRest, u.fma(p, u.sub(n)));
        DoubleVector inverse = all(1.0).div(d);
        DoubleVector q = n.mul(inverse);
        q = q.neg().fma(d, n).add(q.neg().fma(dRest, nRest)).fma(inverse, q);
        return q.mul(pow2(whole)).lanewise(FMA, -LOWER, atLeast(x, -0.0));
    }

    // Phi(-t) - t phi(t) for x = -t, one minus that for x = t.
    public static DoubleVector geluDerivative(DoubleVector x) {
        DoubleVector t = atMost(x.abs(), 38.8);
        DoubleVector square = t.mul(t);
        DoubleVector whole = square.fma(-0.5 * LOG2_E, RAISED);
        DoubleVector p = expm1Rest(bellRest(t, square, whole.sub(RAISED)));
        DoubleVector n = bellNumerator(t);
        DoubleVector d = n.lanewise(FMA, BELL_SLOPE, bellRemainder(t));
        DoubleVector fromRoot = all(BELL_ROOT).sub(t).add(BELL_ROOT_REST).mul(n);
        DoubleVector q = fromRoot.fma(p, fromRoot).div(d);
        DoubleVector tail = q.mul(pow2(whole)).mul(LOWER);
        return tail.blend(all(1.0).sub(tail), x.compare(GT, 0.0));
    }

    // gelu_tanh(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigmoid(v), v = x (A + B x^2).
    // In the tail v is large and its rounding error would become the result's relative error: v is carried in two
    // floats.
    private static final double GELU_TANH_A =
            0x1.9884533d4364p0; // few bits, so that GELU_TANH_A minus the inner sum is exact
    private static final double GELU_TANH_A_REST = 0x1.08d0fcb3c500cp-48;
    private static final double GELU_TANH_B = 0x1.2444f2a4d8b4bp-4;
    private static final double GELU_TANH_B_REST = -0x1.6c843a29d1c70p-61;

    // What the rounding of g = kA + kB x^2 lost.
    public static DoubleVector geluTanhInnerRest(DoubleVector x, DoubleVector square, DoubleVector g) {
        DoubleVector rest = square.lanewise(FMA, GELU_TANH_B, all(GELU_TANH_A).sub(g));
        rest = x.fma(x, square.neg()).lanewise(FMA, GELU_TANH_B, rest);
        return rest.add(square.fma(GELU_TANH_B_REST, GELU_TANH_A_REST));
    }

    public static DoubleVector geluTanh(DoubleVector x) {
        DoubleVector t = atMost(x.abs(), 21.7);
        DoubleVector square = t.mul(t);
        DoubleVector g = square.fma(GELU_TANH_B, GELU_TANH_A);
        DoubleVector v = t.mul(g);
        DoubleVector vRest = t.fma(geluTanhInnerRest(t, square, g), t.fma(g, v.neg()));
        DoubleVector whole = v.fma(-LOG2_E, RAISED);
        DoubleVector n = whole.sub(RAISED);
        DoubleVector p = expm1Rest(expRest(v, n.neg()).add(vRest));
        DoubleVector c = pow2(whole);
        DoubleVector q = t.div(sigmoidSum(c, p));
        return q.mul(c).lanewise(FMA, -LOWER, atLeast(x, -0.0));
    }

    // sigmoid(v) (1 + x v' sigmoid(-v)), as in Silu.
    public static DoubleVector geluTanhDerivative(DoubleVector x) {
        DoubleVector t = atLeast(atMost(x, 8.0), -21.7);
        DoubleVector square = t.mul(t);
        DoubleVector g = square.fma(GELU_TANH_B, GELU_TANH_A);
        DoubleVector gRest = geluTanhInnerRest(t, square, g);
        DoubleVector v = t.mul(g);
        DoubleVector vRest = t.fma(gRest, t.fma(g, v.neg()));
        DoubleVector whole = v.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(v.neg(), all(RAISED).sub(whole)).sub(vRest));
        DoubleVector raised = pow2(whole);
        DoubleVector c = raised.mul(LOWER);
        DoubleVector twice = t.mul(2.0);
        DoubleVector u = twice.fma(g.sub(GELU_TANH_A), v.add(1.0)).add(twice.fma(gRest.sub(GELU_TANH_A_REST), vRest));
        DoubleVector n = p.fma(u, c.add(u));
        DoubleVector b = c.add(1.0);
        DoubleVector q = c.add(p);
        DoubleVector d = b.fma(b, p.mul(b.lanewise(FMA, 2.0, p))).blend(sigmoidSquare(q), x.compare(LT, -1.25));
        return n.div(d).mul(raised).mul(LOWER);
    }

    // softplus(x) = log(1 + exp(beta x)) / beta = (max(b, 0) + log1p(exp(-|b|))) / beta, b = beta x.
    // From threshold on, which is infinite unless a caller has PyTorch's habit, it is x.
    public static DoubleVector softplus(DoubleVector x, DoubleVector beta, DoubleVector threshold) {
        DoubleVector limit = all(746.0).div(beta.abs());
        DoubleVector t = atMost(x.abs(), limit);
        DoubleVector v = beta.abs().neg().mul(t);
        DoubleVector vRest = beta.abs().neg().fma(t, v.neg());
        DoubleVector whole = v.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(v, whole.sub(RAISED)).add(vRest));
        DoubleVector s = pow2(whole);
        DoubleVector raised = s.fma(p, s);
        DoubleVector e = raised.mul(LOWER);
        DoubleVector tail = raised.fma(log1pBend(e), raised);
        DoubleVector inverse = all(1.0).div(beta);
        DoubleVector inverseRest = inverse.neg().lanewise(FMA, beta, 1.0).mul(inverse);
        DoubleVector y = tail.fma(inverse.mul(LOWER), tail.fma(inverseRest.mul(LOWER), atLeast(x, 0.0)));
        return y.blend(x, beta.mul(x).compare(GT, threshold));
    }

    // sigmoid(beta x), or 1.
    public static DoubleVector softplusDerivative(DoubleVector x, DoubleVector beta, DoubleVector threshold) {
        DoubleVector limit = all(746.0).div(beta.abs());
        DoubleVector t = atLeast(atMost(x, limit.mul(0.4)), limit.neg());
        DoubleVector b = beta.mul(t);
        DoubleVector bRest = beta.fma(t, b.neg());
        DoubleVector whole = b.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(b.neg(), all(RAISED).sub(whole)).sub(bRest));
        return sigmoidRaised(whole, p).mul(LOWER).blend(1.0, beta.mul(x).compare(GT, threshold));
    }

    public static DoubleVector softplusSlopeFromOutput(DoubleVector y, DoubleVector beta, DoubleVector threshold) {
        return all(0.0).sub(expm1Near(atLeast(beta.mul(y).neg(), -40.0)))
                .blend(1.0, beta.mul(y).compare(GT, threshold));
    }

    // mish(x) = x T, T = tanh(softplus(x)) = (d - 2) / d with e = exp(x), d = 2 + 2 e + e^2. T is split so that the
    // quotient, whose rounding errors are the largest, is the smaller part: T = 1 - 2 / d for x > 0.3,
    // T = 1/2 + (e^2/2 + e - 1) / d around 0, and mish(x) = x e - x e (e + e^2) / d below -0.7.
    // e = s + sp, s a power of two and 1 + s exact where it matters: 2 + 2 e + e^2 = 1 + (1 + s + sp)^2.
    public static DoubleVector mish(DoubleVector x) {
        DoubleVector v = atLeast(atMost(x, 40.0), -780.0);
        DoubleVector whole = v.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(v, whole.sub(RAISED)));
        DoubleVector raised = pow2(whole);
        DoubleVector s = raised.mul(LOWER);
        DoubleVector sp = s.mul(p);
        DoubleVector e = s.add(sp);
        DoubleVector b = s.add(1.0);
        DoubleVector d = sp.fma(b.lanewise(FMA, 2.0, sp), b.lanewise(FMA, b, 1.0));
        DoubleVector middle = sp.fma(sp.lanewise(FMA, 0.5, b), s.mul(0.5).fma(s, s.sub(1.0)));
        VectorMask<Double> low = x.compare(LT, -0.7);
        VectorMask<Double> high = x.compare(GT, 0.3);
        DoubleVector q = middle.blend(e.fma(e, e).neg(), low).blend(-2.0, high).div(d);
        DoubleVector a = v.blend(v.fma(p, v).mul(raised), low);
        DoubleVector y = a.fma(q, a.mul(0.5).blend(a, low.or(high)));
        return copySign(y.blend(y.mul(LOWER), low).blend(x, x.compare(GT, 20.0)), x);
    }

    // 1 - q (1 - x q (e + e^2)), q = 2 / d, for x > -3/8; else e (4 (1 + x) + e (6 + 4 x + e (4 + e))) / d^2. What
    // rounding loses of the divisor is put back.
    public static DoubleVector mishDerivative(DoubleVector x) {
        DoubleVector v = atLeast(atMost(x, 20.0), -780.0);
        DoubleVector whole = v.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(v, whole.sub(RAISED)));
        DoubleVector raised = pow2(whole);
        DoubleVector s = raised.mul(LOWER);
        DoubleVector sp = s.mul(p);
        DoubleVector e = s.add(sp);
        DoubleVector b = s.add(1.0);
        DoubleVector base = b.lanewise(FMA, b, 1.0);
        DoubleVector bend = b.lanewise(FMA, 2.0, sp);
        DoubleVector d = sp.fma(bend, base);
        DoubleVector dRest = sp.fma(bend, base.sub(d));
        DoubleVector square = d.mul(d);
        DoubleVector squareRest = d.mul(2.0).fma(dRest, d.fma(d, square.neg()));
        VectorMask<Double> high = x.compare(GT, -0.375);
        DoubleVector w = e.fma(e.add(4.0), v.fma(4.0, 6.0));
        DoubleVector n = v.fma(4.0, 4.0).add(s.fma(w, sp.mul(w))).blend(2.0, high);
        DoubleVector divisor = square.blend(d, high);
        DoubleVector divisorRest = squareRest.blend(dRest, high);
        DoubleVector inverse = all(1.0).div(divisor);
        DoubleVector q = n.mul(inverse);
        q = q.neg().fma(divisor, n).sub(q.mul(divisorRest)).fma(inverse, q);
        DoubleVector rising = q.neg().fma(v.neg().mul(e.fma(e, e)).fma(q, all(1.0)), all(1.0));
        return q.fma(p, q).mul(raised).mul(LOWER).blend(rising, high);
    }

    // hardswish(x) = x (x + 3) / 6 between -3 and 3, 0 below (with the sign of x), x above.
    private static final double HARDSWISH_THIRD = 0x1.5555555555555p-2;
    private static final double HARDSWISH_THIRD_REST = 0x1.5555555555555p-56;

    public static DoubleVector hardswish(DoubleVector x) {
        DoubleVector v = atLeast(x, -3.0);
        DoubleVector w = v.mul(v.add(3.0));
        return w.lanewise(FMA, 0.5 * HARDSWISH_THIRD, w.mul((0.5 * HARDSWISH_THIRD_REST)))
                .blend(x, x.compare(GT, 3.0));
    }

    public static DoubleVector hardswishBackward(DoubleVector x, DoubleVector dy) {
        DoubleVector w = all(2.0).fma(x, all(3.0));
        DoubleVector slope = w.lanewise(FMA, 0.5 * HARDSWISH_THIRD, w.mul(0.5 * HARDSWISH_THIRD_REST));
        return dy.mul(slope).blend(0.0, x.compare(LT, -3.0)).blend(dy, x.compare(GT, 3.0));
    }
}
