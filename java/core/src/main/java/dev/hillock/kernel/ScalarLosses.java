package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.*;
import static java.lang.Math.abs;
import static java.lang.Math.copySign;

/**
 * The mirror of {@code native/core/losses/}, one float at a time: the same losses in the same order, the same operations,
 * the same bits.
 */
public final class ScalarLosses {
    private ScalarLosses() {}

    // Losses of the distance d = x - t.

    // -1, 0 or 1.
    private static float sign(float d) {
        return select(d > 0f, 1f, select(d < 0f, -1f, d));
    }

    public static float mse(float x, float t) {
        float d = x - t;
        return d * d;
    }

    public static float mseGradient(float x, float t) {
        return 2f * (x - t);
    }

    public static float mae(float x, float t) {
        return abs(x - t);
    }

    public static float maeGradient(float x, float t) {
        return sign(x - t);
    }

    // d^2 / (2 beta) below beta, |d| - beta / 2 from there on; inverse = 1 / beta.
    public static float smoothL1(float x, float t, float beta, float inverse) {
        float d = x - t;
        float a = abs(d);
        return select(a >= beta, a - 0.5f * beta, d * (d * (0.5f * inverse)));
    }

    public static float smoothL1Gradient(float x, float t, float beta, float inverse) {
        float d = x - t;
        return select(abs(d) >= beta, sign(d), d * inverse);
    }

    // d^2 / 2 up to delta, delta (|d| - delta / 2) beyond.
    public static float huber(float x, float t, float delta) {
        float d = x - t;
        float a = abs(d);
        return select(a > delta, delta * (a - 0.5f * delta), 0.5f * d * d);
    }

    public static float huberGradient(float x, float t, float delta) {
        float d = x - t;
        return select(abs(d) > delta, copySign(delta, d), d);
    }

    // log(cosh(d)): up to 1 a polynomial, for the other form cancels there; then |d| + log1p(exp(-2 |d|)) - ln2.
    // log(cosh(d)) / d^2 for z = d^2 in [0, 1], from coefficients/log_cosh.sollya: relative error 2^-26.8.
    private static float logCoshNear(float z) {
        float p = 0x1.6f0cf6p-14f;
        p = fma(p, z, -0x1.253cb6p-11f);
        p = fma(p, z, 0x1.10ca96p-9f);
        p = fma(p, z, -0x1.b7ee12p-8f);
        p = fma(p, z, 0x1.6c0202p-6f);
        p = fma(p, z, -0x1.555512p-4f);
        return fma(p, z, 0.5f);
    }

    public static float logCosh(float x, float t) {
        float d = x - t;
        float a = abs(d);
        float e = expRaised(atLeast(-2f * a, -40f));
        float tail = fma(e, log1pBend(e * LOWER), e);
        float z = d * d;
        return select(a < 1f, z * logCoshNear(z), fma(tail, LOWER, a - LN2));
    }

    public static float logCoshGradient(float x, float t) {
        return ScalarFormulas.tanh(x - t);
    }

    // The larger of q d and below d, with below = q - 1 and d = t - x.
    public static float quantile(float x, float t, float q, float below) {
        float d = t - x;
        return atLeast(q * d, below * d);
    }

    public static float quantileGradient(float x, float t, float q, float below) {
        return select(t > x, -q, select(t < x, -below, 0f));
    }

    // Losses of scores x against signs t, -1 or 1, that are zero beyond a margin.

    // max(0, margin - t x).
    public static float hinge(float x, float t, float margin) {
        return atLeast(fma(-t, x, margin), 0f);
    }

    public static float hingeGradient(float x, float t, float margin) {
        return select(fma(-t, x, margin) > 0f, -t, 0f);
    }

    public static float squaredHinge(float x, float t, float margin) {
        float h = hinge(x, t, margin);
        return h * h;
    }

    public static float squaredHingeGradient(float x, float t, float margin) {
        return -2f * t * hinge(x, t, margin);
    }

    // x where t is 1, max(0, margin - x) elsewhere.
    public static float hingeEmbedding(float x, float t, float margin) {
        return select(t == 1f, x, atLeast(margin - x, 0f));
    }

    public static float hingeEmbeddingGradient(float x, float t, float margin) {
        return select(t == 1f, 1f, select(x < margin, -1f, 0f));
    }

    // Losses that are negative log-likelihoods. Those of logits z are made of e = exp(-|z|), which never overflows:
    // sigmoid(z) is 1 / (1 + e) or e / (1 + e).

    // exp(-|z|), 0 where it would be subnormal: such numbers take a hundred times the time of others and change
    // nothing.
    private static float decay(float z) {
        float v = atLeast(-abs(z), -88f);
        float whole = fma(v, LOG2_E, WHOLE);
        float p = expm1Rest(expRest(v, whole - WHOLE));
        float s = pow2(whole);
        return abs(z) > 87.3f ? 0f : fma(s, p, s);
    }

    // rest + log1p(exp(-|z|)).
    private static float plusDecayLog(float z, float rest) {
        float e = decay(z);
        return rest + fma(e, log1pBend(e), e);
    }

    // max(z, 0) - z s + log1p(exp(-|z|)), with s = keep t + shift the smoothed target.
    public static float bceWithLogits(float z, float t, float keep, float shift) {
        float s = fma(t, keep, shift);
        return plusDecayLog(z, fma(-z, s, atLeast(z, 0f)));
    }

    // sigmoid(z) - s over one denominator, so that nothing cancels for s = 0 and s = 1.
    public static float bceWithLogitsGradient(float z, float t, float keep, float shift) {
        float s = fma(t, keep, shift);
        float e = decay(z);
        float n = select(z < 0f, fma(1f - s, e, -s), fma(-s, e, 1f - s));
        return n / (1f + e);
    }

    // -t ln(p) - (1 - t) ln(1 - p) for probabilities p, each logarithm bounded as PyTorch does.
    private static final float BCE_LOGARITHM = -100f;
    private static final float BCE_PRODUCT = 1e-12f;

    public static float bce(float p, float t) {
        float hit = atLeast(ln(p), BCE_LOGARITHM);
        float miss = atLeast(lnOfComplement(p), BCE_LOGARITHM);
        return fma(-t, hit, -(1f - t) * miss);
    }

    public static float bceGradient(float p, float t) {
        return (p - t) / atLeast(p * (1f - p), BCE_PRODUCT);
    }

    // log1p(exp(-t x)) for t -1 or 1.
    public static float softMargin(float x, float t) {
        float z = t * x;
        return plusDecayLog(z, atLeast(-z, 0f));
    }

    public static float softMarginGradient(float x, float t) {
        float z = t * x;
        float e = decay(z);
        return -t * select(z < 0f, 1f, e) / (1f + e);
    }

    // (alpha t + other (1 - t)) miss^gamma bce, with miss = t sigmoid(-z) + (1 - t) sigmoid(z) and gamma a whole
    // number.
    private static float focalShare(float t, float alpha, float other) {
        return fma(t, alpha, (1f - t) * other);
    }

    private static float focalMiss(float z, float t, float e) {
        float far = 1f - t;
        return select(z < 0f, fma(far, e, t), fma(t, e, far)) / (1f + e);
    }

    // base^exponent for 0, 1, 2, ...; 1 below.
    private static float focalPower(float base, float exponent) {
        float product = 1f;
        for (float k = exponent; k > 0f; k = k - 1f) {
            product = product * base;
        }
        return product;
    }

    public static float focal(float z, float t, float gamma, float alpha, float other) {
        float m = focalMiss(z, t, decay(z));
        float bce = bceWithLogits(z, t, 1f, 0f);
        return focalShare(t, alpha, other) * focalPower(m, gamma) * bce;
    }

    // d miss / dz = (1 - 2 t) sigmoid(z) sigmoid(-z).
    public static float focalGradient(float z, float t, float gamma, float alpha, float other) {
        float e = decay(z);
        float d = 1f + e;
        float m = focalMiss(z, t, e);
        float bce = bceWithLogits(z, t, 1f, 0f);
        float bceSlope = bceWithLogitsGradient(z, t, 1f, 0f);
        float missSlope = fma(-2f, t, 1f) * e / (d * d);
        float slope = gamma * focalPower(m, gamma - 1f) * missSlope;
        return focalShare(t, alpha, other) * fma(slope, bce, focalPower(m, gamma) * bceSlope);
    }

    // t (ln(t) - x) for log-probabilities x, 0 where t is 0.
    public static float klDiv(float x, float t) {
        return t == 0f ? 0f : t * (ln(t) - x);
    }

    public static float klDivGradient(float x, float t) {
        return -t;
    }

    // exp(t) (t - x), targets as log-probabilities too.
    public static float klDivLog(float x, float t) {
        return ScalarExponentialFormulas.exp(t) * (t - x);
    }

    public static float klDivLogGradient(float x, float t) {
        return -ScalarExponentialFormulas.exp(t);
    }

    // exp(x) - t x for log-rates x.
    public static float poissonNll(float x, float t) {
        return fma(-t, x, ScalarExponentialFormulas.exp(x));
    }

    public static float poissonNllGradient(float x, float t) {
        return ScalarExponentialFormulas.exp(x) - t;
    }

    // x - t ln(x + eps) for rates x.
    public static float poissonNllRate(float x, float t, float eps) {
        return fma(-t, ln(x + eps), x);
    }

    public static float poissonNllRateGradient(float x, float t, float eps) {
        return 1f - t / (x + eps);
    }
}
