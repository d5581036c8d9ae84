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

import java.util.List;

/**
 * The element-wise functions, one entry each: the only place that knows what each of them means. The references are the
 * textbook's formulas in double precision, in the form that keeps full accuracy in the tails. The order is that of the
 * native library's ids; functions that only Java has come last.
 */
final class Elementwise {
    // The definition's own constants.
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_LAMBDA = 1.0507009873554805;
    // Where silu has its minimum: the root of 1 + x s(-x).
    private static final double SWISH_MINIMUM = -1.2784645427610738;

    private final List<Function> functions;

    private Elementwise(List<Function> functions) {
        this.functions = functions;
    }

    /** Adds every function to a list. */
    static void define(List<Function> functions) {
        Elementwise definitions = new Elementwise(functions);
        definitions.foundation();
        definitions.further();
        definitions.rare();
    }

    private Function define(String name) {
        Function function = new Function(functions.size(), name);
        functions.add(function);
        return function;
    }

    // NaN goes through a choice: the value chosen unless x is NaN.
    private static double keep(boolean first, double x, double other) {
        return first || Double.isNaN(x) ? x : other;
    }

    private static double clamp(double x, double min, double max) {
        return x < min ? min : x > max ? max : x;
    }

    // selu's own constants are exact, not the floats next to them.
    private static double alpha(double[] p) {
        return p[0] == (float) SELU_ALPHA ? SELU_ALPHA : p[0];
    }

    private static double lambda(double[] p) {
        return p[1] == (float) SELU_LAMBDA ? SELU_LAMBDA : p[1];
    }

    private void foundation() {
        define("identity")
                .alias("linear", "none")
                .reference((x, p) -> x)
                .referenceDerivative((x, p) -> 1)
                .referenceFromOutput((y, p) -> 1)
                .text("x", "1", "(-inf, inf)")
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("regression output")
                .oneDnn("linear");
        define("sigmoid")
                .alias("logistic", "expit", "sigm")
                .reference((x, p) -> References.sigmoid(x))
                .referenceDerivative((x, p) -> References.sigmoid(x) * References.sigmoid(-x))
                .referenceFromOutput((y, p) -> y * (1 - y))
                .text("1 / (1 + e^-x)", "s(x) s(-x) = y (1 - y)", "(0, 1)")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("binary and multi-label outputs, gates")
                .oneDnn("logistic");
        define("tanh")
                .alias("hyperbolic_tangent")
                .reference((x, p) -> tanh(x))
                .referenceDerivative((x, p) -> References.tanhDerivative(x))
                .referenceFromOutput((y, p) -> (1 - y) * (1 + y))
                .text("tanh x", "1 - tanh(x)^2 = 1 - y^2", "(-1, 1)")
                .bounds(-1, 1)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("recurrent cell and candidate state, outputs in [-1, 1]")
                .oneDnn("tanh");
        define("relu")
                .alias("rectifier", "ramp")
                .reference((x, p) -> x < 0 ? 0 : x)
                .referenceDerivative((x, p) -> x > 0 ? 1 : 0)
                .referenceFromOutput((y, p) -> y > 0 ? 1 : 0)
                .text("max(0, x)", "1 if x > 0 else 0", "[0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC)
                .use("default hidden layer of perceptrons and convolutional networks")
                .oneDnn("relu");
        define("leaky_relu")
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
        define("elu")
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
        define("selu")
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
        define("silu")
                .alias("swish", "swish1")
                .reference((x, p) -> References.swish(x, 1))
                .referenceDerivative((x, p) -> References.swishDerivative(x, 1))
                .text("x s(x)", "s(x) (1 + x s(-x))", "[-0.2784646, inf)")
                .slopeRoot((x, p) -> SWISH_MINIMUM)
                .bounds(-0.27846454276107380, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("convolutional networks, diffusion, inside swiglu")
                .oneDnn("swish");
        define("swish_beta")
                .parameter("beta", 1)
                .testedAt(0.5)
                .testedAt(3)
                .reference((x, p) -> References.swish(x, p[0]))
                .referenceDerivative((x, p) -> References.swishDerivative(x, p[0]))
                .text("x s(beta x)", "s(beta x) (1 + beta x s(-beta x))", "[-0.2784645 / beta, inf) for beta > 0")
                .slopeRoot((x, p) -> SWISH_MINIMUM / p[0])
                .bounds(
                        p -> p[0] > 0 ? -0.27846454276107380 / p[0] : Double.NEGATIVE_INFINITY,
                        p -> p[0] < 0 ? -0.27846454276107380 / p[0] : Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("as silu, with a learned beta")
                .oneDnn("swish");
        define("gelu")
                .alias("gelu_erf", "gelu_none", "gelu_exact")
                .reference((x, p) -> References.gelu(x))
                .referenceDerivative((x, p) -> References.geluDerivative(x))
                .text("x Phi(x)", "Phi(x) + x phi(x)", "[-0.1699713, inf)")
                .slopeRoot((x, p) -> -0.75179152447166660)
                .bounds(-0.16997120747990369, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("encoders, the GPT-2 family (tanh form)")
                .oneDnn("gelu_erf");
        define("gelu_tanh")
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
        define("softplus")
                .alias("soft_relu", "smooth_relu")
                .parameter("beta", 1)
                .testedAt(2)
                .reference((x, p) -> References.softplus(x * p[0]) / p[0])
                .referenceDerivative((x, p) -> References.sigmoid(x * p[0]))
                .referenceFromOutput((y, p) -> -expm1(-p[0] * y))
                .text("ln(1 + e^(beta x)) / beta", "s(beta x) (= 1 - e^(-beta y))", "(0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("positive parameters: variance, rate")
                .oneDnn("soft_relu");
        define("mish")
                .reference((x, p) -> References.mish(x))
                .referenceDerivative((x, p) -> References.mishDerivative(x))
                .text("x tanh(ln(1 + e^x))", "t + x s(x) (1 - t^2), t = tanh(ln(1 + e^x))", "[-0.3088435, inf)")
                .slopeRoot((x, p) -> -1.1924312145154460)
                .bounds(-0.30884341042250610, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("detectors")
                .oneDnn("mish");
        define("hardswish")
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

    private void further() {
        define("relu6")
                .reference((x, p) -> clamp(x, 0, 6))
                .referenceDerivative((x, p) -> x > 0 && x < 6 ? 1 : 0)
                .referenceFromOutput((y, p) -> y > 0 && y < 6 ? 1 : 0)
                .text("min(max(0, x), 6)", "1 if 0 < x < 6 else 0", "[0, 6]")
                .bounds(0, 6)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("mobile networks, low precision")
                .oneDnn("clip_v2");
        define("thresholded_relu")
                .parameter("theta", 1, "alpha")
                .reference((x, p) -> keep(x > p[0], x, 0))
                .referenceDerivative((x, p) -> x > p[0] ? 1 : 0)
                .referenceFromOutput((y, p) -> y > p[0] ? 1 : 0, theta -> theta >= 0)
                .text("x if x > theta else 0", "1 if x > theta else 0", "{0} and (theta, inf)")
                .bounds(p -> Math.min(0, p[0]), p -> Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC)
                .use("sparse auto-encoders");
        define("threshold")
                .required("theta")
                .required("value")
                .testedAt(0.5, -1)
                .reference((x, p) -> keep(x > p[0], x, p[1]))
                .referenceDerivative((x, p) -> x > p[0] ? 1 : 0)
                .text("x if x > theta else value", "1 if x > theta else 0", "{value} and (theta, inf)")
                .bounds(p -> Math.min(p[0], p[1]), p -> Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC)
                .use("imported models");
        define("relu_ex")
                .limit("max", Double.POSITIVE_INFINITY, "max_value")
                .parameter("theta", 0, "threshold")
                .parameter("slope", 0, "negative_slope")
                .reference((x, p) -> x >= p[1] ? Math.min(x, p[0]) : p[2] * (x - p[1]))
                .referenceDerivative((x, p) -> x >= p[0] ? 0 : x > p[1] || x == p[1] && p[1] != 0 ? 1 : p[2])
                .text(
                        "min(x, max) if x >= theta else slope (x - theta)",
                        "0 if x >= max; 1 if theta <= x < max; slope if x < theta",
                        "(-inf, max]")
                .bounds(p -> p[2] > 0 ? Double.NEGATIVE_INFINITY : Math.min(0, p[1]), p -> p[0])
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC)
                .use("models imported from Keras or DL4J")
                .oneDnn("clip_v2 for theta = 0, slope = 0");
        define("celu")
                .parameter("alpha", 1, "a")
                .requires("parameter alpha must not be 0", p -> p[0] != 0)
                .testedAt(2)
                .reference((x, p) -> Math.max(0, x) + Math.min(0, p[0] * expm1(x / p[0])))
                .referenceDerivative((x, p) -> x > 0 ? 1 : exp(x / p[0]))
                .referenceFromOutput((y, p) -> y > 0 ? 1 : y / p[0] + 1, alpha -> alpha > 0)
                .text("max(0, x) + min(0, alpha (e^(x/alpha) - 1))", "1 if x > 0 else e^(x/alpha)", "(-alpha, inf)")
                .bounds(p -> p[0] > 0 ? -p[0] : Double.NEGATIVE_INFINITY, p -> Double.POSITIVE_INFINITY)
                .is(ZERO_CENTRED, SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("as elu with alpha other than 1")
                .oneDnn("elu for alpha = 1");
        define("gelu_sigmoid")
                .alias("quick_gelu", "gelu_quick")
                .reference((x, p) -> References.swish(x, 1.702))
                .referenceDerivative((x, p) -> References.swishDerivative(x, 1.702))
                .text("x s(1.702 x)", "s(1.702 x) (1 + 1.702 x s(-1.702 x))", "[-0.1636102, inf)")
                .slopeRoot((x, p) -> SWISH_MINIMUM / 1.702)
                .bounds(-0.27846454276107380 / 1.702, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("models that were trained with this form")
                .oneDnn("swish");
        define("hardsigmoid")
                .alias("hard_sigmoid")
                .parameter("slope", 1.0 / 6, "alpha")
                .parameter("offset", 0.5, "beta")
                .reference((x, p) -> clamp(References.hardsigmoid(x, p), 0, 1))
                .referenceDerivative((x, p) -> References.hardsigmoidInside(x, p) ? References.hardSlope(p) : 0)
                .referenceFromOutput((y, p) -> y > 0 && y < 1 ? References.hardSlope(p) : 0)
                .text("min(max(slope x + offset, 0), 1)", "slope if 0 < slope x + offset < 1 else 0", "[0, 1]")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("gates of mobile networks")
                .oneDnn("hardsigmoid");
        define("log_sigmoid")
                .alias("logsigmoid")
                .reference((x, p) -> -References.softplus(-x))
                .referenceDerivative((x, p) -> References.sigmoid(-x))
                .text("-ln(1 + e^-x)", "s(-x)", "(-inf, 0)")
                .bounds(Double.NEGATIVE_INFINITY, 0)
                .is(SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("log-probabilities of binary outputs")
                .oneDnn("soft_relu");
        define("hardtanh")
                .alias("hard_tanh")
                .limit("min", -1, "min_val", "lo")
                .limit("max", 1, "max_val", "hi")
                .requires("min must not be above max", p -> p[0] <= p[1])
                .reference((x, p) -> clamp(x, p[0], p[1]))
                .referenceDerivative((x, p) -> x > p[0] && x < p[1] ? 1 : 0)
                .referenceFromOutput((y, p) -> y > p[0] && y < p[1] ? 1 : 0)
                .text("min(max(x, min), max)", "1 if min < x < max else 0", "[min, max]")
                .bounds(p -> p[0], p -> p[1])
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("cheap bounded state")
                .oneDnn("clip_v2");
        define("clamp")
                .alias("clip")
                .limit("min", Double.NEGATIVE_INFINITY, "min_val", "lo")
                .limit("max", Double.POSITIVE_INFINITY, "max_val", "hi")
                .requires("min must not be above max", p -> p[0] <= p[1])
                .reference((x, p) -> clamp(x, p[0], p[1]))
                .referenceDerivative((x, p) -> x >= p[0] && x <= p[1] ? 1 : 0)
                .text("min(max(x, min), max)", "1 if min <= x <= max else 0", "[min, max]")
                .bounds(p -> p[0], p -> p[1])
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("limits on any value")
                .oneDnn("clip_v2, forward");
        define("softsign")
                .alias("soft_sign", "elliott_symmetric")
                .reference((x, p) -> Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x)))
                .referenceDerivative((x, p) -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))))
                .referenceFromOutput((y, p) -> (1 - Math.abs(y)) * (1 - Math.abs(y)))
                .text("x / (1 + |x|)", "1 / (1 + |x|)^2 = (1 - |y|)^2", "(-1, 1)")
                .bounds(-1, 1)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("a slower tanh");
        define("elliott")
                .reference((x, p) -> References.elliott(x))
                .referenceDerivative((x, p) -> 0.5 / ((1 + Math.abs(x)) * (1 + Math.abs(x))))
                .referenceFromOutput((y, p) -> 0.5 * (1 - Math.abs(2 * y - 1)) * (1 - Math.abs(2 * y - 1)))
                .text("x / (1 + |x|) / 2 + 1/2", "1/2 / (1 + |x|)^2", "(0, 1)")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("a sigmoid without exponential");
        define("hardshrink")
                .alias("hard_shrink")
                .parameterFrom(0, "lambda", 0.5, "lambd")
                .reference((x, p) -> keep(Math.abs(x) > p[0], x, 0))
                .referenceDerivative((x, p) -> Math.abs(x) > p[0] ? 1 : 0)
                .referenceFromOutput((y, p) -> Math.abs(y) > p[0] ? 1 : 0)
                .text("x if |x| > lambda else 0", "1 if |x| > lambda else 0", "all but 0 < |y| <= lambda")
                .is(ZERO_CENTRED, CAN_DIE, MONOTONIC)
                .use("sparse coding");
        define("softshrink")
                .alias("soft_shrink")
                .parameterFrom(0, "lambda", 0.5, "lambd")
                .reference((x, p) -> x > p[0] ? x - p[0] : x < -p[0] ? x + p[0] : keep(false, x, 0))
                .referenceDerivative((x, p) -> Math.abs(x) > p[0] ? 1 : 0)
                .referenceFromOutput((y, p) -> y != 0 ? 1 : 0)
                .text("sign(x) max(|x| - lambda, 0)", "1 if |x| > lambda else 0", "(-inf, inf)")
                .is(ZERO_CENTRED, CAN_DIE, MONOTONIC)
                .use("sparse coding, denoising");
        define("shrink")
                .parameterFrom(0, "lambda", 0.5, "lambd")
                .parameter("bias", 0)
                .reference((x, p) -> x > p[0] ? x - p[1] : x < -p[0] ? x + p[1] : keep(false, x, 0))
                .referenceDerivative((x, p) -> Math.abs(x) > p[0] ? 1 : 0)
                .text(
                        "x - bias if x > lambda; x + bias if x < -lambda; else 0",
                        "1 if |x| > lambda else 0",
                        "(-inf, inf)")
                .is(ZERO_CENTRED, CAN_DIE, MONOTONIC)
                .use("imported ONNX models");
        define("tanhshrink")
                .alias("tanh_shrink")
                .reference((x, p) -> References.tanhshrink(x))
                .referenceDerivative((x, p) -> tanh(x) * tanh(x))
                .text("x - tanh x", "tanh(x)^2", "(-inf, inf)")
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("sparse coding");
        define("squareplus")
                .parameterFrom(0, "b", 4)
                .reference((x, p) -> References.squareplus(x, p[0]))
                .referenceDerivative((x, p) -> References.squareplusDerivative(x, p[0]))
                .referenceFromOutput((y, p) -> y == Double.POSITIVE_INFINITY ? 1 : y * y / (y * y + p[0] / 4))
                .text("(x + sqrt(x^2 + b)) / 2", "(1 + x / sqrt(x^2 + b)) / 2", "(0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("softplus without exponential");
        define("sparse_plus")
                .reference((x, p) -> x <= -1 ? 0 : x < 1 ? 0.25 * (x + 1) * (x + 1) : x)
                .referenceDerivative((x, p) -> clamp(0.5 * (x + 1), 0, 1))
                .referenceFromOutput((y, p) -> y < 1 ? Math.sqrt(y) : 1)
                .text("0 if x <= -1; (x + 1)^2 / 4 if |x| < 1; x above", "sparse_sigmoid(x)", "[0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC, CONTINUOUS_SLOPE)
                .use("sparse positive outputs");
        define("sparse_sigmoid")
                .reference((x, p) -> clamp(0.5 * (x + 1), 0, 1))
                .referenceDerivative((x, p) -> Math.abs(x) < 1 ? 0.5 : 0)
                .referenceFromOutput((y, p) -> y > 0 && y < 1 ? 0.5 : 0)
                .text("min(max((x + 1) / 2, 0), 1)", "1/2 if |x| < 1 else 0", "[0, 1]")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("sparse gates")
                .oneDnn("hardsigmoid");
        define("relu_squared")
                .alias("relu2", "squared_relu")
                .reference((x, p) -> x < 0 ? 0 : x * x)
                .referenceDerivative((x, p) -> x < 0 ? 0 : 2 * x)
                .referenceFromOutput((y, p) -> 2 * Math.sqrt(y))
                .text("max(0, x)^2", "2 max(0, x)", "[0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC, CONTINUOUS_SLOPE)
                .use("feed-forward blocks of some language models");
        define("soft_cap")
                .alias("softcap", "logit_soft_cap")
                .required("cap", "c")
                .requires("parameter cap must be above 0", p -> p[0] > 0)
                .testedAt(30)
                .reference((x, p) -> p[0] * tanh(x / p[0]))
                .referenceDerivative((x, p) -> References.tanhDerivative(x / p[0]))
                .referenceFromOutput((y, p) -> (1 - y / p[0]) * (1 + y / p[0]))
                .text("cap tanh(x / cap)", "1 - (y / cap)^2", "(-cap, cap)")
                .bounds(p -> -p[0], p -> p[0])
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("logits of attention and output heads; caps of 30 and 50 are usual");
        define("rational_tanh")
                .alias("rationaltanh")
                .reference((x, p) -> References.rationalTanh(x))
                .referenceDerivative((x, p) -> References.rationalTanhDerivative(x))
                .text(
                        "1.7159 r(2x/3), r(z) = sign(z) (1 - 1 / (1 + |z| + z^2 + 1.41645 z^4))",
                        "1.7159 2/3 (1 + 2|z| + 5.6658|z|^3) / (1 + |z| + z^2 + 1.41645 z^4)^2",
                        "(-1.7159, 1.7159)")
                .bounds(-1.7159, 1.7159)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("imported DL4J models");
        define("lecun_tanh")
                .alias("scaled_tanh")
                .reference((x, p) -> 1.7159 * tanh(2 * x / 3))
                .referenceDerivative((x, p) -> 1.7159 * 2 / 3 * References.tanhDerivative(2 * x / 3))
                .referenceFromOutput((y, p) -> 1.7159 * 2 / 3 * (1 - y / 1.7159) * (1 + y / 1.7159))
                .text("1.7159 tanh(2x/3)", "1.7159 2/3 (1 - (y / 1.7159)^2)", "(-1.7159, 1.7159)")
                .bounds(-1.7159, 1.7159)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("classic convolutional networks");
        define("rectified_tanh")
                .alias("rectifiedtanh")
                .reference((x, p) -> x < 0 ? 0 : tanh(x))
                .referenceDerivative((x, p) -> x > 0 ? References.tanhDerivative(x) : 0)
                .referenceFromOutput((y, p) -> y > 0 ? (1 - y) * (1 + y) : 0)
                .text("max(0, tanh x)", "1 - y^2 if x > 0 else 0", "[0, 1)")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("imported DL4J models");
        define("cube")
                .reference((x, p) -> x * x * x)
                .referenceDerivative((x, p) -> 3 * x * x)
                .text("x^3", "3 x^2", "(-inf, inf)")
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("dependency parsers")
                .oneDnn("pow");
        define("exp")
                .alias("exponential")
                .reference((x, p) -> exp(x))
                .referenceDerivative((x, p) -> exp(x))
                .referenceFromOutput((y, p) -> y)
                .text("e^x", "e^x = y", "(0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("positive outputs from log-rates")
                .oneDnn("exp");
        define("snake")
                .parameter("a", 1, "alpha")
                .requires("parameter a must not be 0", p -> p[0] != 0)
                .reference((x, p) -> x + Math.sin(p[0] * x) * Math.sin(p[0] * x) / p[0])
                .referenceDerivative((x, p) -> 1 + Math.sin(2 * p[0] * x))
                .text("x + sin(a x)^2 / a", "1 + sin(2 a x)", "(-inf, inf)")
                .slopeRoot((x, p) -> (Math.rint(p[0] * x / Math.PI + 0.25) - 0.25) * Math.PI / p[0])
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("periodic signals, audio");
        define("sine")
                .alias("sin", "siren")
                .parameter("omega", 1)
                .reference((x, p) -> Math.sin(p[0] * x))
                .referenceDerivative((x, p) -> p[0] * Math.cos(p[0] * x))
                .text("sin(omega x)", "omega cos(omega x)", "[-1, 1]")
                .slopeRoot((x, p) -> (Math.rint(p[0] * x / Math.PI - 0.5) + 0.5) * Math.PI / p[0])
                .bounds(-1, 1)
                .is(ZERO_CENTRED, CONTINUOUS_SLOPE, SMOOTH)
                .use("implicit representations; omega = 30 in SIREN");
    }

    private void rare() {
        define("gaussian")
                .reference((x, p) -> exp(-x * x))
                .referenceDerivative((x, p) -> Double.isInfinite(x) ? -Math.copySign(0.0, x) : -2 * x * exp(-x * x))
                .text("e^(-x^2)", "-2 x y", "(0, 1]")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CONTINUOUS_SLOPE, SMOOTH)
                .use("radial basis functions");
        define("isru")
                .parameterFrom(0, "alpha", 1)
                .reference((x, p) -> References.isru(x, p[0]))
                .referenceDerivative((x, p) -> References.isruDerivative(x, p[0]))
                .text("x / sqrt(1 + alpha x^2)", "(1 + alpha x^2)^(-3/2)", "(-1/sqrt(alpha), 1/sqrt(alpha))")
                .bounds(p -> -1 / Math.sqrt(p[0]), p -> 1 / Math.sqrt(p[0]))
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("a tanh without exponential");
        define("isrlu")
                .parameterFrom(0, "alpha", 1)
                .reference((x, p) -> x >= 0 ? x : References.isru(x, p[0]))
                .referenceDerivative((x, p) -> x >= 0 ? 1 : References.isruDerivative(x, p[0]))
                .text(
                        "x if x >= 0 else x / sqrt(1 + alpha x^2)",
                        "1 if x >= 0 else (1 + alpha x^2)^(-3/2)",
                        "(-1/sqrt(alpha), inf)")
                .bounds(p -> -1 / Math.sqrt(p[0]), p -> Double.POSITIVE_INFINITY)
                .is(ZERO_CENTRED, SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("an elu without exponential");
        define("bent_identity")
                .reference((x, p) -> References.bentIdentity(x))
                .referenceDerivative((x, p) -> 0.5 * References.isru(x, 1) + 1)
                .text("(sqrt(x^2 + 1) - 1) / 2 + x", "x / sqrt(x^2 + 1) / 2 + 1", "(-inf, inf)")
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("a slightly bent line");
        define("tanh_exp")
                .reference((x, p) -> References.tanhExp(x))
                .referenceDerivative((x, p) -> References.tanhExpDerivative(x))
                .text("x tanh(e^x)", "tanh(e^x) + x e^x (1 - tanh(e^x)^2)", "[-0.3532858, inf)")
                .bounds(-0.35328583405, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("as mish");
        define("serf")
                .reference((x, p) -> References.serf(x))
                .referenceDerivative((x, p) -> References.serfDerivative(x))
                .text("x erf(ln(1 + e^x))", "erf(s) + x s(x) 2/sqrt(pi) e^(-s^2), s = ln(1 + e^x)", "[-0.3484375, inf)")
                .bounds(-0.34843755, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("as mish");
        define("star_relu")
                .parameter("scale", 0.8944)
                .parameter("bias", -0.4472)
                .reference((x, p) -> p[0] * (x < 0 ? 0 : x * x) + p[1])
                .referenceDerivative((x, p) -> 2 * p[0] * (x < 0 ? 0 : x))
                .text("scale max(0, x)^2 + bias", "2 scale max(0, x)", "[bias, inf)")
                .bounds(
                        p -> p[0] >= 0 ? p[1] : Double.NEGATIVE_INFINITY,
                        p -> p[0] <= 0 ? p[1] : Double.POSITIVE_INFINITY)
                .is(ZERO_CENTRED, SATURATES_LEFT, CAN_DIE, MONOTONIC, CONTINUOUS_SLOPE)
                .use("vision transformers of the MetaFormer kind");
        define("bipolar_sigmoid")
                .reference((x, p) -> tanh(x / 2))
                .referenceDerivative((x, p) -> 0.5 * References.tanhDerivative(x / 2))
                .referenceFromOutput((y, p) -> 0.5 * (1 - y) * (1 + y))
                .text("2 s(x) - 1 = tanh(x / 2)", "(1 - y^2) / 2", "(-1, 1)")
                .bounds(-1, 1)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("outputs in [-1, 1]");
        define("binary_step")
                .alias("step", "heaviside")
                .reference((x, p) -> keep(false, x, x > 0 ? 1 : 0))
                .referenceDerivative((x, p) -> 0)
                .text("1 if x > 0 else 0", "0", "{0, 1}")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("forward only: decisions");
        define("sign")
                .alias("bipolar")
                .reference((x, p) -> Math.signum(x))
                .referenceDerivative((x, p) -> 0)
                .text("-1, 0 or 1", "0", "{-1, 0, 1}")
                .bounds(-1, 1)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("forward only: binary weights");
    }
}
