package dev.hillock.catalogue;

import static java.lang.Math.exp;
import static java.lang.Math.expm1;
import static java.lang.Math.tanh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The element-wise functions: the only place that knows what each of them means. The references are the textbook's
 * formulas in double precision, in the form that keeps full accuracy in the tails.
 */
public final class Catalogue {
    private static final List<Function> FUNCTIONS = new ArrayList<>();

    // The definition's own constants.
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_LAMBDA = 1.0507009873554805;

    static {
        define("identity")
                .alias("linear", "none")
                .reference((x, p) -> x)
                .referenceDerivative((x, p) -> 1)
                .referenceFromOutput((y, p) -> 1)
                .text("x", "1", "(-inf, inf)");
        define("sigmoid")
                .alias("logistic", "expit", "sigm")
                .reference((x, p) -> References.sigmoid(x))
                .referenceDerivative((x, p) -> References.sigmoid(x) * References.sigmoid(-x))
                .referenceFromOutput((y, p) -> y * (1 - y))
                .text("1 / (1 + e^-x)", "s(x) s(-x) = y (1 - y)", "(0, 1)");
        define("tanh")
                .alias("hyperbolic_tangent")
                .reference((x, p) -> tanh(x))
                .referenceDerivative((x, p) -> References.tanhDerivative(x))
                .referenceFromOutput((y, p) -> (1 - y) * (1 + y))
                .text("tanh x", "1 - tanh(x)^2 = 1 - y^2", "(-1, 1)");
        define("relu")
                .alias("rectifier", "ramp")
                .reference((x, p) -> x < 0 ? 0 : x)
                .referenceDerivative((x, p) -> x > 0 ? 1 : 0)
                .referenceFromOutput((y, p) -> y > 0 ? 1 : 0)
                .text("max(0, x)", "1 if x > 0 else 0", "[0, inf)");
        define("leaky_relu")
                .alias("lrelu", "leaky_rectifier")
                .parameter("alpha", 0.01, "a", "slope", "negative_slope", "weight")
                .reference((x, p) -> x > 0 ? x : p[0] * x)
                .referenceDerivative((x, p) -> x > 0 ? 1 : p[0])
                .referenceFromOutput((y, p) -> y > 0 ? 1 : p[0], alpha -> alpha >= 0)
                .text("x if x > 0 else alpha x", "1 if x > 0 else alpha", "(-inf, inf) for alpha > 0");
        define("elu")
                .parameter("alpha", 1, "a", "slope", "negative_slope", "weight")
                .reference((x, p) -> x > 0 ? x : p[0] * expm1(x))
                .referenceDerivative((x, p) -> x > 0 ? 1 : p[0] * exp(x))
                .referenceFromOutput((y, p) -> y > 0 ? 1 : y + p[0], alpha -> alpha >= 0)
                .text("x if x > 0 else alpha (e^x - 1)", "1 if x > 0 else alpha e^x (= y + alpha)", "(-alpha, inf)");
        define("selu")
                .parameter("alpha", SELU_ALPHA)
                .parameter("lambda", SELU_LAMBDA, "gamma")
                .reference((x, p) -> p[1] * (x > 0 ? x : p[0] * expm1(x)))
                .referenceDerivative((x, p) -> p[1] * (x > 0 ? 1 : p[0] * exp(x)))
                .referenceFromOutput((y, p) -> y > 0 ? p[1] : y + p[1] * p[0], alpha -> alpha >= 0)
                .text(
                        "lambda (x if x > 0 else alpha (e^x - 1))",
                        "lambda if x > 0 else lambda alpha e^x (= y + lambda alpha)",
                        "(-1.7580993, inf)");
        define("silu")
                .alias("swish", "swish1")
                .reference((x, p) -> References.swish(x, 1))
                .referenceDerivative((x, p) -> References.swishDerivative(x, 1))
                .text("x s(x)", "s(x) (1 + x s(-x))", "[-0.2784646, inf)");
        define("swish_beta")
                .parameter("beta", 1)
                .reference((x, p) -> References.swish(x, p[0]))
                .referenceDerivative((x, p) -> References.swishDerivative(x, p[0]))
                .text("x s(beta x)", "s(beta x) (1 + beta x s(-beta x))", "[-0.2784645 / beta, inf) for beta > 0");
        define("gelu")
                .alias("gelu_erf", "gelu_none", "gelu_exact")
                .reference((x, p) -> References.gelu(x))
                .referenceDerivative((x, p) -> References.geluDerivative(x))
                .text("x Phi(x)", "Phi(x) + x phi(x)", "[-0.1699713, inf)");
        define("gelu_tanh")
                .alias("gelu_new", "gelu_pytorch_tanh", "gelu_fast")
                .reference((x, p) -> References.geluTanh(x))
                .referenceDerivative((x, p) -> References.geluTanhDerivative(x))
                .text(
                        "x/2 (1 + tanh(u)), u = sqrt(2/pi) (x + 0.044715 x^3)",
                        "(1 + t)/2 + x/2 (1 - t^2) sqrt(2/pi) (1 + 0.134145 x^2), t = tanh(u)",
                        "[-0.1700408, inf)");
        define("softplus")
                .alias("soft_relu", "smooth_relu")
                .parameter("beta", 1)
                .reference((x, p) -> References.softplus(x * p[0]) / p[0])
                .referenceDerivative((x, p) -> References.sigmoid(x * p[0]))
                .referenceFromOutput((y, p) -> -expm1(-p[0] * y))
                .text("ln(1 + e^(beta x)) / beta", "s(beta x) (= 1 - e^(-beta y))", "(0, inf)");
        define("mish")
                .reference((x, p) -> References.mish(x))
                .referenceDerivative((x, p) -> References.mishDerivative(x))
                .text("x tanh(ln(1 + e^x))", "t + x s(x) (1 - t^2), t = tanh(ln(1 + e^x))", "[-0.3088435, inf)");
        define("hardswish")
                .alias("hard_swish", "hard_silu", "h_swish")
                .reference((x, p) -> x == Double.NEGATIVE_INFINITY ? -0.0 : x < -3 ? -0.0 : x > 3 ? x : x * (x + 3) / 6)
                .referenceDerivative((x, p) -> x < -3 ? 0 : x > 3 ? 1 : x / 3 + 0.5)
                .text("x min(max(x + 3, 0), 6) / 6", "0 if x < -3; x/3 + 1/2 if x <= 3; 1 above", "[-0.375, inf)");
    }

    private Catalogue() {}

    private static Function define(String name) {
        Function function = new Function(FUNCTIONS.size(), name);
        FUNCTIONS.add(function);
        return function;
    }

    /** Every function, in the order of the ids. */
    public static List<Function> functions() {
        return Collections.unmodifiableList(FUNCTIONS);
    }

    /**
     * The function of a name or alias, read as {@link Names} does.
     *
     * @throws NoSuchElementException naming the nearest known one if there is no such function
     */
    public static Function function(String name) {
        String wanted = Names.normal(name);
        for (Function function : FUNCTIONS) {
            if (function.names().anyMatch(known -> Names.normal(known).equals(wanted))) {
                return function;
            }
        }
        throw new NoSuchElementException("unknown function '" + name + "' (nearest: "
                + Names.nearest(name, FUNCTIONS.stream().flatMap(Function::names)) + ")");
    }
}
