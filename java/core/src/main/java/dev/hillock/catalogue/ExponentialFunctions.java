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

/** Further ones of the exponential; their kernels stand in {@code native/core/formulas/exponential.h}. */
final class ExponentialFunctions {
    private ExponentialFunctions() {}

    static void define(Definitions all) {
        all.define("celu")
                .parameter("alpha", 1, "a")
                .requires("parameter alpha must not be 0", p -> p[0] != 0)
                .testedAt(2)
                .testedAt(0.7)
                .reference((x, p) -> x < 0 ? p[0] * expm1(x / p[0]) : x)
                .referenceDerivative((x, p) -> x > 0 ? 1 : exp(x / p[0]))
                .referenceFromOutput((y, p) -> y > 0 ? 1 : y / p[0] + 1, alpha -> alpha > 0)
                .text("max(0, x) + min(0, alpha (e^(x/alpha) - 1))", "1 if x > 0 else e^(x/alpha)", "(-alpha, inf)")
                .bounds(p -> p[0] > 0 ? -p[0] : Double.NEGATIVE_INFINITY, p -> Double.POSITIVE_INFINITY)
                .is(ZERO_CENTRED, SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("as elu with alpha other than 1")
                .oneDnn("elu for alpha = 1");
        all.define("gelu_sigmoid")
                .alias("quick_gelu", "gelu_quick")
                .reference((x, p) -> References.swish(x, 1.702))
                .referenceDerivative((x, p) -> References.swishDerivative(x, 1.702))
                .text("x s(1.702 x)", "s(1.702 x) (1 + 1.702 x s(-1.702 x))", "[-0.1636102, inf)")
                .slopeRoot((x, p) -> References.SWISH_MINIMUM / 1.702)
                .bounds(-0.27846454276107380 / 1.702, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("models that were trained with this form")
                .oneDnn("swish");
        all.define("log_sigmoid")
                .alias("logsigmoid")
                .reference((x, p) -> -References.softplus(-x))
                .referenceDerivative((x, p) -> References.sigmoid(-x))
                .text("-ln(1 + e^-x)", "s(-x)", "(-inf, 0)")
                .bounds(Double.NEGATIVE_INFINITY, 0)
                .is(SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("log-probabilities of binary outputs")
                .oneDnn("soft_relu");
        all.define("tanhshrink")
                .alias("tanh_shrink")
                .reference((x, p) -> References.tanhshrink(x))
                .referenceDerivative((x, p) -> tanh(x) * tanh(x))
                .text("x - tanh x", "tanh(x)^2", "(-inf, inf)")
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("sparse coding");
        all.define("soft_cap")
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
                .use("logits of attention and output heads; caps of 30 and 50 are usual")
                .oneDnn("linear, tanh, linear; forward");
        all.define("lecun_tanh")
                .alias("scaled_tanh")
                .reference((x, p) -> 1.7159 * tanh(2 * x / 3))
                .referenceDerivative((x, p) -> 1.7159 * 2 / 3 * References.tanhDerivative(2 * x / 3))
                .referenceFromOutput((y, p) -> 1.7159 * 2 / 3 * (1 - y / 1.7159) * (1 + y / 1.7159))
                .text("1.7159 tanh(2x/3)", "1.7159 2/3 (1 - (y / 1.7159)^2)", "(-1.7159, 1.7159)")
                .bounds(-1.7159, 1.7159)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("classic convolutional networks")
                .oneDnn("linear, tanh, linear; forward");
        all.define("rectified_tanh")
                .alias("rectifiedtanh")
                .reference((x, p) -> x < 0 ? 0 : tanh(x))
                .referenceDerivative((x, p) -> x > 0 ? References.tanhDerivative(x) : 0)
                .referenceFromOutput((y, p) -> y > 0 ? (1 - y) * (1 + y) : 0)
                .text("max(0, tanh x)", "1 - y^2 if x > 0 else 0", "[0, 1)")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("imported DL4J models");
        all.define("exp")
                .alias("exponential")
                .reference((x, p) -> exp(x))
                .referenceDerivative((x, p) -> exp(x))
                .referenceFromOutput((y, p) -> y)
                .text("e^x", "e^x = y", "(0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("positive outputs from log-rates")
                .oneDnn("exp");
    }
}
