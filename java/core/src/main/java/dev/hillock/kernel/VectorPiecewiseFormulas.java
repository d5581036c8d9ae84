package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarPiecewiseFormulas.HARDSIGMOID_DEFAULT;
import static dev.hillock.kernel.ScalarPiecewiseFormulas.HARDSIGMOID_SIXTH;
import static dev.hillock.kernel.ScalarPiecewiseFormulas.HARDSIGMOID_SIXTH_REST;
import static dev.hillock.kernel.VectorElementary.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The mirror of {@code native/core/formulas/piecewise.h}, a vector at a time, written as {@link VectorFormulas} is. The
 * constants are {@link ScalarPiecewiseFormulas}'s.
 */
public final class VectorPiecewiseFormulas {
    private VectorPiecewiseFormulas() {}

    public static FloatVector relu6(FloatVector x) {
        return atMost(atLeast(x, 0f), 6f);
    }

    public static FloatVector relu6Backward(FloatVector x, FloatVector dy) {
        return all(0f).blend(dy, x.compare(GT, 0f).and(x.compare(LT, 6f)));
    }

    public static FloatVector relu6BackwardFromOutput(FloatVector y, FloatVector dy) {
        return relu6Backward(y, dy);
    }

    public static FloatVector thresholdedRelu(FloatVector x, FloatVector theta) {
        return x.blend(0f, x.compare(LE, theta));
    }

    public static FloatVector thresholdedReluBackward(FloatVector x, FloatVector dy, FloatVector theta) {
        return all(0f).blend(dy, x.compare(GT, theta));
    }

    public static FloatVector thresholdedReluBackwardFromOutput(FloatVector y, FloatVector dy, FloatVector theta) {
        return thresholdedReluBackward(y, dy, theta);
    }

    public static FloatVector threshold(FloatVector x, FloatVector theta, FloatVector value) {
        return x.blend(value, x.compare(LE, theta));
    }

    public static FloatVector thresholdBackward(FloatVector x, FloatVector dy, FloatVector theta, FloatVector unused) {
        return all(0f).blend(dy, x.compare(GT, theta));
    }

    // relu_ex(x) = min(x, max) for x >= theta, else slope * (x - theta). A slope of 0 gives +0, at -Inf too.
    public static FloatVector reluEx(FloatVector x, FloatVector max, FloatVector theta, FloatVector slope) {
        FloatVector left =
                slope.mul(x.sub(theta)).blend(0f, slope.compare(EQ, 0f).and(x.compare(LT, theta)));
        return left.blend(atMost(x, max), x.compare(GE, theta));
    }

    // At theta itself the slope is the right one, except that plain relu has 0 at 0. An infinite max is no
    // limit.
    public static FloatVector reluExBackward(
            FloatVector x, FloatVector dy, FloatVector max, FloatVector theta, FloatVector slope) {
        FloatVector left = slope.mul(dy).blend(0f, slope.compare(EQ, 0f));
        FloatVector inner = left.blend(
                dy,
                x.compare(GT, theta)
                        .or(x.compare(EQ, theta).and(theta.compare(EQ, 0f).not())));
        return inner.blend(0f, x.compare(GE, max).and(max.compare(LT, Float.POSITIVE_INFINITY)));
    }

    // hardsigmoid(x) = slope * x + offset between 0 and 1. The default is (x + 3) / 6 exactly.

    public static FloatVector hardsigmoid(FloatVector x, FloatVector slope, FloatVector offset) {
        VectorMask<Float> sixths = slope.compare(EQ, HARDSIGMOID_DEFAULT).and(offset.compare(EQ, 0.5f));
        FloatVector line = sixths.allTrue() ? hardsigmoidSixth(x) : hardsigmoidLine(x, slope, offset);
        return within(line, 0f, 1f);
    }

    private static FloatVector hardsigmoidSixth(FloatVector x) {
        FloatVector w = x.add(3f);
        return w.lanewise(FMA, HARDSIGMOID_SIXTH, w.mul(HARDSIGMOID_SIXTH_REST));
    }

    private static FloatVector hardsigmoidLine(FloatVector x, FloatVector slope, FloatVector offset) {
        FloatVector v = within(x, -0x1.fffffep127f, 0x1.fffffep127f);
        return slope.fma(v, offset);
    }

    public static FloatVector hardsigmoidBackward(
            FloatVector x, FloatVector dy, FloatVector slope, FloatVector offset) {
        // Where the line is above 0 and below 1; for the default where 6 times it is above 0 and below 6.
        VectorMask<Float> sixths = slope.compare(EQ, HARDSIGMOID_DEFAULT).and(offset.compare(EQ, 0.5f));
        FloatVector rate = slope.blend(1f, sixths);
        FloatVector above = rate.fma(x, offset.blend(3f, sixths));
        FloatVector below = rate.fma(x, offset.sub(1f).blend(-3f, sixths));
        return all(0f).blend(slope.mul(dy), above.compare(GT, 0f).and(below.compare(LT, 0f)));
    }

    public static FloatVector hardsigmoidBackwardFromOutput(
            FloatVector y, FloatVector dy, FloatVector slope, FloatVector unused) {
        return all(0f).blend(slope.mul(dy), y.compare(GT, 0f).and(y.compare(LT, 1f)));
    }

    public static FloatVector hardtanh(FloatVector x, FloatVector min, FloatVector max) {
        return atMost(atLeast(x, min), max);
    }

    public static FloatVector hardtanhBackward(FloatVector x, FloatVector dy, FloatVector min, FloatVector max) {
        return all(0f).blend(dy, x.compare(GT, min).and(x.compare(LT, max)));
    }

    public static FloatVector hardtanhBackwardFromOutput(
            FloatVector y, FloatVector dy, FloatVector min, FloatVector max) {
        return hardtanhBackward(y, dy, min, max);
    }

    // The values of hardtanh; the slope is 1 on the limits too.
    public static FloatVector clamp(FloatVector x, FloatVector min, FloatVector max) {
        return atMost(atLeast(x, min), max);
    }

    public static FloatVector clampBackward(FloatVector x, FloatVector dy, FloatVector min, FloatVector max) {
        return all(0f).blend(dy, x.compare(GE, min).and(x.compare(LE, max)));
    }

    public static FloatVector hardshrink(FloatVector x, FloatVector lambda) {
        return x.blend(0f, x.abs().compare(LE, lambda));
    }

    public static FloatVector hardshrinkBackward(FloatVector x, FloatVector dy, FloatVector lambda) {
        return all(0f).blend(dy, x.abs().compare(GT, lambda));
    }

    public static FloatVector hardshrinkBackwardFromOutput(FloatVector y, FloatVector dy, FloatVector lambda) {
        return hardshrinkBackward(y, dy, lambda);
    }

    public static FloatVector softshrink(FloatVector x, FloatVector lambda) {
        return x.sub(copySign(lambda, x)).blend(0f, x.abs().compare(LE, lambda));
    }

    public static FloatVector softshrinkBackward(FloatVector x, FloatVector dy, FloatVector lambda) {
        return all(0f).blend(dy, x.abs().compare(GT, lambda));
    }

    public static FloatVector softshrinkBackwardFromOutput(FloatVector y, FloatVector dy, FloatVector unused) {
        return all(0f).blend(dy, y.abs().compare(GT, 0f));
    }

    // ONNX Shrink: x - bias above lambda, x + bias below -lambda, else 0.
    public static FloatVector shrink(FloatVector x, FloatVector lambda, FloatVector bias) {
        return x.sub(bias)
                .blend(x.add(bias), x.compare(LT, 0f))
                .blend(0f, x.abs().compare(LE, lambda));
    }

    public static FloatVector shrinkBackward(FloatVector x, FloatVector dy, FloatVector lambda, FloatVector unused) {
        return all(0f).blend(dy, x.abs().compare(GT, lambda));
    }

    // sparse_plus(x) = 0 below -1, (x + 1)^2 / 4 up to 1, x above.
    public static FloatVector sparsePlus(FloatVector x) {
        FloatVector u = atLeast(x, -1f).add(1f);
        return u.mul(0.25f).mul(u).blend(x, x.compare(GE, 1f));
    }

    public static FloatVector sparsePlusBackward(FloatVector x, FloatVector dy) {
        FloatVector inner = dy.mul(x.fma(0.5f, 0.5f));
        return inner.blend(dy, x.compare(GE, 1f)).blend(0f, x.compare(LE, -1f));
    }

    public static FloatVector sparsePlusSlopeFromOutput(FloatVector y) {
        return atMost(y, 1f).sqrt();
    }

    // sparse_sigmoid(x) = (x + 1) / 2 between 0 and 1.
    public static FloatVector sparseSigmoid(FloatVector x) {
        return within(x.fma(0.5f, 0.5f), 0f, 1f);
    }

    public static FloatVector sparseSigmoidBackward(FloatVector x, FloatVector dy) {
        return all(0f).blend(dy.mul(0.5f), x.abs().compare(LT, 1f));
    }

    public static FloatVector sparseSigmoidBackwardFromOutput(FloatVector y, FloatVector dy) {
        return all(0f).blend(dy.mul(0.5f), y.compare(GT, 0f).and(y.compare(LT, 1f)));
    }

    public static FloatVector reluSquared(FloatVector x) {
        FloatVector v = atLeast(x, 0f);
        return v.mul(v);
    }

    public static FloatVector reluSquaredBackward(FloatVector x, FloatVector dy) {
        return dy.mul(x.mul(2f)).blend(0f, x.compare(LT, 0f));
    }

    public static FloatVector reluSquaredSlopeFromOutput(FloatVector y) {
        return y.sqrt().mul(2f);
    }

    // rrelu outside training: leaky_relu with the mean of the bounds between which training draws its slopes.
    public static FloatVector rrelu(FloatVector x, FloatVector lower, FloatVector upper) {
        return lower.add(upper).mul(0.5f).mul(x).blend(x, x.compare(GT, 0f));
    }

    public static FloatVector rreluBackward(FloatVector x, FloatVector dy, FloatVector lower, FloatVector upper) {
        return lower.add(upper).mul(0.5f).mul(dy).blend(dy, x.compare(GT, 0f));
    }
}
