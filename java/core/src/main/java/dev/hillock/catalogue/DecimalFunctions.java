package dev.hillock.catalogue;

import static dev.hillock.catalogue.Decimal.HALF;
import static dev.hillock.catalogue.Decimal.ONE;
import static dev.hillock.catalogue.Decimal.TWO;
import static dev.hillock.catalogue.Decimal.add;
import static dev.hillock.catalogue.Decimal.bell;
import static dev.hillock.catalogue.Decimal.cos;
import static dev.hillock.catalogue.Decimal.div;
import static dev.hillock.catalogue.Decimal.expm1;
import static dev.hillock.catalogue.Decimal.log1p;
import static dev.hillock.catalogue.Decimal.mul;
import static dev.hillock.catalogue.Decimal.normal;
import static dev.hillock.catalogue.Decimal.scaled;
import static dev.hillock.catalogue.Decimal.sin;
import static dev.hillock.catalogue.Decimal.sqrt;
import static dev.hillock.catalogue.Decimal.sub;
import static dev.hillock.catalogue.Decimal.tanh;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What a textbook says of the functions that round, and of their slopes, in 60 digits. */
public final class DecimalFunctions {
    /** A value at x with the function's parameters. */
    @FunctionalInterface
    public interface Formula {
        /** The value at x. */
        BigDecimal at(BigDecimal x, BigDecimal[] p);
    }

    /** A function and its slope. */
    public record Pair(Formula value, Formula slope) {}

    private static final Map<String, Pair> ALL = new TreeMap<>();
    private static final BigDecimal THREE = BigDecimal.valueOf(3);
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);
    private static final BigDecimal SIX = BigDecimal.valueOf(6);
    private static final BigDecimal LECUN = new BigDecimal("1.7159");
    private static final BigDecimal QUICK = new BigDecimal("1.702");
    private static final BigDecimal CUBIC = new BigDecimal("0.044715");
    private static final BigDecimal QUARTIC = new BigDecimal("1.41645");

    private DecimalFunctions() {}

    /** The formulas of a function by name; null where the kernel's own arithmetic is as plain. */
    public static Pair of(String name) {
        return ALL.get(name);
    }

    /** Parameters as formulas take them; an infinite limit becomes one that no double passes. */
    public static BigDecimal[] parameters(double... values) {
        return Arrays.stream(values)
                .mapToObj(value ->
                        new BigDecimal(Double.isInfinite(value) ? Math.copySign(Double.MAX_VALUE, value) : value))
                .toArray(BigDecimal[]::new);
    }

    private static void define(String name, Formula value, Formula slope) {
        ALL.put(name, new Pair(value, slope));
    }

    private static BigDecimal positive(BigDecimal x) {
        return x.max(BigDecimal.ZERO);
    }

    private static boolean below(BigDecimal x, int limit) {
        return x.compareTo(BigDecimal.valueOf(limit)) < 0;
    }

    private static boolean above(BigDecimal x, int limit) {
        return x.compareTo(BigDecimal.valueOf(limit)) > 0;
    }

    private static BigDecimal sigmoid(BigDecimal x) {
        return div(ONE, add(ONE, scaled(x.negate())));
    }

    // s(x) s(-x).
    private static BigDecimal sigmoidSlope(BigDecimal x) {
        return mul(sigmoid(x), sigmoid(x.negate()));
    }

    private static BigDecimal softplus(BigDecimal x) {
        return add(x.max(BigDecimal.ZERO), log1p(scaled(x.abs().negate())));
    }

    private static BigDecimal elu(BigDecimal x, BigDecimal alpha) {
        return x.signum() > 0 ? x : mul(alpha, expm1(x));
    }

    private static BigDecimal eluSlope(BigDecimal x, BigDecimal alpha) {
        return x.signum() > 0 ? ONE : mul(alpha, scaled(x));
    }

    private static BigDecimal swish(BigDecimal x, BigDecimal beta) {
        return mul(x, sigmoid(mul(beta, x)));
    }

    private static BigDecimal swishSlope(BigDecimal x, BigDecimal beta) {
        BigDecimal z = mul(beta, x);
        return mul(sigmoid(z), add(ONE, mul(z, sigmoid(z.negate()))));
    }

    private static BigDecimal tanhSlope(BigDecimal x) {
        return mul(FOUR, sigmoidSlope(mul(TWO, x)));
    }

    // 2 sqrt(2 / pi) (x + 0.044715 x^3).
    private static BigDecimal geluTanhArgument(BigDecimal x) {
        return mul(geluTanhFactor(), add(x, mul(CUBIC, mul(x, mul(x, x)))));
    }

    private static BigDecimal geluTanhFactor() {
        return mul(TWO, sqrt(div(TWO, Decimal.PI)));
    }

    private static BigDecimal geluTanhSlope(BigDecimal x) {
        BigDecimal v = geluTanhArgument(x);
        BigDecimal slope = mul(geluTanhFactor(), add(ONE, mul(mul(THREE, CUBIC), mul(x, x))));
        return mul(sigmoid(v), add(ONE, mul(mul(x, slope), sigmoid(v.negate()))));
    }

    // tanh(softplus(x)) = (e^2 + 2 e) / (e^2 + 2 e + 2).
    private static BigDecimal mishGate(BigDecimal x) {
        BigDecimal e = scaled(x);
        BigDecimal n = mul(e, add(e, TWO));
        return div(n, add(n, TWO));
    }

    private static BigDecimal mishSlope(BigDecimal x) {
        BigDecimal e = scaled(x);
        BigDecimal d = add(mul(e, add(e, TWO)), TWO);
        return add(mishGate(x), div(mul(mul(FOUR, x), mul(e, add(ONE, e))), mul(d, d)));
    }

    private static BigDecimal tanhshrink(BigDecimal x) {
        if (x.abs().compareTo(new BigDecimal("1e-6")) > 0) {
            return sub(x, tanh(x));
        }
        BigDecimal z = mul(x, x);
        BigDecimal bend = sub(div(ONE, THREE), mul(z, sub(div(TWO, BigDecimal.valueOf(15)), mul(z, seventeenth()))));
        return mul(mul(x, z), bend);
    }

    private static BigDecimal seventeenth() {
        return div(BigDecimal.valueOf(17), BigDecimal.valueOf(315));
    }

    private static BigDecimal softsignSlope(BigDecimal x) {
        BigDecimal d = add(ONE, x.abs());
        return div(ONE, mul(d, d));
    }

    private static BigDecimal root(BigDecimal x, BigDecimal b) {
        return sqrt(add(mul(x, x), b));
    }

    private static BigDecimal squareplus(BigDecimal x, BigDecimal b) {
        BigDecimal r = root(x, b);
        return x.signum() < 0 ? div(b, mul(TWO, sub(r, x))) : mul(HALF, add(x, r));
    }

    private static BigDecimal squareplusSlope(BigDecimal x, BigDecimal b) {
        BigDecimal r = root(x, b);
        return x.signum() < 0 ? div(b, mul(mul(TWO, r), sub(r, x))) : mul(HALF, add(ONE, div(x, r)));
    }

    private static BigDecimal rationalSum(BigDecimal z) {
        return add(z, mul(mul(z, z), add(ONE, mul(QUARTIC, mul(z, z)))));
    }

    private static BigDecimal rationalTanh(BigDecimal x) {
        BigDecimal s = rationalSum(div(mul(TWO, x.abs()), THREE));
        BigDecimal y = div(mul(LECUN, s), add(ONE, s));
        return x.signum() < 0 ? y.negate() : y;
    }

    private static BigDecimal rationalTanhSlope(BigDecimal x) {
        BigDecimal z = div(mul(TWO, x.abs()), THREE);
        BigDecimal d = add(ONE, rationalSum(z));
        BigDecimal n = add(ONE, mul(z, add(TWO, mul(mul(FOUR, QUARTIC), mul(z, z)))));
        return div(mul(mul(LECUN, TWO), n), mul(THREE, mul(d, d)));
    }

    private static BigDecimal isruRoot(BigDecimal x, BigDecimal alpha) {
        return sqrt(add(ONE, mul(alpha, mul(x, x))));
    }

    private static BigDecimal isru(BigDecimal x, BigDecimal alpha) {
        return div(x, isruRoot(x, alpha));
    }

    private static BigDecimal isruSlope(BigDecimal x, BigDecimal alpha) {
        BigDecimal r = isruRoot(x, alpha);
        return div(ONE, mul(r, mul(r, r)));
    }

    static {
        define("isru", (x, p) -> isru(x, p[0]), (x, p) -> isruSlope(x, p[0]));
        define(
                "isrlu",
                (x, p) -> x.signum() < 0 ? isru(x, p[0]) : x,
                (x, p) -> x.signum() < 0 ? isruSlope(x, p[0]) : ONE);
        // (sqrt(x^2 + 1) - 1) / 2 = x^2 / (sqrt(x^2 + 1) + 1) / 2.
        define(
                "bent_identity",
                (x, p) -> add(x, mul(HALF, div(mul(x, x), add(root(x, ONE), ONE)))),
                (x, p) -> add(ONE, mul(HALF, isru(x, ONE))));
        define(
                "star_relu",
                (x, p) -> add(mul(p[0], mul(positive(x), positive(x))), p[1]),
                (x, p) -> mul(mul(TWO, p[0]), positive(x)));
        define("sine", (x, p) -> sin(x.multiply(p[0])), (x, p) -> mul(p[0], cos(x.multiply(p[0]))));
        // 1 + sin(2 a x) = (sin(a x) + cos(a x))^2.
        define(
                "snake",
                (x, p) -> {
                    BigDecimal s = sin(x.multiply(p[0]));
                    return add(x, div(mul(s, s), p[0]));
                },
                (x, p) -> {
                    BigDecimal s = add(sin(x.multiply(p[0])), cos(x.multiply(p[0])));
                    return mul(s, s);
                });
        define("sigmoid", (x, p) -> sigmoid(x), (x, p) -> sigmoidSlope(x));
        define("tanh", (x, p) -> tanh(x), (x, p) -> tanhSlope(x));
        define("elu", (x, p) -> elu(x, p[0]), (x, p) -> eluSlope(x, p[0]));
        define("selu", (x, p) -> mul(p[1], elu(x, p[0])), (x, p) -> mul(p[1], eluSlope(x, p[0])));
        define("silu", (x, p) -> swish(x, ONE), (x, p) -> swishSlope(x, ONE));
        define("swish_beta", (x, p) -> swish(x, p[0]), (x, p) -> swishSlope(x, p[0]));
        define("gelu", (x, p) -> mul(x, normal(x)), (x, p) -> add(normal(x), mul(x, bell(x))));
        define("gelu_tanh", (x, p) -> mul(x, sigmoid(geluTanhArgument(x))), (x, p) -> geluTanhSlope(x));
        define(
                "softplus",
                (x, p) -> mul(p[0], x).compareTo(p[1]) > 0 ? x : div(softplus(mul(p[0], x)), p[0]),
                (x, p) -> mul(p[0], x).compareTo(p[1]) > 0 ? ONE : sigmoid(mul(p[0], x)));
        define("mish", (x, p) -> mul(x, mishGate(x)), (x, p) -> mishSlope(x));
        define(
                "hardswish",
                (x, p) -> below(x, -3) ? BigDecimal.ZERO : above(x, 3) ? x : div(mul(x, add(x, THREE)), SIX),
                (x, p) -> below(x, -3) ? BigDecimal.ZERO : above(x, 3) ? ONE : add(div(x, THREE), HALF));
        define(
                "hardsigmoid",
                (x, p) -> below(x, -3) ? BigDecimal.ZERO : above(x, 3) ? ONE : div(add(x, THREE), SIX),
                (x, p) -> x.abs().compareTo(THREE) >= 0 ? BigDecimal.ZERO : div(ONE, SIX));
        define("cube", (x, p) -> mul(x, mul(x, x)), (x, p) -> mul(THREE, mul(x, x)));
        define("softsign", (x, p) -> div(x, add(ONE, x.abs())), (x, p) -> softsignSlope(x));
        define(
                "elliott",
                (x, p) -> x.signum() < 0 ? div(HALF, sub(ONE, x)) : sub(ONE, div(HALF, add(ONE, x))),
                (x, p) -> mul(HALF, softsignSlope(x)));
        define("squareplus", (x, p) -> squareplus(x, p[0]), (x, p) -> squareplusSlope(x, p[0]));
        define("rational_tanh", (x, p) -> rationalTanh(x), (x, p) -> rationalTanhSlope(x));
        define(
                "celu",
                (x, p) -> x.signum() > 0 ? x : mul(p[0], expm1(div(x, p[0]))),
                (x, p) -> x.signum() > 0 ? ONE : scaled(div(x, p[0])));
        define("gelu_sigmoid", (x, p) -> swish(x, QUICK), (x, p) -> swishSlope(x, QUICK));
        define("log_sigmoid", (x, p) -> softplus(x.negate()).negate(), (x, p) -> sigmoid(x.negate()));
        define("tanhshrink", (x, p) -> tanhshrink(x), (x, p) -> mul(tanh(x), tanh(x)));
        define("soft_cap", (x, p) -> mul(p[0], tanh(div(x, p[0]))), (x, p) -> tanhSlope(div(x, p[0])));
        define(
                "lecun_tanh",
                (x, p) -> mul(LECUN, tanh(div(mul(TWO, x), THREE))),
                (x, p) -> div(mul(mul(LECUN, TWO), tanhSlope(div(mul(TWO, x), THREE))), THREE));
        define(
                "rectified_tanh",
                (x, p) -> x.signum() < 0 ? BigDecimal.ZERO : tanh(x),
                (x, p) -> x.signum() > 0 ? tanhSlope(x) : BigDecimal.ZERO);
        define("exp", (x, p) -> scaled(x), (x, p) -> scaled(x));
    }
}
