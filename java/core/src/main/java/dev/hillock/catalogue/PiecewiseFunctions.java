package dev.hillock.catalogue;

import static dev.hillock.catalogue.Property.CAN_DIE;
import static dev.hillock.catalogue.Property.CONTINUOUS_SLOPE;
import static dev.hillock.catalogue.Property.MONOTONIC;
import static dev.hillock.catalogue.Property.SATURATES_LEFT;
import static dev.hillock.catalogue.Property.SATURATES_RIGHT;
import static dev.hillock.catalogue.Property.SMOOTH;
import static dev.hillock.catalogue.Property.ZERO_CENTRED;

/** Pieces of lines and parabolas; their kernels stand in {@code native/core/formulas/piecewise.h}. */
final class PiecewiseFunctions {
    private PiecewiseFunctions() {}

    static void define(Definitions all) {
        all.define("relu6")
                .reference((x, p) -> Definitions.clamp(x, 0, 6))
                .referenceDerivative((x, p) -> x > 0 && x < 6 ? 1 : 0)
                .referenceFromOutput((y, p) -> y > 0 && y < 6 ? 1 : 0)
                .text("min(max(0, x), 6)", "1 if 0 < x < 6 else 0", "[0, 6]")
                .bounds(0, 6)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("mobile networks, low precision")
                .oneDnn("clip_v2");
        all.define("thresholded_relu")
                .parameter("theta", 1, "alpha")
                .reference((x, p) -> Definitions.keep(x > p[0], x, 0))
                .referenceDerivative((x, p) -> x > p[0] ? 1 : 0)
                .referenceFromOutput((y, p) -> y > p[0] ? 1 : 0, theta -> theta >= 0)
                .text("x if x > theta else 0", "1 if x > theta else 0", "{0} and (theta, inf)")
                .bounds(p -> Math.min(0, p[0]), p -> Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC)
                .use("sparse auto-encoders");
        all.define("threshold")
                .required("theta")
                .required("value")
                .testedAt(0.5, -1)
                .reference((x, p) -> Definitions.keep(x > p[0], x, p[1]))
                .referenceDerivative((x, p) -> x > p[0] ? 1 : 0)
                .text("x if x > theta else value", "1 if x > theta else 0", "{value} and (theta, inf)")
                .bounds(p -> Math.min(p[0], p[1]), p -> Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC)
                .use("imported models");
        all.define("relu_ex")
                .limit("max", Double.POSITIVE_INFINITY, "max_value")
                .parameter("theta", 0, "threshold")
                .parameter("slope", 0, "negative_slope")
                .testedAt(6, 1, 0.1)
                .reference((x, p) -> References.reluEx(x, p[0], p[1], p[2]))
                .referenceDerivative((x, p) -> References.reluExDerivative(x, p[0], p[1], p[2]))
                .text(
                        "min(x, max) if x >= theta else slope (x - theta)",
                        "0 if x >= max; 1 if theta <= x < max; slope if x < theta",
                        "(-inf, max]")
                .bounds(p -> p[2] > 0 ? Double.NEGATIVE_INFINITY : Math.min(0, p[1]), p -> p[0])
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC)
                .use("models imported from Keras or DL4J")
                .oneDnn("clip_v2 for theta = 0, slope = 0");
        all.define("hardsigmoid")
                .alias("hard_sigmoid")
                .parameter("slope", 1.0 / 6, "alpha")
                .parameter("offset", 0.5, "beta")
                .reference((x, p) -> Definitions.clamp(References.hardsigmoid(x, p), 0, 1))
                .referenceDerivative((x, p) -> References.hardsigmoidInside(x, p) ? References.hardSlope(p) : 0)
                .referenceFromOutput((y, p) -> y > 0 && y < 1 ? References.hardSlope(p) : 0)
                .text("min(max(slope x + offset, 0), 1)", "slope if 0 < slope x + offset < 1 else 0", "[0, 1]")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("gates of mobile networks")
                .oneDnn("hardsigmoid");
        all.define("hardtanh")
                .alias("hard_tanh")
                .limit("min", -1, "min_val", "lo")
                .limit("max", 1, "max_val", "hi")
                .requires("min must not be above max", p -> p[0] <= p[1])
                .reference((x, p) -> Definitions.clamp(x, p[0], p[1]))
                .referenceDerivative((x, p) -> x > p[0] && x < p[1] ? 1 : 0)
                .referenceFromOutput((y, p) -> y > p[0] && y < p[1] ? 1 : 0)
                .text("min(max(x, min), max)", "1 if min < x < max else 0", "[min, max]")
                .bounds(p -> p[0], p -> p[1])
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("cheap bounded state")
                .oneDnn("clip_v2");
        all.define("clamp")
                .alias("clip")
                .limit("min", Double.NEGATIVE_INFINITY, "min_val", "lo")
                .limit("max", Double.POSITIVE_INFINITY, "max_val", "hi")
                .requires("min must not be above max", p -> p[0] <= p[1])
                .reference((x, p) -> Definitions.clamp(x, p[0], p[1]))
                .referenceDerivative((x, p) -> x >= p[0] && x <= p[1] ? 1 : 0)
                .text("min(max(x, min), max)", "1 if min <= x <= max else 0", "[min, max]")
                .bounds(p -> p[0], p -> p[1])
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("limits on any value")
                .oneDnn("clip_v2, forward");
        all.define("hardshrink")
                .alias("hard_shrink")
                .parameterFrom(0, "lambda", 0.5, "lambd")
                .reference((x, p) -> Definitions.keep(Math.abs(x) > p[0], x, 0))
                .referenceDerivative((x, p) -> Math.abs(x) > p[0] ? 1 : 0)
                .referenceFromOutput((y, p) -> Math.abs(y) > p[0] ? 1 : 0)
                .text("x if |x| > lambda else 0", "1 if |x| > lambda else 0", "all but 0 < |y| <= lambda")
                .is(ZERO_CENTRED, CAN_DIE, MONOTONIC)
                .use("sparse coding");
        all.define("softshrink")
                .alias("soft_shrink")
                .parameterFrom(0, "lambda", 0.5, "lambd")
                .reference((x, p) -> x > p[0] ? x - p[0] : x < -p[0] ? x + p[0] : Definitions.keep(false, x, 0))
                .referenceDerivative((x, p) -> Math.abs(x) > p[0] ? 1 : 0)
                .referenceFromOutput((y, p) -> Math.abs(y) > 0 ? 1 : 0)
                .text("sign(x) max(|x| - lambda, 0)", "1 if |x| > lambda else 0", "(-inf, inf)")
                .is(ZERO_CENTRED, CAN_DIE, MONOTONIC)
                .use("sparse coding, denoising");
        all.define("shrink")
                .parameterFrom(0, "lambda", 0.5, "lambd")
                .parameter("bias", 0)
                .reference((x, p) -> x > p[0] ? x - p[1] : x < -p[0] ? x + p[1] : Definitions.keep(false, x, 0))
                .referenceDerivative((x, p) -> Math.abs(x) > p[0] ? 1 : 0)
                .text(
                        "x - bias if x > lambda; x + bias if x < -lambda; else 0",
                        "1 if |x| > lambda else 0",
                        "(-inf, inf)")
                .is(ZERO_CENTRED, CAN_DIE, MONOTONIC)
                .use("imported ONNX models");
        all.define("sparse_plus")
                .reference((x, p) -> x <= -1 ? 0 : x < 1 ? 0.25 * (x + 1) * (x + 1) : x)
                .referenceDerivative((x, p) -> Definitions.clamp(0.5 * (x + 1), 0, 1))
                .referenceFromOutput((y, p) -> y > 1 ? 1 : Math.sqrt(y))
                .text("0 if x <= -1; (x + 1)^2 / 4 if |x| < 1; x above", "sparse_sigmoid(x)", "[0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC, CONTINUOUS_SLOPE)
                .use("sparse positive outputs");
        all.define("sparse_sigmoid")
                .reference((x, p) -> Definitions.clamp(0.5 * (x + 1), 0, 1))
                .referenceDerivative((x, p) -> Math.abs(x) < 1 ? 0.5 : 0)
                .referenceFromOutput((y, p) -> y > 0 && y < 1 ? 0.5 : 0)
                .text("min(max((x + 1) / 2, 0), 1)", "1/2 if |x| < 1 else 0", "[0, 1]")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("sparse gates")
                .oneDnn("hardsigmoid");
        all.define("relu_squared")
                .alias("relu2", "squared_relu")
                .reference((x, p) -> x < 0 ? 0 : x * x)
                .referenceDerivative((x, p) -> x < 0 ? 0 : 2 * x)
                .referenceFromOutput((y, p) -> 2 * Math.sqrt(y))
                .text("max(0, x)^2", "2 max(0, x)", "[0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CAN_DIE, MONOTONIC, CONTINUOUS_SLOPE)
                .use("feed-forward blocks of some language models");
        all.define("rrelu")
                .alias("randomized_relu", "randomised_relu")
                .parameter("lower", 1.0 / 8)
                .parameter("upper", 1.0 / 3)
                .testedAt(-0.5, 2)
                .requires("lower must not be above upper", p -> p[0] <= p[1])
                .reference((x, p) -> x > 0 ? x : (p[0] + p[1]) / 2 * x)
                .referenceDerivative((x, p) -> x > 0 ? 1 : (p[0] + p[1]) / 2)
                .text(
                        "x if x > 0 else r x; r = (lower + upper) / 2, in training drawn between them for each element",
                        "1 if x > 0 else r",
                        "(-inf, inf) for lower > 0")
                .is(ZERO_CENTRED, MONOTONIC)
                .use("small sets of images, against overfitting")
                .oneDnn("relu, outside training");
    }
}
