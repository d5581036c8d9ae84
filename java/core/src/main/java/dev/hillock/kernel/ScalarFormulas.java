package dev.hillock.kernel;

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

    public static float identityBackwardFromOutput(float y, float dy) {
        return dy;
    }

    public static float relu(float x) {
        return x < 0f ? 0f : x;
    }

    public static float reluBackward(float x, float dy) {
        return x > 0f ? dy : 0f;
    }

    public static float reluBackwardFromOutput(float y, float dy) {
        return y > 0f ? dy : 0f;
    }

    public static float leakyRelu(float x, float alpha) {
        return x > 0f ? x : alpha * x;
    }

    public static float leakyReluBackward(float x, float dy, float alpha) {
        return x > 0f ? dy : alpha * dy;
    }

    public static float leakyReluBackwardFromOutput(float y, float dy, float alpha) {
        return leakyReluBackward(y, dy, alpha);
    }
}
