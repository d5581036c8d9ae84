package dev.hillock.bench;

import org.apache.commons.numbers.gamma.Erf;

/**
 * What a Java program contains before it knows of Hillock: the textbook's line with {@link Math}, in float where that
 * costs nothing. {@link PlainJava} finds them by name: {@code silu(x)}, its slope {@code siluDerivative(x)} and, where
 * it can be had from the output, {@code tanhFromOutput(y)}; parameters follow x.
 */
final class PlainFormulas {
    private static final float SQRT_2_OVER_PI = 0.7978846f;
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double ONE_OVER_SQRT_2_PI = 1 / Math.sqrt(2 * Math.PI);

    private PlainFormulas() {}

    private static float expf(float x) {
        return (float) Math.exp(x);
    }

    private static float logf(float x) {
        return (float) Math.log(x);
    }

    static float identity(float x) {
        return x;
    }

    static float identityDerivative(float x) {
        return 1;
    }

    static float sigmoid(float x) {
        return 1 / (1 + expf(-x));
    }

    static float sigmoidDerivative(float x) {
        float y = sigmoid(x);
        return y * (1 - y);
    }

    static float sigmoidFromOutput(float y) {
        return y * (1 - y);
    }

    static float tanh(float x) {
        return (float) Math.tanh(x);
    }

    static float tanhDerivative(float x) {
        float y = tanh(x);
        return 1 - y * y;
    }

    static float tanhFromOutput(float y) {
        return 1 - y * y;
    }

    static float relu(float x) {
        return Math.max(x, 0);
    }

    static float reluDerivative(float x) {
        return x > 0 ? 1 : 0;
    }

    static float reluFromOutput(float y) {
        return y > 0 ? 1 : 0;
    }

    static float leakyRelu(float x, float alpha) {
        return x > 0 ? x : alpha * x;
    }

    static float leakyReluDerivative(float x, float alpha) {
        return x > 0 ? 1 : alpha;
    }

    static float elu(float x, float alpha) {
        return x > 0 ? x : alpha * (expf(x) - 1);
    }

    static float eluDerivative(float x, float alpha) {
        return x > 0 ? 1 : alpha * expf(x);
    }

    static float eluFromOutput(float y, float alpha) {
        return y > 0 ? 1 : y + alpha;
    }

    static float selu(float x, float alpha, float lambda) {
        return lambda * (x > 0 ? x : alpha * (expf(x) - 1));
    }

    static float seluDerivative(float x, float alpha, float lambda) {
        return lambda * (x > 0 ? 1 : alpha * expf(x));
    }

    static float silu(float x) {
        return x / (1 + expf(-x));
    }

    static float siluDerivative(float x) {
        float s = sigmoid(x);
        return s * (1 + x * (1 - s));
    }

    static float swishBeta(float x, float beta) {
        return x / (1 + expf(-beta * x));
    }

    static float swishBetaDerivative(float x, float beta) {
        float s = sigmoid(beta * x);
        return s * (1 + beta * x * (1 - s));
    }

    // Java has no erf; this is the one of Apache Commons Numbers.
    static float gelu(float x) {
        return (float) (0.5 * x * (1 + Erf.value(x * SQRT_HALF)));
    }

    static float geluDerivative(float x) {
        double density = ONE_OVER_SQRT_2_PI * Math.exp(-0.5 * x * x);
        return (float) (0.5 * (1 + Erf.value(x * SQRT_HALF)) + x * density);
    }

    static float geluTanh(float x) {
        return 0.5f * x * (1 + tanh(SQRT_2_OVER_PI * (x + 0.044715f * x * x * x)));
    }

    static float geluTanhDerivative(float x) {
        float t = tanh(SQRT_2_OVER_PI * (x + 0.044715f * x * x * x));
        return 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * SQRT_2_OVER_PI * (1 + 0.134145f * x * x);
    }

    static float softplus(float x, float beta, float threshold) {
        return beta * x > threshold ? x : logf(1 + expf(beta * x)) / beta;
    }

    static float softplusDerivative(float x, float beta, float threshold) {
        return beta * x > threshold ? 1 : sigmoid(beta * x);
    }

    static float mish(float x) {
        return x * tanh(softplus(x, 1, Float.POSITIVE_INFINITY));
    }

    static float mishDerivative(float x) {
        float t = tanh(softplus(x, 1, Float.POSITIVE_INFINITY));
        return t + x * sigmoid(x) * (1 - t * t);
    }

    static float hardswish(float x) {
        return x * Math.min(Math.max(x + 3, 0), 6) / 6;
    }

    static float hardswishDerivative(float x) {
        return x < -3 ? 0 : x > 3 ? 1 : x / 3 + 0.5f;
    }
}
