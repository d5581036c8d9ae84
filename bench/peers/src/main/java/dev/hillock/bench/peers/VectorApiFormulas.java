package dev.hillock.bench.peers;

import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.EXPM1;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LOG1P;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.TANH;

import jdk.incubator.vector.FloatVector;

/**
 * The textbook's formulas on vectors. {@link VectorApi} finds them by name: {@code silu}, {@code silu_backward(x, dy)},
 * {@code tanh_from_output(y, dy)}; parameters have their defaults. The API has no erf: gelu takes the polynomial 7.1.26
 * of Abramowitz and Stegun, absolute error 1.5e-7.
 */
final class VectorApiFormulas {
    private static final float SQRT_HALF = 0.70710678f;
    private static final float ONE_OVER_SQRT_2_PI = 0.39894228f;
    private static final float SQRT_2_OVER_PI = 0.7978846f;
    private static final float SELU_ALPHA = 1.6732632f;
    private static final float SELU_LAMBDA = 1.0507010f;

    private VectorApiFormulas() {}

    private static FloatVector logistic(FloatVector x) {
        FloatVector e = x.neg().lanewise(EXP);
        return FloatVector.broadcast(x.species(), 1).div(e.add(1));
    }

    private static FloatVector logOnePlusExp(FloatVector x) {
        return x.max(0).add(x.abs().neg().lanewise(EXP).lanewise(LOG1P));
    }

    // Phi(x) = (1 + erf(x / sqrt 2)) / 2.
    private static FloatVector normal(FloatVector x) {
        FloatVector z = x.abs().mul(SQRT_HALF);
        FloatVector t =
                FloatVector.broadcast(x.species(), 1).div(z.mul(0.3275911f).add(1));
        FloatVector p = t.mul(1.061405429f).add(-1.453152027f);
        p = p.fma(t, FloatVector.broadcast(x.species(), 1.421413741f));
        p = p.fma(t, FloatVector.broadcast(x.species(), -0.284496736f));
        p = p.fma(t, FloatVector.broadcast(x.species(), 0.254829592f));
        FloatVector half = p.mul(t).mul(z.mul(z).neg().lanewise(EXP)).mul(0.5f);
        return half.blend(half.neg().add(1), x.compare(GT, 0));
    }

    static FloatVector relu(FloatVector x) {
        return x.max(0);
    }

    static FloatVector relu_backward(FloatVector x, FloatVector dy) {
        return FloatVector.zero(x.species()).blend(dy, x.compare(GT, 0));
    }

    static FloatVector relu_from_output(FloatVector y, FloatVector dy) {
        return relu_backward(y, dy);
    }

    static FloatVector leaky_relu(FloatVector x) {
        return x.mul(0.01f).blend(x, x.compare(GT, 0));
    }

    static FloatVector leaky_relu_backward(FloatVector x, FloatVector dy) {
        return dy.mul(0.01f).blend(dy, x.compare(GT, 0));
    }

    static FloatVector sigmoid(FloatVector x) {
        return logistic(x);
    }

    static FloatVector sigmoid_backward(FloatVector x, FloatVector dy) {
        return sigmoid_from_output(logistic(x), dy);
    }

    static FloatVector sigmoid_from_output(FloatVector y, FloatVector dy) {
        return y.mul(y.neg().add(1)).mul(dy);
    }

    static FloatVector tanh(FloatVector x) {
        return x.lanewise(TANH);
    }

    static FloatVector tanh_backward(FloatVector x, FloatVector dy) {
        return tanh_from_output(x.lanewise(TANH), dy);
    }

    static FloatVector tanh_from_output(FloatVector y, FloatVector dy) {
        return y.mul(y).neg().add(1).mul(dy);
    }

    static FloatVector silu(FloatVector x) {
        return x.div(x.neg().lanewise(EXP).add(1));
    }

    static FloatVector silu_backward(FloatVector x, FloatVector dy) {
        FloatVector s = logistic(x);
        return s.mul(x.mul(s.neg().add(1)).add(1)).mul(dy);
    }

    static FloatVector swiglu(FloatVector gate, FloatVector value) {
        return silu(gate).mul(value);
    }

    static FloatVector gelu(FloatVector x) {
        return x.mul(normal(x));
    }

    static FloatVector gelu_backward(FloatVector x, FloatVector dy) {
        FloatVector density = x.mul(x).mul(-0.5f).lanewise(EXP).mul(ONE_OVER_SQRT_2_PI);
        return x.fma(density, normal(x)).mul(dy);
    }

    private static FloatVector cubicTanh(FloatVector x) {
        FloatVector cubic = x.mul(x).mul(0.044715f).add(1).mul(x);
        return cubic.mul(SQRT_2_OVER_PI).lanewise(TANH);
    }

    static FloatVector gelu_tanh(FloatVector x) {
        return cubicTanh(x).add(1).mul(x).mul(0.5f);
    }

    static FloatVector gelu_tanh_backward(FloatVector x, FloatVector dy) {
        FloatVector t = cubicTanh(x);
        FloatVector inner = x.mul(x).mul(0.134145f).add(1).mul(SQRT_2_OVER_PI);
        FloatVector slope = t.mul(t).neg().add(1).mul(x).mul(inner).add(t).add(1);
        return slope.mul(0.5f).mul(dy);
    }

    static FloatVector elu(FloatVector x) {
        return x.lanewise(EXPM1).blend(x, x.compare(GT, 0));
    }

    static FloatVector elu_backward(FloatVector x, FloatVector dy) {
        return x.lanewise(EXP).mul(dy).blend(dy, x.compare(GT, 0));
    }

    static FloatVector selu(FloatVector x) {
        return x.lanewise(EXPM1).mul(SELU_ALPHA).blend(x, x.compare(GT, 0)).mul(SELU_LAMBDA);
    }

    static FloatVector selu_backward(FloatVector x, FloatVector dy) {
        return x.lanewise(EXP)
                .mul(SELU_ALPHA)
                .mul(dy)
                .blend(dy, x.compare(GT, 0))
                .mul(SELU_LAMBDA);
    }

    static FloatVector softplus(FloatVector x) {
        return logOnePlusExp(x);
    }

    static FloatVector softplus_backward(FloatVector x, FloatVector dy) {
        return logistic(x).mul(dy);
    }

    static FloatVector mish(FloatVector x) {
        return x.mul(logOnePlusExp(x).lanewise(TANH));
    }

    static FloatVector mish_backward(FloatVector x, FloatVector dy) {
        FloatVector t = logOnePlusExp(x).lanewise(TANH);
        return t.mul(t).neg().add(1).mul(x).mul(logistic(x)).add(t).mul(dy);
    }

    static FloatVector hardswish(FloatVector x) {
        return x.mul(x.add(3).max(0).min(6)).mul(1 / 6f);
    }

    static FloatVector hardswish_backward(FloatVector x, FloatVector dy) {
        FloatVector middle = x.mul(1 / 3f).add(0.5f).mul(dy);
        return middle.blend(0, x.compare(LT, -3)).blend(dy, x.compare(GE, 3));
    }
}
