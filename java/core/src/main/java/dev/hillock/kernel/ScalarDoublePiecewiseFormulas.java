package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.*;
import static java.lang.Math.abs;
import static java.lang.Math.copySign;

/**
 * The mirror of {@code native/core/formulas/piecewise.h}, one double at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarDoublePiecewiseFormulas {
    private ScalarDoublePiecewiseFormulas() {}

    public static double relu6(double x) {
        return atMost(atLeast(x, 0.0), 6.0);
    }

    public static double relu6Backward(double x, double dy) {
        return x > 0.0 && x < 6.0 ? dy : 0.0;
    }

    public static double relu6BackwardFromOutput(double y, double dy) {
        return relu6Backward(y, dy);
    }

    public static double thresholdedRelu(double x, double theta) {
        return x <= theta ? 0.0 : x;
    }

    public static double thresholdedReluBackward(double x, double dy, double theta) {
        return x > theta ? dy : 0.0;
    }

    public static double thresholdedReluBackwardFromOutput(double y, double dy, double theta) {
        return thresholdedReluBackward(y, dy, theta);
    }

    public static double threshold(double x, double theta, double value) {
        return x <= theta ? value : x;
    }

    public static double thresholdBackward(double x, double dy, double theta, double unused) {
        return x > theta ? dy : 0.0;
    }

    // relu_ex(x) = min(x, max) for x >= theta, else slope * (x - theta). A slope of 0 gives +0, at -Inf too.
    public static double reluEx(double x, double max, double theta, double slope) {
        double left = slope == 0.0 && x < theta ? 0.0 : slope * (x - theta);
        return x >= theta ? atMost(x, max) : left;
    }

    // At theta itself the slope is the right one, except that plain relu has 0 at 0. An infinite max is no
    // limit.
    public static double reluExBackward(double x, double dy, double max, double theta, double slope) {
        double left = slope == 0.0 ? 0.0 : slope * dy;
        double inner = x > theta || x == theta && !(theta == 0.0) ? dy : left;
        return x >= max && max < Double.POSITIVE_INFINITY ? 0.0 : inner;
    }

    // hardsigmoid(x) = slope * x + offset between 0 and 1. The default is (x + 3) / 6 exactly.
    static final double HARDSIGMOID_SIXTH = 0x1.5555555555555p-3; // the double next to 1/6
    static final double HARDSIGMOID_SIXTH_REST = 0x1.5555555555555p-57;

    public static double hardsigmoid(double x, double slope, double offset) {
        double v = atMost(atLeast(x, -0x1.fffffffffffffp1023), 0x1.fffffffffffffp1023);
        double w = x + 3.0;
        double sixth = fma(w, HARDSIGMOID_SIXTH, w * HARDSIGMOID_SIXTH_REST);
        double line = slope == HARDSIGMOID_SIXTH && offset == 0.5 ? sixth : fma(slope, v, offset);
        return atLeast(atMost(line, 1.0), 0.0);
    }

    public static double hardsigmoidBackward(double x, double dy, double slope, double offset) {
        boolean inside = fma(slope, x, offset) > 0.0 && fma(slope, x, offset - 1.0) < 0.0;
        boolean insideSixths = x > -3.0 && x < 3.0;
        boolean sixths = slope == HARDSIGMOID_SIXTH && offset == 0.5;
        return sixths && insideSixths || !sixths && inside ? slope * dy : 0.0;
    }

    public static double hardsigmoidBackwardFromOutput(double y, double dy, double slope, double unused) {
        return y > 0.0 && y < 1.0 ? slope * dy : 0.0;
    }

    public static double hardtanh(double x, double min, double max) {
        return atMost(atLeast(x, min), max);
    }

    public static double hardtanhBackward(double x, double dy, double min, double max) {
        return x > min && x < max ? dy : 0.0;
    }

    public static double hardtanhBackwardFromOutput(double y, double dy, double min, double max) {
        return hardtanhBackward(y, dy, min, max);
    }

    // The values of hardtanh; the slope is 1 on the limits too.
    public static double clamp(double x, double min, double max) {
        return atMost(atLeast(x, min), max);
    }

    public static double clampBackward(double x, double dy, double min, double max) {
        return x >= min && x <= max ? dy : 0.0;
    }

    public static double hardshrink(double x, double lambda) {
        return abs(x) <= lambda ? 0.0 : x;
    }

    public static double hardshrinkBackward(double x, double dy, double lambda) {
        return abs(x) > lambda ? dy : 0.0;
    }

    public static double hardshrinkBackwardFromOutput(double y, double dy, double lambda) {
        return hardshrinkBackward(y, dy, lambda);
    }

    public static double softshrink(double x, double lambda) {
        return abs(x) <= lambda ? 0.0 : x - copySign(lambda, x);
    }

    public static double softshrinkBackward(double x, double dy, double lambda) {
        return abs(x) > lambda ? dy : 0.0;
    }

    public static double softshrinkBackwardFromOutput(double y, double dy, double unused) {
        return abs(y) > 0.0 ? dy : 0.0;
    }

    // ONNX Shrink: x - bias above lambda, x + bias below -lambda, else 0.
    public static double shrink(double x, double lambda, double bias) {
        return abs(x) <= lambda ? 0.0 : x < 0.0 ? x + bias : x - bias;
    }

    public static double shrinkBackward(double x, double dy, double lambda, double unused) {
        return abs(x) > lambda ? dy : 0.0;
    }

    // sparse_plus(x) = 0 below -1, (x + 1)^2 / 4 up to 1, x above.
    public static double sparsePlus(double x) {
        double u = atLeast(x, -1.0) + 1.0;
        return x >= 1.0 ? x : 0.25 * u * u;
    }

    public static double sparsePlusBackward(double x, double dy) {
        double inner = dy * fma(0.5, x, 0.5);
        return x <= -1.0 ? 0.0 : x >= 1.0 ? dy : inner;
    }

    public static double sparsePlusSlopeFromOutput(double y) {
        return sqrt(atMost(y, 1.0));
    }

    // sparse_sigmoid(x) = (x + 1) / 2 between 0 and 1.
    public static double sparseSigmoid(double x) {
        return atLeast(atMost(fma(0.5, x, 0.5), 1.0), 0.0);
    }

    public static double sparseSigmoidBackward(double x, double dy) {
        return abs(x) < 1.0 ? 0.5 * dy : 0.0;
    }

    public static double sparseSigmoidBackwardFromOutput(double y, double dy) {
        return y > 0.0 && y < 1.0 ? 0.5 * dy : 0.0;
    }

    public static double reluSquared(double x) {
        double v = atLeast(x, 0.0);
        return v * v;
    }

    public static double reluSquaredBackward(double x, double dy) {
        return x < 0.0 ? 0.0 : dy * (2.0 * x);
    }

    public static double reluSquaredSlopeFromOutput(double y) {
        return 2.0 * sqrt(y);
    }

    // rrelu outside training: leaky_relu with the mean of the bounds between which training draws its slopes.
    public static double rrelu(double x, double lower, double upper) {
        return x > 0.0 ? x : 0.5 * (lower + upper) * x;
    }

    public static double rreluBackward(double x, double dy, double lower, double upper) {
        return x > 0.0 ? dy : 0.5 * (lower + upper) * dy;
    }
}
