package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.*;
import static dev.hillock.kernel.ScalarDoubleFormulas.sigmoid;
import static dev.hillock.kernel.ScalarDoubleFormulas.sigmoidRaisedSlope;
import static dev.hillock.kernel.ScalarDoubleFormulas.swishBetaSlope;
import static dev.hillock.kernel.ScalarDoubleFormulas.swishBetaValue;
import static dev.hillock.kernel.ScalarDoubleFormulas.tanh;
import static dev.hillock.kernel.ScalarDoubleFormulas.tanhDerivative;
import static dev.hillock.kernel.ScalarDoubleFormulas.tanhHalfExpm1Twice;
import static dev.hillock.kernel.ScalarDoubleFormulas.tanhScaled;
import static java.lang.Math.abs;
import static java.lang.Math.copySign;

/**
 * The mirror of {@code native/core/formulas/exponential.h}, one double at a time: the same functions in the same order, the same
 * operations, the same bits.
 */
public final class ScalarDoubleExponentialFormulas {
    private ScalarDoubleExponentialFormulas() {}

    // celu(x) = x for x >= 0, else alpha * (exp(x / alpha) - 1). The quotient is carried in two doubles; where
    // alpha is below 0 it grows, and half of expm1 is a number wherever the result is one. What rounding loses of
    // that half is carried, for alpha may make it count twice.                     Barron, arXiv:1704.07483
    public static double celu(double x, double alpha) {
        double inverse = 1.0 / alpha;
        double t = atLeast(x, (alpha > 0.0 ? -40.0 : -710.0) * abs(alpha));
        double u = t * inverse;
        double uRest = fma(-u, alpha, t) * inverse;
        double whole = fma(u, LOG2_E, WHOLE - 1.0);
        double p = expm1Rest(expRest(u, whole - (WHOLE - 1.0)) + uRest);
        double s = pow2(whole);
        double half = fma(s, p, s - 0.5);
        double halfRest = fma(s, p, s - 0.5 - half);
        double y = fma(2.0 * alpha, half, 2.0 * alpha * halfRest);
        return x < 0.0 && abs(u) > 0x1p-55 ? y : x;
    }

    public static double celuDerivative(double x, double alpha) {
        double inverse = 1.0 / alpha;
        double t = atLeast(x, (alpha > 0.0 ? -780.0 : -710.0) * abs(alpha));
        double u = t * inverse;
        double uRest = fma(-u, alpha, t) * inverse;
        return x > 0.0 ? 1.0 : expWide(u, uRest);
    }

    public static double celuSlopeFromOutput(double y, double alpha) {
        return y > 0.0 ? 1.0 : y / alpha + 1.0;
    }

    // gelu_sigmoid(x) = x sigmoid(1.702 x), as swish_beta with a constant that no double holds.
    static final double GELU_SIGMOID_BETA = 0x1.b3b645a1cac08p0;
    static final double GELU_SIGMOID_BETA_REST = 0x1.89374bc6a7efap-55;
    static final double GELU_SIGMOID_LEAST = -458.0; // -780 / 1.702; far above it x itself counts, as in SwishBeta

    public static double geluSigmoid(double x) {
        double t = atLeast(x, GELU_SIGMOID_LEAST);
        double b = t * GELU_SIGMOID_BETA;
        return swishBetaValue(x, t, b, fma(t, GELU_SIGMOID_BETA_REST, fma(t, GELU_SIGMOID_BETA, -b)));
    }

    public static double geluSigmoidDerivative(double x) {
        double t = atLeast(x, GELU_SIGMOID_LEAST);
        double b = t * GELU_SIGMOID_BETA;
        return swishBetaSlope(b, fma(t, GELU_SIGMOID_BETA_REST, fma(t, GELU_SIGMOID_BETA, -b)));
    }

    // log_sigmoid(x) = -log(1 + exp(-x)) = min(x, 0) - log1p(exp(-|x|)).
    public static double logSigmoid(double x) {
        double e = expRaised(atLeast(-abs(x), -746.0));
        double tail = fma(e, log1pBend(e * LOWER), e);
        return fma(tail, -LOWER, atMost(x, -0.0));
    }

    public static double logSigmoidDerivative(double x) {
        return sigmoid(-x);
    }

    // tanhshrink(x) = x - tanh(x): x^3 times a polynomial up to 1, then (|x| - 1) + (1 - tanh(|x|)).
    public static double tanhshrink(double x) {
        double t = abs(x);
        double z = t * t;
        double cube = t * z;
        double cubeRest = fma(t, z, -cube) + t * fma(t, t, -z);
        double near = fma(cube, SHRINK_C0, fma(cubeRest, SHRINK_C0, cube * tanhBend(z)));
        double far = t - 1.0 + 1.0 / (tanhHalfExpm1Twice(atMost(t, 19.5), 0.0) + 1.0);
        return copySign(t < 1.0 ? near : far, x);
    }

    public static double tanhshrinkDerivative(double x) {
        double h = tanhHalfExpm1Twice(atMost(abs(x), 19.5), 0.0);
        double m = atMost(h, 1.0);
        double q = m / (h + 1.0);
        double y = fma(-m, q, m);
        double yRest = fma(-m, q, m - y);
        return fma(y, y, 2.0 * y * yRest);
    }

    // soft_cap(x) = cap * tanh(x / cap).
    public static double softCap(double x, double cap) {
        double inverse = 1.0 / cap;
        double t = atMost(abs(x), 19.5 * cap);
        double u = t * inverse;
        double uRest = fma(-u, cap, t) * inverse;
        return copySign(u < 0x1p-28 ? t : tanhScaled(u, uRest, cap, 0.0), x);
    }

    public static double softCapDerivative(double x, double cap) {
        double inverse = 1.0 / cap;
        double t = atMost(abs(x), 376.0 * cap);
        double u = t * inverse;
        double uRest = fma(-u, cap, t) * inverse;
        return sigmoidRaisedSlope(-2.0 * u, -2.0 * uRest) * (4.0 * LOWER);
    }

    public static double softCapSlopeFromOutput(double y, double cap) {
        double inverse = 1.0 / cap;
        double w = y * inverse;
        double wRest = fma(-w, cap, y) * inverse;
        return fma(-2.0 * w, wRest, fma(-w, w, 1.0));
    }

    // lecun_tanh(x) = 1.7159 tanh(2 x / 3).                             LeCun et al., Efficient BackProp
    static final double LECUN_TANH_SCALE = 0x1.b74538ef34d6ap0;
    static final double LECUN_TANH_SCALE_REST = 0x1.61e4f765fd8aep-56;
    static final double LECUN_TANH_INVERSE = 0x1.2a62bc5ef2426p-1;
    static final double LECUN_TANH_INVERSE_REST = 0x1.031e3dcbb167cp-55;
    static final double LECUN_TANH_TWO_THIRDS = 0x1.5555555555555p-1;
    static final double LECUN_TANH_TWO_THIRDS_REST = 0x1.5555555555555p-55;
    static final double LECUN_TANH_SLOPE = 0x1.24d8d09f788f1p0; // 1.7159 * 2/3
    static final double LECUN_TANH_SLOPE_REST = 0x1.9050d3e654ec8p-54;

    public static double lecunTanh(double x) {
        double t = atMost(abs(x), 29.25);
        double u = t * LECUN_TANH_TWO_THIRDS;
        double uRest = fma(t, LECUN_TANH_TWO_THIRDS_REST, fma(t, LECUN_TANH_TWO_THIRDS, -u));
        double y = tanhScaled(u, uRest, LECUN_TANH_SCALE, LECUN_TANH_SCALE_REST);
        return copySign(t < 0x1p-60 ? fma(t, LECUN_TANH_SLOPE, t * LECUN_TANH_SLOPE_REST) : y, x);
    }

    public static double lecunTanhDerivative(double x) {
        double t = atMost(abs(x), 564.0);
        double u = t * LECUN_TANH_TWO_THIRDS;
        double uRest = fma(t, LECUN_TANH_TWO_THIRDS_REST, fma(t, LECUN_TANH_TWO_THIRDS, -u));
        return LECUN_TANH_SLOPE * sigmoidRaisedSlope(-2.0 * u, -2.0 * uRest) * (4.0 * LOWER);
    }

    public static double lecunTanhSlopeFromOutput(double y) {
        double w = y * LECUN_TANH_INVERSE;
        double wRest = fma(y, LECUN_TANH_INVERSE_REST, fma(y, LECUN_TANH_INVERSE, -w));
        return LECUN_TANH_SLOPE * fma(-2.0 * w, wRest, fma(-w, w, 1.0));
    }

    public static double rectifiedTanh(double x) {
        return x < 0.0 ? 0.0 : tanh(x);
    }

    public static double rectifiedTanhBackward(double x, double dy) {
        return x > 0.0 ? dy * tanhDerivative(x) : 0.0;
    }

    public static double rectifiedTanhBackwardFromOutput(double y, double dy) {
        return y > 0.0 ? dy * fma(-y, y, 1.0) : 0.0;
    }

    public static double exp(double x) {
        return expWide(atMost(atLeast(x, -780.0), 710.0), 0.0);
    }

    public static double expDerivative(double x) {
        return exp(x);
    }

    public static double expSlopeFromOutput(double y) {
        return y;
    }
}
