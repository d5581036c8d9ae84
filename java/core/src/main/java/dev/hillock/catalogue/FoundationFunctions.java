package dev.hillock.catalogue;

import static dev.hillock.catalogue.Property.CAN_DIE;
import static dev.hillock.catalogue.Property.CONTINUOUS_SLOPE;
import static dev.hillock.catalogue.Property.MONOTONIC;
import static dev.hillock.catalogue.Property.SATURATES_LEFT;
import static dev.hillock.catalogue.Property.SATURATES_RIGHT;
import static dev.hillock.catalogue.Property.SMOOTH;
import static dev.hillock.catalogue.Property.ZERO_CENTRED;
import static java.lang.Math.exp;
import static java.lang.Math.expm1;
import static java.lang.Math.tanh;

/** The functions that everybody knows; their kernels stand in {@code native/core/formulas.h}. */
final class FoundationFunctions {
    // selu's own constants, exact, not the floats next to them.
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_LAMBDA = 1.0507009873554805;

    private FoundationFunctions() {}

    static void define(Definitions all) {
        all.define("identity")
                .alias("linear", "none")
                .reference((x, p) -> x)
                .referenceDerivative((x, p) -> 1)
                .referenceFromOutput((y, p) -> 1)
                .text("x", "1", "(-inf, inf)")
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("regression output")
                .oneDnn("linear");
        all.define("sigmoid")
                .alias("logistic", "expit", "sigm")
                .reference((x, p) -> References.sigmoid(x))
                .referenceDerivative((x, p) -> References.sigmoid(x) * References.sigmoid(-x))
                .referenceFromOutput((y, p) -> y * (1 - y))
                .text("1 / (1 + e^-x)", "s(x) s(-x) = y (1 - y)", "(0, 1)")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("binary and multi-label outputs, gates")
                .oneDnn("logistic");
        all.define("tanh")
                .alias("hyperbolic_tangent")
                .reference((x, p) -> tanh(x))
                .referenceDerivative((x, p) -> References.tanhDerivative(x))
                .referenceFromOutput((y, p) -> (1 - y) * (1 + y))
                .text("tanh x", "1 - tanh(x)^2 = 1 - y^2", "(-1, 1)")
                .bounds(-1, 1)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("recurrent cell and candidate state, outputs in [-1, 1]")
                .oneDnn("tanh");
        all.define("relu")
                .alias("rectifier", "ramp")
                .reference((x, p) -> x < 0 ? 0 : x)
                .referenceDerivative((x, p) -> x > 0 ? 1 : 0)
                .referenceFromOutput((y, p) -> y > 0 ? 1 : 0)
                .text("max(0, x)", "1 if x > 0 else 0", "[0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC)
                .use("default hidden layer of perceptrons and convolutional networks")
                .oneDnn("relu");
        all.define("leaky_relu")
                .alias("lrelu", "leaky_rectifier")
                .parameter("alpha", 0.01, "a", "slope", "negative_slope", "weight")
                .testedAt(0.2)
                .reference((x, p) -> x > 0 ? x : p[0] * x)
                .referenceDerivative((x, p) -> x > 0 ? 1 : p[0])
                .referenceFromOutput((y, p) -> y > 0 ? 1 : p[0], alpha -> alpha >= 0)
                .text("x if x > 0 else alpha x", "1 if x > 0 else alpha", "(-inf, inf) for alpha > 0")
                .is(ZERO_CENTRED, MONOTONIC)
                .use("when relu units die")
                .oneDnn("relu");
        all.define("elu")
                .parameter("alpha", 1, "a", "slope", "negative_slope", "weight")
                .testedAt(0.5)
                .reference((x, p) -> x > 0 ? x : p[0] * expm1(x))
                .referenceDerivative((x, p) -> x > 0 ? 1 : p[0] * exp(x))
                .referenceFromOutput((y, p) -> y > 0 ? 1 : y + p[0], alpha -> alpha >= 0)
                .text("x if x > 0 else alpha (e^x - 1)", "1 if x > 0 else alpha e^x (= y + alpha)", "(-alpha, inf)")
                .bounds(p -> p[0] >= 0 ? -p[0] : 0, p -> Double.POSITIVE_INFINITY)
                .is(ZERO_CENTRED, SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("without batch normalisation")
                .oneDnn("elu");
        all.define("selu")
                .parameter("alpha", SELU_ALPHA)
                .parameter("lambda", SELU_LAMBDA, "gamma")
                .reference((x, p) -> lambda(p) * (x > 0 ? x : alpha(p) * expm1(x)))
                .referenceDerivative((x, p) -> lambda(p) * (x > 0 ? 1 : alpha(p) * exp(x)))
                .referenceFromOutput((y, p) -> y > 0 ? lambda(p) : y + lambda(p) * alpha(p), alpha -> alpha >= 0)
                .text(
                        "lambda (x if x > 0 else alpha (e^x - 1))",
                        "lambda if x > 0 else lambda alpha e^x (= y + lambda alpha)",
                        "(-1.7580993, inf)")
                .bounds(p -> -alpha(p) * lambda(p), p -> Double.POSITIVE_INFINITY)
                .is(ZERO_CENTRED, SATURATES_LEFT, MONOTONIC)
                .use("deep plain perceptrons with LeCun initialisation and standardised input")
                .oneDnn("elu, linear");
        all.define("silu")
                .alias("swish", "swish1")
                .reference((x, p) -> References.swish(x, 1))
                .referenceDerivative((x, p) -> References.swishDerivative(x, 1))
                .text("x s(x)", "s(x) (1 + x s(-x))", "[-0.2784646, inf)")
                .slopeRoot((x, p) -> References.SWISH_MINIMUM)
                .bounds(-0.27846454276107380, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("convolutional networks, diffusion, inside swiglu")
                .oneDnn("swish");
        all.define("swish_beta")
                .parameter("beta", 1)
                .testedAt(0.5)
                .testedAt(3)
                .reference((x, p) -> References.swish(x, p[0]))
                .referenceDerivative((x, p) -> References.swishDerivative(x, p[0]))
                .text("x s(beta x)", "s(beta x) (1 + beta x s(-beta x))", "[-0.2784645 / beta, inf) for beta > 0")
                .slopeRoot((x, p) -> References.SWISH_MINIMUM / p[0])
                .bounds(
                        p -> p[0] > 0 ? -0.27846454276107380 / p[0] : Double.NEGATIVE_INFINITY,
                        p -> p[0] < 0 ? -0.27846454276107380 / p[0] : Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("as silu, with a learned beta")
                .oneDnn("swish");
        all.define("gelu")
                .alias("gelu_erf", "gelu_none", "gelu_exact")
                .reference((x, p) -> References.gelu(x))
                .referenceDerivative((x, p) -> References.geluDerivative(x))
                .text("x Phi(x)", "Phi(x) + x phi(x)", "[-0.1699713, inf)")
                .slopeRoot((x, p) -> -0.75179152447166660)
                .bounds(-0.16997120747990369, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("encoders, the GPT-2 family (tanh form)")
                .oneDnn("gelu_erf");
        all.define("gelu_tanh")
                .alias("gelu_new", "gelu_pytorch_tanh", "gelu_fast")
                .reference((x, p) -> References.geluTanh(x))
                .referenceDerivative((x, p) -> References.geluTanhDerivative(x))
                .text(
                        "x/2 (1 + tanh(u)), u = sqrt(2/pi) (x + 0.044715 x^3)",
                        "(1 + t)/2 + x/2 (1 - t^2) sqrt(2/pi) (1 + 0.134145 x^2), t = tanh(u)",
                        "[-0.1700408, inf)")
                .slopeRoot((x, p) -> -0.75246142207822640)
                .bounds(-0.17004075057125412, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("models that were trained with this form")
                .oneDnn("gelu_tanh");
        all.define("softplus")
                .alias("soft_relu", "smooth_relu")
                .parameter("beta", 1)
                .limit("threshold", Double.POSITIVE_INFINITY)
                .requires("parameter beta must be above 0", p -> p[0] > 0)
                .usually(p -> p[0] == 1 && p[1] >= 18)
                .testedAt(1, 20)
                .testedAt(2, Double.POSITIVE_INFINITY)
                .testedAt(2, 3)
                .reference((x, p) -> x * p[0] > p[1] ? x : References.softplus(x * p[0]) / p[0])
                .referenceDerivative((x, p) -> x * p[0] > p[1] ? 1 : References.sigmoid(x * p[0]))
                .referenceFromOutput((y, p) -> y * p[0] > p[1] ? 1 : -expm1(-p[0] * y))
                .text("ln(1 + e^(beta x)) / beta", "s(beta x) (= 1 - e^(-beta y))", "(0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("positive parameters: variance, rate")
                .oneDnn("soft_relu");
        all.define("mish")
                .reference((x, p) -> References.mish(x))
                .referenceDerivative((x, p) -> References.mishDerivative(x))
                .text("x tanh(ln(1 + e^x))", "t + x s(x) (1 - t^2), t = tanh(ln(1 + e^x))", "[-0.3088435, inf)")
                .slopeRoot((x, p) -> -1.1924312145154460)
                .bounds(-0.30884341042250610, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("detectors")
                .oneDnn("mish");
        all.define("hardswish")
                .alias("hard_swish", "hard_silu", "h_swish")
                .reference((x, p) -> x == Double.NEGATIVE_INFINITY ? -0.0 : x < -3 ? -0.0 : x > 3 ? x : x * (x + 3) / 6)
                .referenceDerivative((x, p) -> x < -3 ? 0 : x > 3 ? 1 : x / 3 + 0.5)
                .text("x min(max(x + 3, 0), 6) / 6", "0 if x < -3; x/3 + 1/2 if x <= 3; 1 above", "[-0.375, inf)")
                .slopeRoot((x, p) -> -1.5)
                .bounds(-0.375, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE)
                .use("mobile networks")
                .oneDnn("hardswish");
    }

    private static double alpha(double[] p) {
        return p[0] == (float) SELU_ALPHA ? SELU_ALPHA : p[0];
    }

    private static double lambda(double[] p) {
        return p[1] == (float) SELU_LAMBDA ? SELU_LAMBDA : p[1];
    }
}
