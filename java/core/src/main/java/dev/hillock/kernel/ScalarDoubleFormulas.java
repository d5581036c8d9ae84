package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.*;
import static java.lang.Math.abs;
import static java.lang.Math.copySign;

/**
 * The mirror of {@code native/core/float64/formulas.h} and of what {@code native/core/formulas.h} has for all types, one
 * double at a time: the same functions in the same order, the same operations, the same bits.
 */
public final class ScalarDoubleFormulas {
    private ScalarDoubleFormulas() {}

    public static double identity(double x) {
        return x;
    }

    public static double identityBackward(double x, double dy) {
        return dy;
    }

    public static double identityBackwardFromOutput(double x, double dy) {
        return dy;
    }

    // sigmoid(x) = 1 / (1 + exp(-x)). With exp(-x) = (1 + p) / c, c a power of two: c / (1 + c + p). The
    // denominator is rounded once, for 1 + c is exact where it matters.
    // 1 + c + p in one rounding: p takes what 1 + c loses.
    static double sigmoidSum(double c, double p) {
        double b = fma(c, LOWER, 1.0);
        return b + (p + fma(c, LOWER, 1.0 - b));
    }

    // Its square, in one rounding.
    static double sigmoidSquareSum(double c, double p) {
        double b = fma(c, LOWER, 1.0);
        double rest = p + fma(c, LOWER, 1.0 - b);
        double d = b + rest;
        return fma(d, d, 2.0 * d * ((b - d) + rest));
    }

    public static double sigmoidRaised(double whole, double p) {
        double c = pow2(whole);
        return c / sigmoidSum(c, p);
    }

    public static double sigmoid(double x) {
        double v = atLeast(atMost(x, 40.0), -746.0);
        double whole = fma(v, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-v, RAISED - whole));
        return sigmoidRaised(whole, p) * LOWER;
    }

    // (1 + q)^2 in one rounding.
    public static double sigmoidSquare(double q) {
        return fma(q, 2.0 + q, 1.0);
    }

    // sigmoid(x) sigmoid(-x) = c (1 + p) / (1 + c + p)^2, the same for x and -x.
    public static double sigmoidDerivative(double x) {
        double v = atLeast(-abs(x), -746.0);
        double whole = fma(v, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-v, RAISED - whole));
        double c = pow2(whole);
        return fma(c, p, c) / sigmoidSquare(fma(c, LOWER, p)) * LOWER;
    }

    // The same at x + rest, for x in [-780, 0], times 2^128.
    public static double sigmoidRaisedSlope(double x, double rest) {
        double whole = fma(x, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-x, RAISED - whole) - rest);
        double c = pow2(whole);
        return fma(c, p, c) / sigmoidSquare(fma(c, LOWER, p));
    }

    public static double sigmoidSlopeFromOutput(double y) {
        return y * (1.0 - y);
    }

    // tanh(x) = h / (h + 1) with h = expm1(2 |x|) / 2. Up to h = 1 as h - h q, then as 1 - q, q the quotient that
    // is left: either way its rounding errors count for half or less.
    // expm1(2 (x + rest)) / 2 for x in [0, 43]; what rounding loses of r and of p is put back.
    public static double tanhHalfExpm1Twice(double x, double rest) {
        double whole = fma(x, 2.0 * LOG2_E, WHOLE);
        double n = whole - WHOLE;
        double high = fma(n, -0.5 * LN2, x);
        double r = fma(n, -0.5 * LN2_REST, high);
        double rRest = fma(n, -0.5 * LN2_REST, high - r);
        double small = fma(r * r, halfExpm1Bend(r), rest + rRest);
        double p = r + small;
        double pRest = (r - p) + small;
        double s = pow2(whole);
        return fma(s, pRest, fma(s, p, fma(0.5, s, -0.5)));
    }

    public static double tanh(double x) {
        double h = tanhHalfExpm1Twice(atMost(abs(x), 19.5), 0.0);
        double m = atMost(h, 1.0);
        double q = m / (h + 1.0);
        return copySign(fma(-m, q, m), x);
    }

    // (scale + scale_rest) tanh(x + rest) for x in [0, 19.5], the quotient in two doubles.
    public static double tanhScaled(double x, double rest, double scale, double scaleRest) {
        double h = tanhHalfExpm1Twice(x, rest);
        double m = atMost(h, 1.0);
        double d = h + 1.0;
        double dRest = h - (d - 1.0);
        double inverse = 1.0 / d;
        double q = m * inverse;
        double qRest = fma(-q, dRest, fma(-q, d, m)) * inverse;
        double a = scale * m;
        double aRest = fma(scale, m, -a) + scaleRest * m;
        return a + fma(-a, q, fma(-a, qRest, fma(-aRest, q, aRest)));
    }

    // 1 - tanh(x)^2 = 4 sigmoid'(2 x), the 4 before the power of two for the sake of subnormal slopes.
    public static double tanhDerivative(double x) {
        return sigmoidRaisedSlope(atLeast(-2.0 * abs(x), -748.0), 0.0) * (4.0 * LOWER);
    }

    public static double tanhSlopeFromOutput(double y) {
        return fma(-y, y, 1.0);
    }

    // Not max(x, 0): a NaN must survive, and -0 stays -0.
    public static double relu(double x) {
        return atLeast(x, 0.0);
    }

    public static double reluBackward(double x, double dy) {
        return x > 0.0 ? dy : 0.0;
    }

    public static double reluBackwardFromOutput(double y, double dy) {
        return y > 0.0 ? dy : 0.0;
    }

    public static double leakyRelu(double x, double alpha) {
        return x > 0.0 ? x : alpha * x;
    }

    public static double leakyReluBackward(double x, double dy, double alpha) {
        return x > 0.0 ? dy : alpha * dy;
    }

    public static double leakyReluBackwardFromOutput(double y, double dy, double alpha) {
        return leakyReluBackward(y, dy, alpha);
    }

    // elu(x) = x for x > 0, else alpha * (exp(x) - 1).                 Clevert et al., arXiv:1511.07289
    public static double elu(double x, double alpha) {
        return x < 0.0 ? alpha * expm1Near(atLeast(x, -40.0)) : x;
    }

    // Not y + alpha: from x = -38 down that is 0, while the true slope is still 3.1e-17.
    public static double eluDerivative(double x, double alpha) {
        return x > 0.0 ? 1.0 : alpha * expRaised(atLeast(x, -780.0)) * LOWER;
    }

    public static double eluSlopeFromOutput(double y, double alpha) {
        return y > 0.0 ? 1.0 : y + alpha;
    }

    // selu(x) = lambda * elu(x; alpha), lambda * alpha in two doubles.    Klambauer et al., arXiv:1706.02515
    public static double selu(double x, double alpha, double lambda) {
        double a = lambda * alpha;
        double aRest = fma(lambda, alpha, -a);
        double t = expm1Near(atLeast(x, -40.0));
        return x < 0.0 ? fma(a, t, aRest * t) : lambda * x;
    }

    public static double seluDerivative(double x, double alpha, double lambda) {
        double a = lambda * alpha;
        double aRest = fma(lambda, alpha, -a);
        double e = expRaised(atLeast(x, -780.0));
        return x > 0.0 ? lambda : fma(a, e, aRest * e) * LOWER;
    }

    public static double seluSlopeFromOutput(double y, double alpha, double lambda) {
        return y > 0.0 ? lambda : fma(lambda, alpha, y);
    }

    // silu(x) = x sigmoid(x): x c / (1 + c + p), as in Sigmoid.        Elfwing et al., arXiv:1702.03118
    public static double silu(double x) {
        double v = atLeast(x, -780.0);
        double whole = fma(v, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-v, RAISED - whole));
        double c = pow2(whole);
        double y = v * c / sigmoidSum(c, p) * LOWER;
        return x > 40.0 ? x : y;
    }

    // sigmoid(x) (1 + x sigmoid(-x)) = c (c + (1 + p)(1 + x)) / (1 + c + p)^2. c and 1 + x are exact around the
    // root.
    public static double siluDerivative(double x) {
        double v = atLeast(x, -780.0);
        double whole = fma(v, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-v, RAISED - whole));
        double raised = pow2(whole);
        double c = raised * LOWER;
        double u = 1.0 + v;
        double n = fma(p, u, c + u);
        double slope = n / sigmoidSquareSum(raised, p) * raised * LOWER;
        return x > 40.0 ? 1.0 : slope;
    }

    // swish_beta(x) = x sigmoid(beta x). The product is carried in two doubles, b and b_rest, into the
    // exponential.
    // Beyond it sigmoid(beta x) is 0 or 1.
    public static double swishBetaLimit(double beta) {
        return atMost(780.0 / abs(beta), 0x1.fffffffffffffp1023);
    }

    public static double swishBetaValue(double x, double t, double b, double bRest) {
        double whole = fma(b, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-b, RAISED - whole) - bRest);
        double c = pow2(whole);
        double y = t * c / sigmoidSum(c, p) * LOWER;
        return b > 40.0 ? x : y;
    }

    public static double swishBetaSlope(double b, double bRest) {
        double whole = fma(b, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-b, RAISED - whole) - bRest);
        double raised = pow2(whole);
        double c = raised * LOWER;
        double u = 1.0 + b;
        double uRest = ((1.0 - u) + b) + bRest;
        double n = fma(p, u, c + u) + fma(uRest, p, uRest);
        double slope = n / sigmoidSquareSum(raised, p) * raised * LOWER;
        return b > 40.0 ? 1.0 : slope;
    }

    public static double swishBeta(double x, double beta) {
        double t = atLeast(atMost(x, swishBetaLimit(beta)), -swishBetaLimit(beta));
        double b = beta * t;
        return swishBetaValue(x, t, b, fma(beta, t, -b));
    }

    public static double swishBetaDerivative(double x, double beta) {
        double t = atLeast(atMost(x, swishBetaLimit(beta)), -swishBetaLimit(beta));
        double b = beta * t;
        return swishBetaSlope(b, fma(beta, t, -b));
    }

    // gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|. The quotient's parts are carried in two doubles: rounded
    // each for itself they add up to 4.6 ULP, so to 2.0.               Hendrycks and Gimpel, arXiv:1606.08415
    public static double gelu(double x) {
        double t = atMost(abs(x), 38.6);
        double square = t * t;
        double whole = fma(square, -0.5 * LOG2_E, RAISED);
        double r = bellRest(t, square, whole - RAISED);
        double z = r * r;
        double bend = expm1Bend(r);
        double p = fma(z, bend, r);
        double pRest = fma(z, bend, r - p);
        double u = fma(tailNumerator(t), square, 0.5 * t);
        double rest = fma(u, TAIL_SLOPE, tailRemainder(t) * t);
        double d = 1.0 + rest;
        double dRest = (1.0 - d) + rest;
        double n = fma(u, p, u);
        double nRest = fma(u, pRest, fma(u, p, u - n));
        double inverse = 1.0 / d;
        double q = n * inverse;
        q = fma(fma(-q, d, n) + fma(-q, dRest, nRest), inverse, q);
        return fma(q * pow2(whole), -LOWER, atLeast(x, -0.0));
    }

    // Phi(-t) - t phi(t) for x = -t, one minus that for x = t.
    public static double geluDerivative(double x) {
        double t = atMost(abs(x), 38.8);
        double square = t * t;
        double whole = fma(square, -0.5 * LOG2_E, RAISED);
        double p = expm1Rest(bellRest(t, square, whole - RAISED));
        double n = bellNumerator(t);
        double d = fma(n, BELL_SLOPE, bellRemainder(t));
        double fromRoot = ((BELL_ROOT - t) + BELL_ROOT_REST) * n;
        double q = fma(fromRoot, p, fromRoot) / d;
        double tail = q * pow2(whole) * LOWER;
        return x > 0.0 ? 1.0 - tail : tail;
    }

    // gelu_tanh(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigmoid(v), v = x (A + B x^2).
    // In the tail v is large and its rounding error would become the result's relative error: v is carried in two
    // floats.
    private static final double GELU_TANH_A =
            0x1.9884533d4364p0; // few bits, so that GELU_TANH_A minus the inner sum is exact
    private static final double GELU_TANH_A_REST = 0x1.08d0fcb3c500cp-48;
    private static final double GELU_TANH_B = 0x1.2444f2a4d8b4bp-4;
    private static final double GELU_TANH_B_REST = -0x1.6c843a29d1c70p-61;

    // What the rounding of g = kA + kB x^2 lost.
    public static double geluTanhInnerRest(double x, double square, double g) {
        double rest = fma(square, GELU_TANH_B, GELU_TANH_A - g);
        rest = fma(fma(x, x, -square), GELU_TANH_B, rest);
        return rest + fma(square, GELU_TANH_B_REST, GELU_TANH_A_REST);
    }

    public static double geluTanh(double x) {
        double t = atMost(abs(x), 21.7);
        double square = t * t;
        double g = fma(square, GELU_TANH_B, GELU_TANH_A);
        double v = t * g;
        double vRest = fma(t, geluTanhInnerRest(t, square, g), fma(t, g, -v));
        double whole = fma(v, -LOG2_E, RAISED);
        double n = whole - RAISED;
        double p = expm1Rest(expRest(v, -n) + vRest);
        double c = pow2(whole);
        double q = t / sigmoidSum(c, p);
        return fma(q * c, -LOWER, atLeast(x, -0.0));
    }

    // sigmoid(v) (1 + x v' sigmoid(-v)), as in Silu.
    public static double geluTanhDerivative(double x) {
        double t = atLeast(atMost(x, 8.0), -21.7);
        double square = t * t;
        double g = fma(square, GELU_TANH_B, GELU_TANH_A);
        double gRest = geluTanhInnerRest(t, square, g);
        double v = t * g;
        double vRest = fma(t, gRest, fma(t, g, -v));
        double whole = fma(v, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-v, RAISED - whole) - vRest);
        double raised = pow2(whole);
        double c = raised * LOWER;
        double twice = 2.0 * t;
        double u = fma(twice, g - GELU_TANH_A, 1.0 + v) + fma(twice, gRest - GELU_TANH_A_REST, vRest);
        double n = fma(p, u, c + u);
        double b = 1.0 + c;
        double q = c + p;
        double d = x < -1.25 ? sigmoidSquare(q) : fma(b, b, p * fma(2.0, b, p));
        return n / d * raised * LOWER;
    }

    // softplus(x) = log(1 + exp(beta x)) / beta = (max(b, 0) + log1p(exp(-|b|))) / beta, b = beta x.
    // From threshold on, which is infinite unless a caller has PyTorch's habit, it is x.
    public static double softplus(double x, double beta, double threshold) {
        double limit = 746.0 / abs(beta);
        double t = atMost(abs(x), limit);
        double v = -abs(beta) * t;
        double vRest = fma(-abs(beta), t, -v);
        double whole = fma(v, LOG2_E, RAISED);
        double p = expm1Rest(expRest(v, whole - RAISED) + vRest);
        double s = pow2(whole);
        double raised = fma(s, p, s);
        double e = raised * LOWER;
        double tail = fma(raised, log1pBend(e), raised);
        double inverse = 1.0 / beta;
        double inverseRest = fma(-inverse, beta, 1.0) * inverse;
        double y = fma(tail, inverse * LOWER, fma(tail, inverseRest * LOWER, atLeast(x, 0.0)));
        return beta * x > threshold ? x : y;
    }

    // sigmoid(beta x), or 1.
    public static double softplusDerivative(double x, double beta, double threshold) {
        double limit = 746.0 / abs(beta);
        double t = atLeast(atMost(x, 0.4 * limit), -limit);
        double b = beta * t;
        double bRest = fma(beta, t, -b);
        double whole = fma(b, LOG2_E, RAISED);
        double p = expm1Rest(expRest(-b, RAISED - whole) - bRest);
        return beta * x > threshold ? 1.0 : sigmoidRaised(whole, p) * LOWER;
    }

    public static double softplusSlopeFromOutput(double y, double beta, double threshold) {
        return beta * y > threshold ? 1.0 : 0.0 - expm1Near(atLeast(-(beta * y), -40.0));
    }

    // mish(x) = x T, T = tanh(softplus(x)) = (d - 2) / d with e = exp(x), d = 2 + 2 e + e^2. T is split so that the
    // quotient, whose rounding errors are the largest, is the smaller part: T = 1 - 2 / d for x > 0.3,
    // T = 1/2 + (e^2/2 + e - 1) / d around 0, and mish(x) = x e - x e (e + e^2) / d below -0.7.
    // e = s + sp, s a power of two and 1 + s exact where it matters: 2 + 2 e + e^2 = 1 + (1 + s + sp)^2.
    public static double mish(double x) {
        double v = atLeast(atMost(x, 40.0), -780.0);
        double whole = fma(v, LOG2_E, RAISED);
        double p = expm1Rest(expRest(v, whole - RAISED));
        double raised = pow2(whole);
        double s = raised * LOWER;
        double sp = s * p;
        double e = s + sp;
        double b = 1.0 + s;
        double d = fma(sp, fma(2.0, b, sp), fma(b, b, 1.0));
        double middle = fma(sp, fma(0.5, sp, b), fma(0.5 * s, s, s - 1.0));
        boolean low = x < -0.7;
        boolean high = x > 0.3;
        double q = (high ? -2.0 : low ? -fma(e, e, e) : middle) / d;
        double a = low ? fma(v, p, v) * raised : v;
        double y = fma(a, q, low || high ? a : 0.5 * a);
        return copySign(x > 20.0 ? x : low ? y * LOWER : y, x);
    }

    // 1 - q (1 - x q (e + e^2)), q = 2 / d, for x > -3/8; else e (4 (1 + x) + e (6 + 4 x + e (4 + e))) / d^2. What
    // rounding loses of the divisor is put back.
    public static double mishDerivative(double x) {
        double v = atLeast(atMost(x, 20.0), -780.0);
        double whole = fma(v, LOG2_E, RAISED);
        double p = expm1Rest(expRest(v, whole - RAISED));
        double raised = pow2(whole);
        double s = raised * LOWER;
        double sp = s * p;
        double e = s + sp;
        double b = 1.0 + s;
        double base = fma(b, b, 1.0);
        double bend = fma(2.0, b, sp);
        double d = fma(sp, bend, base);
        double dRest = fma(sp, bend, base - d);
        double square = d * d;
        double squareRest = fma(2.0 * d, dRest, fma(d, d, -square));
        boolean high = x > -0.375;
        double w = fma(e, 4.0 + e, fma(4.0, v, 6.0));
        double n = high ? 2.0 : fma(4.0, v, 4.0) + fma(s, w, sp * w);
        double divisor = high ? d : square;
        double divisorRest = high ? dRest : squareRest;
        double inverse = 1.0 / divisor;
        double q = n * inverse;
        q = fma(fma(-q, divisor, n) - q * divisorRest, inverse, q);
        double rising = fma(-q, fma(-v * fma(e, e, e), q, 1.0), 1.0);
        return high ? rising : fma(q, p, q) * raised * LOWER;
    }

    // hardswish(x) = x (x + 3) / 6 between -3 and 3, 0 below (with the sign of x), x above.
    private static final double HARDSWISH_THIRD = 0x1.5555555555555p-2;
    private static final double HARDSWISH_THIRD_REST = 0x1.5555555555555p-56;

    public static double hardswish(double x) {
        double v = atLeast(x, -3.0);
        double w = v * (v + 3.0);
        return x > 3.0 ? x : fma(w, 0.5 * HARDSWISH_THIRD, w * (0.5 * HARDSWISH_THIRD_REST));
    }

    public static double hardswishBackward(double x, double dy) {
        double w = fma(2.0, x, 3.0);
        double slope = fma(w, 0.5 * HARDSWISH_THIRD, w * (0.5 * HARDSWISH_THIRD_REST));
        return x > 3.0 ? dy : x < -3.0 ? 0.0 : dy * slope;
    }
}
