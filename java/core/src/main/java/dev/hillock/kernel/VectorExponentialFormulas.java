package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.LOWER;
import static dev.hillock.kernel.ScalarElementary.RAISED;
import static dev.hillock.kernel.ScalarElementary.SHRINK_C0;
import static dev.hillock.kernel.ScalarExponentialFormulas.GELU_SIGMOID_BETA;
import static dev.hillock.kernel.ScalarExponentialFormulas.GELU_SIGMOID_BETA_REST;
import static dev.hillock.kernel.ScalarExponentialFormulas.GELU_SIGMOID_LEAST;
import static dev.hillock.kernel.ScalarExponentialFormulas.LECUN_TANH_INVERSE;
import static dev.hillock.kernel.ScalarExponentialFormulas.LECUN_TANH_INVERSE_REST;
import static dev.hillock.kernel.ScalarExponentialFormulas.LECUN_TANH_SCALE;
import static dev.hillock.kernel.ScalarExponentialFormulas.LECUN_TANH_SCALE_REST;
import static dev.hillock.kernel.ScalarExponentialFormulas.LECUN_TANH_SLOPE;
import static dev.hillock.kernel.ScalarExponentialFormulas.LECUN_TANH_SLOPE_REST;
import static dev.hillock.kernel.ScalarExponentialFormulas.LECUN_TANH_TWO_THIRDS;
import static dev.hillock.kernel.ScalarExponentialFormulas.LECUN_TANH_TWO_THIRDS_REST;
import static dev.hillock.kernel.VectorElementary.*;
import static dev.hillock.kernel.VectorFormulas.sigmoid;
import static dev.hillock.kernel.VectorFormulas.sigmoidRaisedSlope;
import static dev.hillock.kernel.VectorFormulas.swishBetaRest;
import static dev.hillock.kernel.VectorFormulas.swishBetaSlope;
import static dev.hillock.kernel.VectorFormulas.swishBetaValue;
import static dev.hillock.kernel.VectorFormulas.tanh;
import static dev.hillock.kernel.VectorFormulas.tanhDerivative;
import static dev.hillock.kernel.VectorFormulas.tanhHalfExpm1Twice;
import static dev.hillock.kernel.VectorFormulas.tanhScaled;
import static dev.hillock.kernel.VectorFormulas.usualSoftplusRaisedLog;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The mirror of {@code native/core/formulas/exponential.h}, a vector at a time, written as {@link VectorFormulas} is. The
 * constants are {@link ScalarExponentialFormulas}'s.
 */
public final class VectorExponentialFormulas {
    private VectorExponentialFormulas() {}

    // celu(x) = x for x >= 0, else alpha * (exp(x / alpha) - 1). The quotient is carried in two floats; where
    // alpha is below 0 it grows, and half of expm1 is a number wherever the result is one.       Barron,
    // arXiv:1704.07483
    public static FloatVector celu(FloatVector x, FloatVector alpha) {
        FloatVector inverse = all(1f).div(alpha);
        FloatVector t = atLeast(x, all(-89f).blend(-20f, alpha.compare(GT, 0f)).mul(alpha.abs()));
        FloatVector u = t.mul(inverse);
        FloatVector uRest = u.neg().fma(alpha, t).mul(inverse);
        return x.blend(
                expm1Times(u, uRest, alpha), x.compare(LT, 0f).and(u.abs().compare(GT, 0x1p-26f)));
    }

    public static FloatVector celuDerivative(FloatVector x, FloatVector alpha) {
        FloatVector inverse = all(1f).div(alpha);
        FloatVector t = atLeast(x, all(-89f).blend(-132f, alpha.compare(GT, 0f)).mul(alpha.abs()));
        FloatVector u = t.mul(inverse);
        FloatVector uRest = u.neg().fma(alpha, t).mul(inverse);
        return expWide(u, uRest).blend(1f, x.compare(GT, 0f));
    }

    public static FloatVector celuSlopeFromOutput(FloatVector y, FloatVector alpha) {
        return y.div(alpha).add(1f).blend(1f, y.compare(GT, 0f));
    }

    // gelu_sigmoid(x) = x sigmoid(1.702 x), as swish_beta with a constant that no float holds.

    public static FloatVector geluSigmoid(FloatVector x) {
        FloatVector t = atLeast(x, GELU_SIGMOID_LEAST);
        FloatVector minus = t.mul(-GELU_SIGMOID_BETA);
        return swishBetaValue(x, t, minus, geluSigmoidRest(t, minus));
    }

    private static FloatVector geluSigmoidRest(FloatVector t, FloatVector minus) {
        return t.lanewise(FMA, GELU_SIGMOID_BETA_REST, t.lanewise(FMA, GELU_SIGMOID_BETA, minus));
    }

    // In two parts, as in swish_beta.
    public static FloatVector geluSigmoidDerivativeStart(FloatVector x) {
        FloatVector t = atLeast(x, GELU_SIGMOID_LEAST);
        FloatVector minus = t.mul(-GELU_SIGMOID_BETA);
        return swishBetaRest(minus, geluSigmoidRest(t, minus));
    }

    public static FloatVector geluSigmoidDerivative(FloatVector x, FloatVector p) {
        FloatVector t = atLeast(x, GELU_SIGMOID_LEAST);
        FloatVector minus = t.mul(-GELU_SIGMOID_BETA);
        return swishBetaSlope(minus, geluSigmoidRest(t, minus), p);
    }

    // log_sigmoid(x) = -log(1 + exp(-x)) = min(x, 0) - log1p(exp(-|x|)).
    public static FloatVector logSigmoid(FloatVector x) {
        return usualSoftplusRaisedLog(x).lanewise(FMA, -LOWER, atMost(x, -0f));
    }

    public static FloatVector logSigmoidDerivative(FloatVector x) {
        return sigmoid(x.neg());
    }

    // tanhshrink(x) = x - tanh(x): x^3 times a polynomial up to 1, then (|x| - 1) + (1 - tanh(|x|)).
    public static FloatVector tanhshrink(FloatVector x) {
        FloatVector t = x.abs();
        FloatVector z = t.mul(t);
        FloatVector cube = t.mul(z);
        FloatVector cubeRest = t.fma(z, cube.neg()).add(t.mul(t.fma(t, z.neg())));
        FloatVector near = cube.lanewise(FMA, SHRINK_C0, cubeRest.lanewise(FMA, SHRINK_C0, cube.mul(tanhBend(z))));
        FloatVector far =
                t.sub(1f).add(all(1f).div(tanhHalfExpm1Twice(atMost(t, 9.5f)).add(1f)));
        return copySign(far.blend(near, t.compare(LT, 1f)), x);
    }

    public static FloatVector tanhshrinkDerivative(FloatVector x) {
        FloatVector h = tanhHalfExpm1Twice(atMost(x.abs(), 9.5f));
        FloatVector m = numberAtMost(h, 1f);
        FloatVector q = m.div(h.add(1f));
        FloatVector y = m.neg().fma(q, m);
        FloatVector yRest = m.neg().fma(q, m.sub(y));
        return y.fma(y, y.mul(2f).mul(yRest));
    }

    // soft_cap(x) = cap * tanh(x / cap).
    public static FloatVector softCap(FloatVector x, FloatVector cap) {
        FloatVector inverse = all(1f).div(cap);
        FloatVector t = atMost(x.abs(), cap.mul(9.5f));
        FloatVector u = t.mul(inverse);
        FloatVector uRest = u.neg().fma(cap, t).mul(inverse);
        return copySign(tanhScaled(u, uRest, cap, all(0f)).blend(t, u.compare(LT, 0x1p-14f)), x);
    }

    public static FloatVector softCapDerivative(FloatVector x, FloatVector cap) {
        FloatVector inverse = all(1f).div(cap);
        FloatVector t = atMost(x.abs(), cap.mul(53f));
        FloatVector u = t.mul(inverse);
        FloatVector uRest = u.neg().fma(cap, t).mul(inverse);
        return sigmoidRaisedSlope(u.mul(2f), uRest.mul(2f)).mul(4f * LOWER);
    }

    public static FloatVector softCapSlopeFromOutput(FloatVector y, FloatVector cap) {
        FloatVector inverse = all(1f).div(cap);
        FloatVector w = y.mul(inverse);
        FloatVector wRest = w.neg().fma(cap, y).mul(inverse);
        return w.mul(-2f).fma(wRest, w.neg().lanewise(FMA, w, 1f));
    }

    // lecun_tanh(x) = 1.7159 tanh(2 x / 3).                             LeCun et al., Efficient BackProp

    public static FloatVector lecunTanh(FloatVector x) {
        FloatVector t = atMost(x.abs(), 14.5f);
        FloatVector u = t.mul(LECUN_TANH_TWO_THIRDS);
        FloatVector uRest =
                t.lanewise(FMA, LECUN_TANH_TWO_THIRDS_REST, t.lanewise(FMA, LECUN_TANH_TWO_THIRDS, u.neg()));
        FloatVector y = tanhScaled(u, uRest, all(LECUN_TANH_SCALE), all(LECUN_TANH_SCALE_REST));
        return copySign(
                y.blend(t.lanewise(FMA, LECUN_TANH_SLOPE, t.mul(LECUN_TANH_SLOPE_REST)), t.compare(LT, 0x1p-60f)), x);
    }

    public static FloatVector lecunTanhDerivative(FloatVector x) {
        FloatVector t = atMost(x.abs(), 79f);
        FloatVector u = t.mul(LECUN_TANH_TWO_THIRDS);
        FloatVector uRest =
                t.lanewise(FMA, LECUN_TANH_TWO_THIRDS_REST, t.lanewise(FMA, LECUN_TANH_TWO_THIRDS, u.neg()));
        FloatVector bell = sigmoidRaisedSlope(u.mul(2f), uRest.mul(2f));
        return bell.lanewise(FMA, LECUN_TANH_SLOPE, bell.mul(LECUN_TANH_SLOPE_REST))
                .mul(4f * LOWER);
    }

    public static FloatVector lecunTanhSlopeFromOutput(FloatVector y) {
        FloatVector w = y.mul(LECUN_TANH_INVERSE);
        FloatVector wRest = y.lanewise(FMA, LECUN_TANH_INVERSE_REST, y.lanewise(FMA, LECUN_TANH_INVERSE, w.neg()));
        return w.mul(-2f).fma(wRest, w.neg().lanewise(FMA, w, 1f)).mul(LECUN_TANH_SLOPE);
    }

    public static FloatVector rectifiedTanh(FloatVector x) {
        return tanh(x).blend(0f, x.compare(LT, 0f));
    }

    public static FloatVector rectifiedTanhBackward(FloatVector x, FloatVector dy) {
        return all(0f).blend(dy.mul(tanhDerivative(x)), x.compare(GT, 0f));
    }

    public static FloatVector rectifiedTanhBackwardFromOutput(FloatVector y, FloatVector dy) {
        return all(0f).blend(dy.mul(y.neg().lanewise(FMA, y, 1f)), y.compare(GT, 0f));
    }

    public static FloatVector exp(FloatVector x) {
        return expWide(within(x, -132f, 89f), all(0f));
    }

    public static FloatVector expDerivative(FloatVector x) {
        return exp(x);
    }

    public static FloatVector expSlopeFromOutput(FloatVector y) {
        return y;
    }

    // gaussian(x) = exp(-x^2), the square in two floats.

    // exp(-t^2) times 2^64.
    static FloatVector gaussianRaised(FloatVector t) {
        FloatVector square = t.mul(t);
        FloatVector whole = square.fma(-LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(square.neg(), whole.sub(RAISED)).sub(t.fma(t, square.neg())));
        FloatVector c = pow2(whole);
        return c.fma(p, c);
    }

    public static FloatVector gaussian(FloatVector x) {
        return gaussianRaised(atMost(x.abs(), 10.5f)).mul(LOWER);
    }

    public static FloatVector gaussianDerivative(FloatVector x) {
        FloatVector t = within(x, -11f, 11f);
        return gaussianRaised(t).mul(t.mul(-2f)).mul(LOWER);
    }

    // bipolar_sigmoid(x) = 2 sigmoid(x) - 1 = tanh(x / 2).
    public static FloatVector bipolarSigmoid(FloatVector x) {
        return tanh(x.mul(0.5f));
    }

    public static FloatVector bipolarSigmoidDerivative(FloatVector x) {
        return sigmoidRaisedSlope(atMost(x.abs(), 106f), all(0f)).mul(2f * LOWER);
    }

    public static FloatVector bipolarSigmoidSlopeFromOutput(FloatVector y) {
        return y.mul(-0.5f).fma(y, all(0.5f));
    }
}
