package dev.hillock.catalogue;

import static dev.hillock.catalogue.Property.CONTINUOUS_SLOPE;
import static dev.hillock.catalogue.Property.MONOTONIC;
import static dev.hillock.catalogue.Property.SATURATES_LEFT;
import static dev.hillock.catalogue.Property.SATURATES_RIGHT;
import static dev.hillock.catalogue.Property.SMOOTH;
import static dev.hillock.catalogue.Property.ZERO_CENTRED;

/** Of the four operations and the square root; their kernels stand in {@code native/core/formulas/algebraic.h}. */
final class AlgebraicFunctions {
    private AlgebraicFunctions() {}

    static void define(Definitions all) {
        all.define("cube")
                .reference((x, p) -> x * x * x)
                .referenceDerivative((x, p) -> 3 * x * x)
                .text("x^3", "3 x^2", "(-inf, inf)")
                .is(ZERO_CENTRED, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("dependency parsers")
                .oneDnn("pow");
        all.define("softsign")
                .alias("soft_sign", "elliott_symmetric")
                .reference((x, p) -> Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x)))
                .referenceDerivative((x, p) -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))))
                .referenceFromOutput((y, p) -> (1 - Math.abs(y)) * (1 - Math.abs(y)))
                .text("x / (1 + |x|)", "1 / (1 + |x|)^2 = (1 - |y|)^2", "(-1, 1)")
                .bounds(-1, 1)
                .is(ZERO_CENTRED, SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("a slower tanh");
        all.define("elliott")
                .reference((x, p) -> References.elliott(x))
                .referenceDerivative((x, p) -> 0.5 / ((1 + Math.abs(x)) * (1 + Math.abs(x))))
                .referenceFromOutput((y, p) -> 2 * Math.min(y, 1 - y) * Math.min(y, 1 - y))
                .text("x / (1 + |x|) / 2 + 1/2", "1/2 / (1 + |x|)^2", "(0, 1)")
                .bounds(0, 1)
                .is(SATURATES_LEFT, SATURATES_RIGHT, MONOTONIC, CONTINUOUS_SLOPE)
                .use("a sigmoid without exponential");
        all.define("squareplus")
                .parameterFrom(0, "b", 4)
                .reference((x, p) -> References.squareplus(x, p[0]))
                .referenceDerivative((x, p) -> References.squareplusDerivative(x, p[0]))
                .referenceFromOutput((y, p) -> References.squareplusFromOutput(y, p[0]))
                .text("(x + sqrt(x^2 + b)) / 2", "(1 + x / sqrt(x^2 + b)) / 2", "(0, inf)")
                .bounds(0, Double.POSITIVE_INFINITY)
                .is(SATURATES_LEFT, MONOTONIC, CONTINUOUS_SLOPE, SMOOTH)
                .use("softplus without exponential");
        all.define("rational_tanh")
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
    }
}
