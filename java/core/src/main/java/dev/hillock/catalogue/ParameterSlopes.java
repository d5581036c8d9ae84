package dev.hillock.catalogue;

import static java.lang.Math.abs;
import static java.lang.Math.cos;
import static java.lang.Math.exp;
import static java.lang.Math.expm1;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.tanh;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The derivatives of functions with respect to their parameters, for those that are learned. */
public final class ParameterSlopes {
    /** A derivative with respect to one parameter, in double precision. */
    @FunctionalInterface
    public interface Slope {
        /** df/dp at x, for parameters p in the function's order. */
        double at(double x, double[] p);
    }

    private static final Map<String, Map<String, Slope>> SLOPES = Map.ofEntries(
            Map.entry("leaky_relu", Map.of("alpha", (x, p) -> x > 0 ? 0 : x)),
            Map.entry("elu", Map.of("alpha", (x, p) -> x > 0 ? 0 : expm1(x))),
            Map.entry("celu", Map.of("alpha", (x, p) -> x > 0 ? 0 : celuAlpha(x / p[0]))),
            Map.entry(
                    "selu",
                    Map.of(
                            "alpha", (x, p) -> x > 0 ? 0 : p[1] * expm1(x),
                            "lambda", (x, p) -> x > 0 ? x : p[0] * expm1(x))),
            Map.entry("swish_beta", Map.of("beta", (x, p) -> swishBeta(x, p[0]))),
            Map.entry("softplus", Map.of("beta", (x, p) -> p[0] * x > p[1] ? 0 : softplusBeta(x, p[0]))),
            Map.entry(
                    "hardsigmoid",
                    Map.of("slope", (x, p) -> inside(x, p) ? x : 0, "offset", (x, p) -> inside(x, p) ? 1 : 0)),
            Map.entry("squareplus", Map.of("b", (x, p) -> 0.25 / sqrt(x * x + p[0]))),
            Map.entry("soft_cap", Map.of("cap", (x, p) -> softCap(x / p[0]))),
            Map.entry("snake", Map.of("a", (x, p) -> snakeA(x, p[0]))),
            Map.entry("sine", Map.of("omega", (x, p) -> x * cos(p[0] * x))),
            Map.entry("isru", Map.of("alpha", (x, p) -> isruAlpha(x, p[0]))),
            Map.entry("isrlu", Map.of("alpha", (x, p) -> x >= 0 ? 0 : isruAlpha(x, p[0]))),
            Map.entry("star_relu", Map.of("scale", (x, p) -> x > 0 ? x * x : 0, "bias", (x, p) -> 1)));

    private ParameterSlopes() {}

    /** The derivative with respect to a parameter by its name or alias; empty where it is not learned. */
    public static Optional<Slope> of(Function function, String parameter) {
        Map<String, Slope> slopes = SLOPES.getOrDefault(function.name(), Map.of());
        return function.parameters().stream()
                .filter(p -> p.isCalled(parameter))
                .map(p -> slopes.get(p.name()))
                .filter(slope -> slope != null)
                .findFirst();
    }

    /** The names of a function's learned parameters. */
    public static List<String> learned(Function function) {
        return function.parameters().stream()
                .map(Parameter::name)
                .filter(SLOPES.getOrDefault(function.name(), Map.of())::containsKey)
                .toList();
    }

    // With z = x / alpha <= 0; its limit at -Inf is -1.
    private static double celuAlpha(double z) {
        double e = exp(z);
        return expm1(z) - (e == 0 ? 0 : z * e);
    }

    // x^2 s(z) s(-z), z = beta x; it vanishes at both ends.
    private static double swishBeta(double x, double beta) {
        double slope = References.sigmoid(beta * x) * References.sigmoid(-beta * x);
        return slope == 0 ? 0 : x * x * slope;
    }

    // (x s(z) - softplus(z) / beta) / beta, z = beta x. For z > 0 both tend to x: written with what is left of each.
    private static double softplusBeta(double x, double beta) {
        double z = beta * x;
        double rest = References.softplus(-abs(z));
        double s = References.sigmoid(-abs(z));
        double linear = s == 0 ? 0 : abs(z) * s;
        return -(linear + rest) / (beta * beta);
    }

    private static boolean inside(double x, double[] p) {
        double y = p[0] * x + p[1];
        return y > 0 && y < 1;
    }

    // tanh(z) - z tanh'(z), z = x / cap.
    private static double softCap(double z) {
        double slope = References.tanhDerivative(z);
        return tanh(z) - (slope == 0 ? 0 : z * slope);
    }

    private static double snakeA(double x, double a) {
        double s = sin(a * x);
        return x * sin(2 * a * x) / a - s * s / (a * a);
    }

    // -x^3 / 2 (1 + alpha x^2)^(-3/2).
    private static double isruAlpha(double x, double alpha) {
        double y = x / sqrt(1 + alpha * x * x);
        return -0.5 * y * y * y;
    }
}
