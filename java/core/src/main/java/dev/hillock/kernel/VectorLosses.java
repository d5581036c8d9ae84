package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.LN2;
import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.LOWER;
import static dev.hillock.kernel.ScalarElementary.WHOLE;
import static dev.hillock.kernel.VectorElementary.*;
import static dev.hillock.kernel.VectorExponentialFormulas.exp;
import static dev.hillock.kernel.VectorFormulas.tanh;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The mirror of {@link ScalarLosses}, a vector at a time: the same bits. */
public final class VectorLosses {
    private VectorLosses() {}

    // Losses of the distance d = x - t.

    private static FloatVector sign(FloatVector d) {
        return d.blend(-1f, d.compare(LT, 0f)).blend(1f, d.compare(GT, 0f));
    }

    public static FloatVector mse(FloatVector x, FloatVector t) {
        FloatVector d = x.sub(t);
        return d.mul(d);
    }

    public static FloatVector mseGradient(FloatVector x, FloatVector t) {
        return x.sub(t).mul(2f);
    }

    public static FloatVector mae(FloatVector x, FloatVector t) {
        return x.sub(t).abs();
    }

    public static FloatVector maeGradient(FloatVector x, FloatVector t) {
        return sign(x.sub(t));
    }

    public static FloatVector smoothL1(FloatVector x, FloatVector t, FloatVector beta, FloatVector inverse) {
        FloatVector d = x.sub(t);
        FloatVector a = d.abs();
        return d.mul(d.mul(inverse.mul(0.5f))).blend(a.sub(beta.mul(0.5f)), a.compare(GE, beta));
    }

    public static FloatVector smoothL1Gradient(FloatVector x, FloatVector t, FloatVector beta, FloatVector inverse) {
        FloatVector d = x.sub(t);
        return d.mul(inverse).blend(sign(d), d.abs().compare(GE, beta));
    }

    public static FloatVector huber(FloatVector x, FloatVector t, FloatVector delta) {
        FloatVector d = x.sub(t);
        FloatVector a = d.abs();
        return d.mul(0.5f).mul(d).blend(delta.mul(a.sub(delta.mul(0.5f))), a.compare(GT, delta));
    }

    public static FloatVector huberGradient(FloatVector x, FloatVector t, FloatVector delta) {
        FloatVector d = x.sub(t);
        return d.blend(copySign(delta, d), d.abs().compare(GT, delta));
    }

    private static FloatVector logCoshNear(FloatVector z) {
        FloatVector p = all(0x1.6f0cf6p-14f);
        p = p.lanewise(FMA, z, -0x1.253cb6p-11f);
        p = p.lanewise(FMA, z, 0x1.10ca96p-9f);
        p = p.lanewise(FMA, z, -0x1.b7ee12p-8f);
        p = p.lanewise(FMA, z, 0x1.6c0202p-6f);
        p = p.lanewise(FMA, z, -0x1.555512p-4f);
        return p.lanewise(FMA, z, 0.5f);
    }

    public static FloatVector logCosh(FloatVector x, FloatVector t) {
        FloatVector d = x.sub(t);
        FloatVector a = d.abs();
        FloatVector e = expRaised(atLeast(a.mul(-2f), -40f));
        FloatVector tail = e.fma(log1pBend(e.mul(LOWER)), e);
        FloatVector z = d.mul(d);
        return tail.fma(all(LOWER), a.sub(LN2)).blend(z.mul(logCoshNear(z)), a.compare(LT, 1f));
    }

    public static FloatVector logCoshGradient(FloatVector x, FloatVector t) {
        return tanh(x.sub(t));
    }

    public static FloatVector quantile(FloatVector x, FloatVector t, FloatVector q, FloatVector below) {
        FloatVector d = t.sub(x);
        return atLeast(q.mul(d), below.mul(d));
    }

    public static FloatVector quantileGradient(FloatVector x, FloatVector t, FloatVector q, FloatVector below) {
        return all(0f).blend(below.neg(), t.compare(LT, x)).blend(q.neg(), t.compare(GT, x));
    }

    // Losses of scores x against signs t, -1 or 1, that are zero beyond a margin.

    public static FloatVector hinge(FloatVector x, FloatVector t, FloatVector margin) {
        return atLeast(t.neg().fma(x, margin), 0f);
    }

    public static FloatVector hingeGradient(FloatVector x, FloatVector t, FloatVector margin) {
        return all(0f).blend(t.neg(), t.neg().fma(x, margin).compare(GT, 0f));
    }

    public static FloatVector squaredHinge(FloatVector x, FloatVector t, FloatVector margin) {
        FloatVector h = hinge(x, t, margin);
        return h.mul(h);
    }

    public static FloatVector squaredHingeGradient(FloatVector x, FloatVector t, FloatVector margin) {
        return t.mul(-2f).mul(hinge(x, t, margin));
    }

    public static FloatVector hingeEmbedding(FloatVector x, FloatVector t, FloatVector margin) {
        return atLeast(margin.sub(x), 0f).blend(x, t.compare(EQ, 1f));
    }

    public static FloatVector hingeEmbeddingGradient(FloatVector x, FloatVector t, FloatVector margin) {
        return all(0f).blend(-1f, x.compare(LT, margin)).blend(1f, t.compare(EQ, 1f));
    }

    // Losses that are negative log-likelihoods.

    private static FloatVector decay(FloatVector z) {
        FloatVector v = atLeast(z.abs().neg(), -88f);
        FloatVector whole = v.lanewise(FMA, LOG2_E, WHOLE);
        FloatVector p = expm1Rest(expRest(v, whole.sub(WHOLE)));
        FloatVector s = pow2(whole);
        return s.fma(p, s).blend(0f, z.abs().compare(GT, 87.3f));
    }

    private static FloatVector plusDecayLog(FloatVector z, FloatVector rest) {
        FloatVector e = decay(z);
        return rest.add(e.fma(log1pBend(e), e));
    }

    public static FloatVector bceWithLogits(FloatVector z, FloatVector t, FloatVector keep, FloatVector shift) {
        FloatVector s = t.fma(keep, shift);
        return plusDecayLog(z, z.neg().fma(s, atLeast(z, 0f)));
    }

    public static FloatVector bceWithLogitsGradient(FloatVector z, FloatVector t, FloatVector keep, FloatVector shift) {
        FloatVector s = t.fma(keep, shift);
        FloatVector e = decay(z);
        FloatVector complement = all(1f).sub(s);
        FloatVector n = s.neg().fma(e, complement).blend(complement.fma(e, s.neg()), z.compare(LT, 0f));
        return n.div(e.add(1f));
    }

    private static final float BCE_LOGARITHM = -100f;
    private static final float BCE_PRODUCT = 1e-12f;

    public static FloatVector bce(FloatVector p, FloatVector t) {
        FloatVector hit = atLeast(ln(p), BCE_LOGARITHM);
        FloatVector miss = atLeast(lnOfComplement(p), BCE_LOGARITHM);
        return t.neg().fma(hit, all(1f).sub(t).neg().mul(miss));
    }

    public static FloatVector bceGradient(FloatVector p, FloatVector t) {
        return p.sub(t).div(atLeast(p.mul(all(1f).sub(p)), BCE_PRODUCT));
    }

    public static FloatVector softMargin(FloatVector x, FloatVector t) {
        FloatVector z = t.mul(x);
        return plusDecayLog(z, atLeast(z.neg(), 0f));
    }

    public static FloatVector softMarginGradient(FloatVector x, FloatVector t) {
        FloatVector z = t.mul(x);
        FloatVector e = decay(z);
        return t.neg().mul(e.blend(1f, z.compare(LT, 0f))).div(e.add(1f));
    }

    private static FloatVector focalShare(FloatVector t, FloatVector alpha, FloatVector other) {
        return t.fma(alpha, all(1f).sub(t).mul(other));
    }

    private static FloatVector focalMiss(FloatVector z, FloatVector t, FloatVector e) {
        FloatVector far = all(1f).sub(t);
        return t.fma(e, far).blend(far.fma(e, t), z.compare(LT, 0f)).div(e.add(1f));
    }

    private static FloatVector focalPower(FloatVector base, float exponent) {
        FloatVector product = all(1f);
        for (float k = exponent; k > 0f; k = k - 1f) {
            product = product.mul(base);
        }
        return product;
    }

    public static FloatVector focal(
            FloatVector z, FloatVector t, FloatVector gamma, FloatVector alpha, FloatVector other) {
        FloatVector m = focalMiss(z, t, decay(z));
        FloatVector bce = bceWithLogits(z, t, all(1f), all(0f));
        return focalShare(t, alpha, other).mul(focalPower(m, gamma.lane(0))).mul(bce);
    }

    public static FloatVector focalGradient(
            FloatVector z, FloatVector t, FloatVector gamma, FloatVector alpha, FloatVector other) {
        FloatVector e = decay(z);
        FloatVector d = e.add(1f);
        FloatVector m = focalMiss(z, t, e);
        FloatVector bce = bceWithLogits(z, t, all(1f), all(0f));
        FloatVector bceSlope = bceWithLogitsGradient(z, t, all(1f), all(0f));
        FloatVector missSlope = t.lanewise(FMA, -2f, 1f).mul(e).div(d.mul(d));
        FloatVector slope = gamma.mul(focalPower(m, gamma.lane(0) - 1f)).mul(missSlope);
        return focalShare(t, alpha, other)
                .mul(slope.fma(bce, focalPower(m, gamma.lane(0)).mul(bceSlope)));
    }

    public static FloatVector klDiv(FloatVector x, FloatVector t) {
        VectorMask<Float> none = t.compare(EQ, 0f);
        return t.mul(ln(t).sub(x)).blend(0f, none);
    }

    public static FloatVector klDivGradient(FloatVector x, FloatVector t) {
        return t.neg();
    }

    public static FloatVector klDivLog(FloatVector x, FloatVector t) {
        return exp(t).mul(t.sub(x));
    }

    public static FloatVector klDivLogGradient(FloatVector x, FloatVector t) {
        return exp(t).neg();
    }

    public static FloatVector poissonNll(FloatVector x, FloatVector t) {
        return t.neg().fma(x, exp(x));
    }

    public static FloatVector poissonNllGradient(FloatVector x, FloatVector t) {
        return exp(x).sub(t);
    }

    public static FloatVector poissonNllRate(FloatVector x, FloatVector t, FloatVector eps) {
        return t.neg().fma(ln(x.add(eps)), x);
    }

    public static FloatVector poissonNllRateGradient(FloatVector x, FloatVector t, FloatVector eps) {
        return all(1f).sub(t.div(x.add(eps)));
    }
}
