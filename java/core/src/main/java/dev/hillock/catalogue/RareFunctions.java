package dev.hillock.catalogue;

import static dev.hillock.catalogue.Property.CAN_DIE;
import static dev.hillock.catalogue.Property.CONTINUOUS_SLOPE;
import static dev.hillock.catalogue.Property.MONOTONIC;
import static dev.hillock.catalogue.Property.SATURATES_LEFT;
import static dev.hillock.catalogue.Property.SATURATES_RIGHT;
import static dev.hillock.catalogue.Property.SMOOTH;
import static dev.hillock.catalogue.Property.ZERO_CENTRED;
import static java.lang.Math.exp;
import static java.lang.Math.tanh;

/** Functions for import and comparison: those with an exponential have kernels for floats, the others none. */
final class RareFunctions {
    private RareFunctions() {}

    static void define(Definitions all) {
        all.define("gaussian")
                .reference((x, p) -> exp(-x * x))
                .referenceDerivative((x, p) -> Double.isInfinite(x) ? -Math.copySign(0.0, x) : -2 * x * exp(-x * x))
                .text("e^(-x^2)", "-2 x y", "(0, 1]")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CONTINUOUS_SLOPE, SMOOTH)
                .use("radial basis functions");
        all.define("tanh_exp")
                .reference((x, p) -> References.tanhExp(x))
                .referenceDerivative((x, p) -> References.tanhExpDerivative(x))
                .text("x tanh(e^x)", "tanh(e^x) + x e^x (1 - tanh(e^x)^2)", "[-0.3532858, inf)")
                .slopeRoot((x, p) -> -1.0788600584624541)
                .bounds(-0.35328577784821127, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("as mish");
        all.define("serf")
                .reference((x, p) -> References.serf(x))
                .referenceDerivative((x, p) -> References.serfDerivative(x))
                .text("x erf(ln(1 + e^x))", "erf(s) + x s(x) 2/sqrt(pi) e^(-s^2), s = ln(1 + e^x)", "[-0.3484375, inf)")
                .slopeRoot((x, p) -> -1.1930599689281880)
                .bounds(-0.34843745875960642, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, CONTINUOUS_SLOPE, SMOOTH)
                .use("as mish");
        all.define("bipolar_sigmoid")
                .reference((x, p) -> tanh(x / 2))
                .referenceDerivative((x, p) -> 0.5 * References.tanhDerivative(x / 2))
                .referenceFromOutput((y, p) -> 0.5 * (1 - y) * (1 + y))
                .text("2 s(x) - 1 = tanh(x / 2)", "(1 - y^2) / 2", "(-1, 1)")
                .bounds(-1, 1)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("outputs in [-1, 1]");
        all.define("isru")
                .parameterFrom(0, "alpha", 1)
                .reference((x, p) -> References.isru(x, p[0]))
                .referenceDerivative((x, p) -> References.isruDerivative(x, p[0]))
                .text("x / sqrt(1 + alpha x^2)", "(1 + alpha x^2)^(-3/2)", "(-1/sqrt(alpha), 1/sqrt(alpha))")
                .bounds(p -> -1 / Math.sqrt(p[0]), p -> 1 / Math.sqrt(p[0]))
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("a tanh without exponential");
        all.define("isrlu")
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
        all.define("bent_identity")
                .reference((x, p) -> References.bentIdentity(x))
                .referenceDerivative((x, p) -> 0.5 * References.isru(x, 1) + 1)
                .text("(sqrt(x^2 + 1) - 1) / 2 + x", "x / sqrt(x^2 + 1) / 2 + 1", "(-inf, inf)")
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("a slightly bent line");
        all.define("star_relu")
                .parameter("scale", 0.8944)
                .parameter("bias", -0.4472)
                .reference((x, p) -> References.starRelu(x, p[0], p[1]))
                .referenceDerivative((x, p) -> x <= 0 ? 0 : 2 * p[0] * x)
                .referenceFromOutput((y, p) -> y == p[1] ? 0 : 2 * p[0] * Math.sqrt((y - p[1]) / p[0]))
                .text("scale max(0, x)^2 + bias", "2 scale max(0, x)", "[bias, inf)")
                .bounds(
                        p -> p[0] >= 0 ? p[1] : Double.NEGATIVE_INFINITY,
                        p -> p[0] <= 0 ? p[1] : Double.POSITIVE_INFINITY)
                .is(ZERO_CENTRED, SATURATES_LEFT, CAN_DIE, MONOTONIC, CONTINUOUS_SLOPE)
                .use("vision transformers of the MetaFormer kind");
        all.define("binary_step")
                .alias("step", "heaviside")
                .reference((x, p) -> Definitions.keep(false, x, x > 0 ? 1 : 0))
                .referenceDerivative((x, p) -> 0)
                .text("1 if x > 0 else 0", "0", "{0, 1}")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("forward only: decisions");
        all.define("sign")
                .alias("bipolar")
                .reference((x, p) -> Math.signum(x))
                .referenceDerivative((x, p) -> 0)
                .text("-1, 0 or 1", "0", "{-1, 0, 1}")
                .bounds(-1, 1)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, CAN_DIE, MONOTONIC)
                .use("forward only: binary weights");
    }
}
