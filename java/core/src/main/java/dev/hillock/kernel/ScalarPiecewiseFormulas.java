package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.*;
import static java.lang.Math.abs;

/**
 * The mirror of {@code native/core/formulas/piecewise.h}, one float at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarPiecewiseFormulas {
    private ScalarPiecewiseFormulas() {}

    public static float relu6(float x) {
        return capped(floored(x, 0f), 6f);
    }

    public static float relu6Backward(float x, float dy) {
        return unless(!(x > 0f & x < 6f), dy);
    }

    public static float relu6BackwardFromOutput(float y, float dy) {
        return relu6Backward(y, dy);
    }

    public static float thresholdedRelu(float x, float theta) {
        return unless(x <= theta, x);
    }

    public static float thresholdedReluBackward(float x, float dy, float theta) {
        return unless(!(x > theta), dy);
    }

    public static float thresholdedReluBackwardFromOutput(float y, float dy, float theta) {
        return thresholdedReluBackward(y, dy, theta);
    }

    public static float threshold(float x, float theta, float value) {
        return select(x <= theta, value, x);
    }

    public static float thresholdBackward(float x, float dy, float theta, float unused) {
        return unless(!(x > theta), dy);
    }

    // relu_ex(x) = min(x, max) for x >= theta, else slope * (x - theta). A slope of 0 gives +0, at -Inf too.
    public static float reluEx(float x, float max, float theta, float slope) {
        float left = slope == 0f && x < theta ? 0f : slope * (x - theta);
        return select(x >= theta, atMost(x, max), left);
    }

    // At theta itself the slope is the right one, except that plain relu has 0 at 0. An infinite max is no
    // limit.
    public static float reluExBackward(float x, float dy, float max, float theta, float slope) {
        float left = slope == 0f ? 0f : slope * dy;
        float inner = select(x > theta | x == theta & !(theta == 0f), dy, left);
        return select(x >= max & max < Float.POSITIVE_INFINITY, 0f, inner);
    }

    // hardsigmoid(x) = slope * x + offset between 0 and 1. The default is (x + 3) / 6 exactly.
    static final float HARDSIGMOID_DEFAULT = 0x1.555556p-3f; // the float next to 1/6
    static final float HARDSIGMOID_SIXTH = 0x1.555554p-3f;
    static final float HARDSIGMOID_SIXTH_REST = 0x1.555556p-27f;

    public static float hardsigmoid(float x, float slope, float offset) {
        float v = capped(floored(x, -0x1.fffffep127f), 0x1.fffffep127f);
        float w = x + 3f;
        float sixth = fma(w, HARDSIGMOID_SIXTH, w * HARDSIGMOID_SIXTH_REST);
        float line = slope == HARDSIGMOID_DEFAULT && offset == 0.5f ? sixth : fma(slope, v, offset);
        return floored(capped(line, 1f), 0f);
    }

    public static float hardsigmoidBackward(float x, float dy, float slope, float offset) {
        boolean inside = fma(slope, x, offset) > 0f && fma(slope, x, offset - 1f) < 0f;
        boolean insideSixths = x > -3f && x < 3f;
        boolean sixths = slope == HARDSIGMOID_DEFAULT && offset == 0.5f;
        return unless(!(sixths & insideSixths | !sixths & inside), slope * dy);
    }

    public static float hardsigmoidBackwardFromOutput(float y, float dy, float slope, float unused) {
        return unless(!(y > 0f & y < 1f), slope * dy);
    }

    public static float hardtanh(float x, float min, float max) {
        return capped(floored(x, min), max);
    }

    public static float hardtanhBackward(float x, float dy, float min, float max) {
        return unless(!(x > min & x < max), dy);
    }

    public static float hardtanhBackwardFromOutput(float y, float dy, float min, float max) {
        return hardtanhBackward(y, dy, min, max);
    }

    // The values of hardtanh; the slope is 1 on the limits too.
    public static float clamp(float x, float min, float max) {
        return capped(floored(x, min), max);
    }

    public static float clampBackward(float x, float dy, float min, float max) {
        return unless(!(x >= min & x <= max), dy);
    }

    public static float hardshrink(float x, float lambda) {
        return unless(abs(x) <= lambda, x);
    }

    public static float hardshrinkBackward(float x, float dy, float lambda) {
        return unless(!(abs(x) > lambda), dy);
    }

    public static float hardshrinkBackwardFromOutput(float y, float dy, float lambda) {
        return hardshrinkBackward(y, dy, lambda);
    }

    public static float softshrink(float x, float lambda) {
        return floored(x - lambda, 0f) + capped(x + lambda, 0f);
    }

    public static float softshrinkBackward(float x, float dy, float lambda) {
        return unless(!(abs(x) > lambda), dy);
    }

    public static float softshrinkBackwardFromOutput(float y, float dy, float unused) {
        return unless(!(abs(y) > 0f), dy);
    }

    // ONNX Shrink: x - bias above lambda, x + bias below -lambda, else 0.
    public static float shrink(float x, float lambda, float bias) {
        return select(abs(x) <= lambda, 0f, select(x < 0f, x + bias, x - bias));
    }

    public static float shrinkBackward(float x, float dy, float lambda, float unused) {
        return unless(!(abs(x) > lambda), dy);
    }

    // sparse_plus(x) = 0 below -1, (x + 1)^2 / 4 up to 1, x above.
    public static float sparsePlus(float x) {
        float u = capped(floored(x, -1f), 1f) + 1f;
        return aboveOr(x, 1f, 0.25f * u * u);
    }

    public static float sparsePlusBackward(float x, float dy) {
        float inner = dy * fma(0.5f, x, 0.5f);
        return unless(x <= -1f, select(x >= 1f, dy, inner));
    }

    public static float sparsePlusSlopeFromOutput(float y) {
        return sqrt(capped(y, 1f));
    }

    // sparse_sigmoid(x) = (x + 1) / 2 between 0 and 1.
    public static float sparseSigmoid(float x) {
        return floored(capped(fma(0.5f, x, 0.5f), 1f), 0f);
    }

    public static float sparseSigmoidBackward(float x, float dy) {
        return unless(!(abs(x) < 1f), 0.5f * dy);
    }

    public static float sparseSigmoidBackwardFromOutput(float y, float dy) {
        return unless(!(y > 0f & y < 1f), 0.5f * dy);
    }

    public static float reluSquared(float x) {
        float v = floored(x, 0f);
        return v * v;
    }

    public static float reluSquaredBackward(float x, float dy) {
        return unless(x < 0f, dy * (2f * x));
    }

    public static float reluSquaredSlopeFromOutput(float y) {
        return 2f * sqrt(y);
    }

    // rrelu outside training: leaky_relu with the mean of the bounds between which training draws its slopes.
    public static float rrelu(float x, float lower, float upper) {
        return bent(x, 0.5f * (lower + upper));
    }

    public static float rreluBackward(float x, float dy, float lower, float upper) {
        return dy * either(x > 0f, 1f, 0.5f * (lower + upper));
    }
}
