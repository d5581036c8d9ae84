package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoublePiecewiseFormulas.HARDSIGMOID_SIXTH;
import static dev.hillock.kernel.ScalarDoublePiecewiseFormulas.HARDSIGMOID_SIXTH_REST;
import static dev.hillock.kernel.VectorDoubleElementary.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/**
 * The mirror of {@code native/core/formulas/piecewise.h}, a vector at a time, written as {@link VectorDoubleFormulas} is. The
 * constants are {@link ScalarDoublePiecewiseFormulas}'s.
 */
public final class VectorDoublePiecewiseFormulas {
    private VectorDoublePiecewiseFormulas() {}

    public static DoubleVector relu6(DoubleVector x) {
        return atMost(atLeast(x, 0.0), 6.0);
    }

    public static DoubleVector relu6Backward(DoubleVector x, DoubleVector dy) {
        return all(0.0).blend(dy, x.compare(GT, 0.0).and(x.compare(LT, 6.0)));
    }

    public static DoubleVector relu6BackwardFromOutput(DoubleVector y, DoubleVector dy) {
        return relu6Backward(y, dy);
    }

    public static DoubleVector thresholdedRelu(DoubleVector x, DoubleVector theta) {
        return x.blend(0.0, x.compare(LE, theta));
    }

    public static DoubleVector thresholdedReluBackward(DoubleVector x, DoubleVector dy, DoubleVector theta) {
        return all(0.0).blend(dy, x.compare(GT, theta));
    }

    public static DoubleVector thresholdedReluBackwardFromOutput(DoubleVector y, DoubleVector dy, DoubleVector theta) {
        return thresholdedReluBackward(y, dy, theta);
    }

    public static DoubleVector threshold(DoubleVector x, DoubleVector theta, DoubleVector value) {
        return x.blend(value, x.compare(LE, theta));
    }

    public static DoubleVector thresholdBackward(
            DoubleVector x, DoubleVector dy, DoubleVector theta, DoubleVector unused) {
        return all(0.0).blend(dy, x.compare(GT, theta));
    }

    // relu_ex(x) = min(x, max) for x >= theta, else slope * (x - theta). A slope of 0 gives +0, at -Inf too.
    public static DoubleVector reluEx(DoubleVector x, DoubleVector max, DoubleVector theta, DoubleVector slope) {
        DoubleVector left =
                slope.mul(x.sub(theta)).blend(0.0, slope.compare(EQ, 0.0).and(x.compare(LT, theta)));
        return left.blend(atMost(x, max), x.compare(GE, theta));
    }

    // At theta itself the slope is the right one, except that plain relu has 0 at 0. An infinite max is no
    // limit.
    public static DoubleVector reluExBackward(
            DoubleVector x, DoubleVector dy, DoubleVector max, DoubleVector theta, DoubleVector slope) {
        DoubleVector left = slope.mul(dy).blend(0.0, slope.compare(EQ, 0.0));
        DoubleVector inner = left.blend(
                dy,
                x.compare(GT, theta)
                        .or(x.compare(EQ, theta).and(theta.compare(EQ, 0.0).not())));
        return inner.blend(0.0, x.compare(GE, max).and(max.compare(LT, Double.POSITIVE_INFINITY)));
    }

    // hardsigmoid(x) = slope * x + offset between 0 and 1. The default is (x + 3) / 6 exactly.

    public static DoubleVector hardsigmoid(DoubleVector x, DoubleVector slope, DoubleVector offset) {
        DoubleVector v = atMost(atLeast(x, -0x1.fffffffffffffp1023), 0x1.fffffffffffffp1023);
        DoubleVector w = x.add(3.0);
        DoubleVector sixth = w.lanewise(FMA, HARDSIGMOID_SIXTH, w.mul(HARDSIGMOID_SIXTH_REST));
        DoubleVector line = slope.fma(v, offset)
                .blend(sixth, slope.compare(EQ, HARDSIGMOID_SIXTH).and(offset.compare(EQ, 0.5)));
        return atLeast(atMost(line, 1.0), 0.0);
    }

    public static DoubleVector hardsigmoidBackward(
            DoubleVector x, DoubleVector dy, DoubleVector slope, DoubleVector offset) {
        VectorMask<Double> inside = slope.fma(x, offset)
                .compare(GT, 0.0)
                .and(slope.fma(x, offset.sub(1.0)).compare(LT, 0.0));
        VectorMask<Double> insideSixths = x.compare(GT, -3.0).and(x.compare(LT, 3.0));
        VectorMask<Double> sixths = slope.compare(EQ, HARDSIGMOID_SIXTH).and(offset.compare(EQ, 0.5));
        return all(0.0).blend(
                        slope.mul(dy), sixths.and(insideSixths).or(sixths.not().and(inside)));
    }

    public static DoubleVector hardsigmoidBackwardFromOutput(
            DoubleVector y, DoubleVector dy, DoubleVector slope, DoubleVector unused) {
        return all(0.0).blend(slope.mul(dy), y.compare(GT, 0.0).and(y.compare(LT, 1.0)));
    }

    public static DoubleVector hardtanh(DoubleVector x, DoubleVector min, DoubleVector max) {
        return atMost(atLeast(x, min), max);
    }

    public static DoubleVector hardtanhBackward(DoubleVector x, DoubleVector dy, DoubleVector min, DoubleVector max) {
        return all(0.0).blend(dy, x.compare(GT, min).and(x.compare(LT, max)));
    }

    public static DoubleVector hardtanhBackwardFromOutput(
            DoubleVector y, DoubleVector dy, DoubleVector min, DoubleVector max) {
        return hardtanhBackward(y, dy, min, max);
    }

    // The values of hardtanh; the slope is 1 on the limits too.
    public static DoubleVector clamp(DoubleVector x, DoubleVector min, DoubleVector max) {
        return atMost(atLeast(x, min), max);
    }

    public static DoubleVector clampBackward(DoubleVector x, DoubleVector dy, DoubleVector min, DoubleVector max) {
        return all(0.0).blend(dy, x.compare(GE, min).and(x.compare(LE, max)));
    }

    public static DoubleVector hardshrink(DoubleVector x, DoubleVector lambda) {
        return x.blend(0.0, x.abs().compare(LE, lambda));
    }

    public static DoubleVector hardshrinkBackward(DoubleVector x, DoubleVector dy, DoubleVector lambda) {
        return all(0.0).blend(dy, x.abs().compare(GT, lambda));
    }

    public static DoubleVector hardshrinkBackwardFromOutput(DoubleVector y, DoubleVector dy, DoubleVector lambda) {
        return hardshrinkBackward(y, dy, lambda);
    }

    public static DoubleVector softshrink(DoubleVector x, DoubleVector lambda) {
        return x.sub(copySign(lambda, x)).blend(0.0, x.abs().compare(LE, lambda));
    }

    public static DoubleVector softshrinkBackward(DoubleVector x, DoubleVector dy, DoubleVector lambda) {
        return all(0.0).blend(dy, x.abs().compare(GT, lambda));
    }

    public static DoubleVector softshrinkBackwardFromOutput(DoubleVector y, DoubleVector dy, DoubleVector unused) {
        return all(0.0).blend(dy, y.abs().compare(GT, 0.0));
    }

    // ONNX Shrink: x - bias above lambda, x + bias below -lambda, else 0.
    public static DoubleVector shrink(DoubleVector x, DoubleVector lambda, DoubleVector bias) {
        return x.sub(bias)
                .blend(x.add(bias), x.compare(LT, 0.0))
                .blend(0.0, x.abs().compare(LE, lambda));
    }

    public static DoubleVector shrinkBackward(
            DoubleVector x, DoubleVector dy, DoubleVector lambda, DoubleVector unused) {
        return all(0.0).blend(dy, x.abs().compare(GT, lambda));
    }

    // sparse_plus(x) = 0 below -1, (x + 1)^2 / 4 up to 1, x above.
    public static DoubleVector sparsePlus(DoubleVector x) {
        DoubleVector u = atLeast(x, -1.0).add(1.0);
        return u.mul(0.25).mul(u).blend(x, x.compare(GE, 1.0));
    }

    public static DoubleVector sparsePlusBackward(DoubleVector x, DoubleVector dy) {
        DoubleVector inner = dy.mul(x.fma(0.5, 0.5));
        return inner.blend(dy, x.compare(GE, 1.0)).blend(0.0, x.compare(LE, -1.0));
    }

    public static DoubleVector sparsePlusSlopeFromOutput(DoubleVector y) {
        return atMost(y, 1.0).sqrt();
    }

    // sparse_sigmoid(x) = (x + 1) / 2 between 0 and 1.
    public static DoubleVector sparseSigmoid(DoubleVector x) {
        return atLeast(atMost(x.fma(0.5, 0.5), 1.0), 0.0);
    }

    public static DoubleVector sparseSigmoidBackward(DoubleVector x, DoubleVector dy) {
        return all(0.0).blend(dy.mul(0.5), x.abs().compare(LT, 1.0));
    }

    public static DoubleVector sparseSigmoidBackwardFromOutput(DoubleVector y, DoubleVector dy) {
        return all(0.0).blend(dy.mul(0.5), y.compare(GT, 0.0).and(y.compare(LT, 1.0)));
    }

    public static DoubleVector reluSquared(DoubleVector x) {
        DoubleVector v = atLeast(x, 0.0);
        return v.mul(v);
    }

    public static DoubleVector reluSquaredBackward(DoubleVector x, DoubleVector dy) {
        return dy.mul(x.mul(2.0)).blend(0.0, x.compare(LT, 0.0));
    }

    public static DoubleVector reluSquaredSlopeFromOutput(DoubleVector y) {
        return y.sqrt().mul(2.0);
    }

    // rrelu outside training: leaky_relu with the mean of the bounds between which training draws its slopes.
    public static DoubleVector rrelu(DoubleVector x, DoubleVector lower, DoubleVector upper) {
        return lower.add(upper).mul(0.5).mul(x).blend(x, x.compare(GT, 0.0));
    }

    public static DoubleVector rreluBackward(DoubleVector x, DoubleVector dy, DoubleVector lower, DoubleVector upper) {
        return lower.add(upper).mul(0.5).mul(dy).blend(dy, x.compare(GT, 0.0));
    }
}
