package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.LOG2_E;
import static dev.hillock.kernel.ScalarDoubleElementary.LOWER;
import static dev.hillock.kernel.ScalarDoubleElementary.SHRINK_C0;
import static dev.hillock.kernel.ScalarDoubleElementary.WHOLE;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.GELU_SIGMOID_BETA;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.GELU_SIGMOID_BETA_REST;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.GELU_SIGMOID_LEAST;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.LECUN_TANH_INVERSE;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.LECUN_TANH_INVERSE_REST;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.LECUN_TANH_SCALE;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.LECUN_TANH_SCALE_REST;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.LECUN_TANH_SLOPE;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.LECUN_TANH_SLOPE_REST;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.LECUN_TANH_TWO_THIRDS;
import static dev.hillock.kernel.ScalarDoubleExponentialFormulas.LECUN_TANH_TWO_THIRDS_REST;
import static dev.hillock.kernel.VectorDoubleElementary.*;
import static dev.hillock.kernel.VectorDoubleFormulas.sigmoid;
import static dev.hillock.kernel.VectorDoubleFormulas.sigmoidRaisedSlope;
import static dev.hillock.kernel.VectorDoubleFormulas.swishBetaSlope;
import static dev.hillock.kernel.VectorDoubleFormulas.swishBetaValue;
import static dev.hillock.kernel.VectorDoubleFormulas.tanh;
import static dev.hillock.kernel.VectorDoubleFormulas.tanhDerivative;
import static dev.hillock.kernel.VectorDoubleFormulas.tanhHalfExpm1Twice;
import static dev.hillock.kernel.VectorDoubleFormulas.tanhScaled;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/**
 * The mirror of {@code native/core/formulas/exponential.h}, a vector at a time, written as {@link VectorDoubleFormulas} is. The
 * constants are {@link ScalarDoubleExponentialFormulas}'s.
 */
public final class VectorDoubleExponentialFormulas {
    private VectorDoubleExponentialFormulas() {}

    // celu(x) = x for x >= 0, else alpha * (exp(x / alpha) - 1). The quotient is carried in two doubles; where
    // alpha is below 0 it grows, and half of expm1 is a number wherever the result is one. What rounding loses of
    // that half is carried, for alpha may make it count twice.                     Barron, arXiv:1704.07483
    public static DoubleVector celu(DoubleVector x, DoubleVector alpha) {
        DoubleVector inverse = all(1.0).div(alpha);
        DoubleVector t =
                atLeast(x, all(-710.0).blend(-40.0, alpha.compare(GT, 0.0)).mul(alpha.abs()));
        DoubleVector u = t.mul(inverse);
        DoubleVector uRest = u.neg().fma(alpha, t).mul(inverse);
        DoubleVector whole = u.fma(LOG2_E, WHOLE - 1.0);
        DoubleVector p = expm1Rest(expRest(u, whole.sub(WHOLE - 1.0)).add(uRest));
        DoubleVector s = pow2(whole);
        DoubleVector half = s.fma(p, s.sub(0.5));
        DoubleVector halfRest = s.fma(p, s.sub(0.5).sub(half));
        DoubleVector twice = alpha.mul(2.0);
        DoubleVector y = twice.fma(half, twice.mul(halfRest));
        return x.blend(y, x.compare(LT, 0.0).and(u.abs().compare(GT, 0x1p-55)));
    }

    public static DoubleVector celuDerivative(DoubleVector x, DoubleVector alpha) {
        DoubleVector inverse = all(1.0).div(alpha);
        DoubleVector t =
                atLeast(x, all(-710.0).blend(-780.0, alpha.compare(GT, 0.0)).mul(alpha.abs()));
        DoubleVector u = t.mul(inverse);
        DoubleVector uRest = u.neg().fma(alpha, t).mul(inverse);
        return expWide(u, uRest).blend(1.0, x.compare(GT, 0.0));
    }

    public static DoubleVector celuSlopeFromOutput(DoubleVector y, DoubleVector alpha) {
        return y.div(alpha).add(1.0).blend(1.0, y.compare(GT, 0.0));
    }

    // gelu_sigmoid(x) = x sigmoid(1.702 x), as swish_beta with a constant that no double holds.

    public static DoubleVector geluSigmoid(DoubleVector x) {
        DoubleVector t = atLeast(x, GELU_SIGMOID_LEAST);
        DoubleVector b = t.mul(GELU_SIGMOID_BETA);
        return swishBetaValue(
                x, t, b, t.lanewise(FMA, GELU_SIGMOID_BETA_REST, t.lanewise(FMA, GELU_SIGMOID_BETA, b.neg())));
    }

    public static DoubleVector geluSigmoidDerivative(DoubleVector x) {
        DoubleVector t = atLeast(x, GELU_SIGMOID_LEAST);
        DoubleVector b = t.mul(GELU_SIGMOID_BETA);
        return swishBetaSlope(b, t.lanewise(FMA, GELU_SIGMOID_BETA_REST, t.lanewise(FMA, GELU_SIGMOID_BETA, b.neg())));
    }

    // log_sigmoid(x) = -log(1 + exp(-x)) = min(x, 0) - log1p(exp(-|x|)).
    public static DoubleVector logSigmoid(DoubleVector x) {
        DoubleVector e = expRaised(atLeast(x.abs().neg(), -746.0));
        DoubleVector tail = e.fma(log1pBend(e.mul(LOWER)), e);
        return tail.lanewise(FMA, -LOWER, atMost(x, -0.0));
    }

    public static DoubleVector logSigmoidDerivative(DoubleVector x) {
        return sigmoid(x.neg());
    }

    // tanhshrink(x) = x - tanh(x): x^3 times a polynomial up to 1, then (|x| - 1) + (1 - tanh(|x|)).
    public static DoubleVector tanhshrink(DoubleVector x) {
        DoubleVector t = x.abs();
        DoubleVector z = t.mul(t);
        DoubleVector cube = t.mul(z);
        DoubleVector cubeRest = t.fma(z, cube.neg()).add(t.mul(t.fma(t, z.neg())));
        DoubleVector near = cube.lanewise(FMA, SHRINK_C0, cubeRest.lanewise(FMA, SHRINK_C0, cube.mul(tanhBend(z))));
        DoubleVector far = t.sub(1.0)
                .add(all(1.0).div(tanhHalfExpm1Twice(atMost(t, 19.5), all(0.0)).add(1.0)));
        return copySign(far.blend(near, t.compare(LT, 1.0)), x);
    }

    public static DoubleVector tanhshrinkDerivative(DoubleVector x) {
        DoubleVector h = tanhHalfExpm1Twice(atMost(x.abs(), 19.5), all(0.0));
        DoubleVector m = atMost(h, 1.0);
        DoubleVector q = m.div(h.add(1.0));
        DoubleVector y = m.neg().fma(q, m);
        DoubleVector yRest = m.neg().fma(q, m.sub(y));
        return y.fma(y, y.mul(2.0).mul(yRest));
    }

    // soft_cap(x) = cap * tanh(x / cap).
    public static DoubleVector softCap(DoubleVector x, DoubleVector cap) {
        DoubleVector inverse = all(1.0).div(cap);
        DoubleVector t = atMost(x.abs(), cap.mul(19.5));
        DoubleVector u = t.mul(inverse);
        DoubleVector uRest = u.neg().fma(cap, t).mul(inverse);
        return copySign(tanhScaled(u, uRest, cap, all(0.0)).blend(t, u.compare(LT, 0x1p-28)), x);
    }

    public static DoubleVector softCapDerivative(DoubleVector x, DoubleVector cap) {
        DoubleVector inverse = all(1.0).div(cap);
        DoubleVector t = atMost(x.abs(), cap.mul(376.0));
        DoubleVector u = t.mul(inverse);
        DoubleVector uRest = u.neg().fma(cap, t).mul(inverse);
        return sigmoidRaisedSlope(u.mul(-2.0), uRest.mul(-2.0)).mul(4.0 * LOWER);
    }

    public static DoubleVector softCapSlopeFromOutput(DoubleVector y, DoubleVector cap) {
        DoubleVector inverse = all(1.0).div(cap);
        DoubleVector w = y.mul(inverse);
        DoubleVector wRest = w.neg().fma(cap, y).mul(inverse);
        return w.mul(-2.0).fma(wRest, w.neg().lanewise(FMA, w, 1.0));
    }

    // lecun_tanh(x) = 1.7159 tanh(2 x / 3).                             LeCun et al., Efficient BackProp

    public static DoubleVector lecunTanh(DoubleVector x) {
        DoubleVector t = atMost(x.abs(), 29.25);
        DoubleVector u = t.mul(LECUN_TANH_TWO_THIRDS);
        DoubleVector uRest =
                t.lanewise(FMA, LECUN_TANH_TWO_THIRDS_REST, t.lanewise(FMA, LECUN_TANH_TWO_THIRDS, u.neg()));
        DoubleVector y = tanhScaled(u, uRest, all(LECUN_TANH_SCALE), all(LECUN_TANH_SCALE_REST));
        return copySign(
                y.blend(t.lanewise(FMA, LECUN_TANH_SLOPE, t.mul(LECUN_TANH_SLOPE_REST)), t.compare(LT, 0x1p-60)), x);
    }

    public static DoubleVector lecunTanhDerivative(DoubleVector x) {
        DoubleVector t = atMost(x.abs(), 564.0);
        DoubleVector u = t.mul(LECUN_TANH_TWO_THIRDS);
        DoubleVector uRest =
                t.lanewise(FMA, LECUN_TANH_TWO_THIRDS_REST, t.lanewise(FMA, LECUN_TANH_TWO_THIRDS, u.neg()));
        return sigmoidRaisedSlope(u.mul(-2.0), uRest.mul(-2.0))
                .mul(LECUN_TANH_SLOPE)
                .mul(4.0 * LOWER);
    }

    public static DoubleVector lecunTanhSlopeFromOutput(DoubleVector y) {
        DoubleVector w = y.mul(LECUN_TANH_INVERSE);
        DoubleVector wRest = y.lanewise(FMA, LECUN_TANH_INVERSE_REST, y.lanewise(FMA, LECUN_TANH_INVERSE, w.neg()));
        return w.mul(-2.0).fma(wRest, w.neg().lanewise(FMA, w, 1.0)).mul(LECUN_TANH_SLOPE);
    }

    public static DoubleVector rectifiedTanh(DoubleVector x) {
        return tanh(x).blend(0.0, x.compare(LT, 0.0));
    }

    public static DoubleVector rectifiedTanhBackward(DoubleVector x, DoubleVector dy) {
        return all(0.0).blend(dy.mul(tanhDerivative(x)), x.compare(GT, 0.0));
    }

    public static DoubleVector rectifiedTanhBackwardFromOutput(DoubleVector y, DoubleVector dy) {
        return all(0.0).blend(dy.mul(y.neg().lanewise(FMA, y, 1.0)), y.compare(GT, 0.0));
    }

    public static DoubleVector exp(DoubleVector x) {
        return expWide(atMost(atLeast(x, -780.0), 710.0), all(0.0));
    }

    public static DoubleVector expDerivative(DoubleVector x) {
        return exp(x);
    }

    public static DoubleVector expSlopeFromOutput(DoubleVector y) {
        return y;
    }
}
