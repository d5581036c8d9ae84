package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.EXP_C2;
import static dev.hillock.kernel.ScalarElementary.EXP_C3;
import static dev.hillock.kernel.ScalarElementary.EXP_C4;
import static dev.hillock.kernel.ScalarElementary.EXP_C5;
import static dev.hillock.kernel.ScalarElementary.EXP_C6;
import static dev.hillock.kernel.ScalarElementary.LN2;
import static dev.hillock.kernel.ScalarElementary.LN2_REST;
import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.LOG_TWO_PI;
import static dev.hillock.kernel.ScalarElementary.LOG_TWO_PI_REST;
import static dev.hillock.kernel.ScalarElementary.LOWER;
import static dev.hillock.kernel.ScalarElementary.RAISED;
import static dev.hillock.kernel.ScalarElementary.WHOLE;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The mirror of {@code native/core/elementary/} and of the operations of V that the Vector API has no sign for: the same
 * steps in the same order, the same bits as {@link ScalarElementary}, whose constants it uses.
 */
public final class VectorElementary {
    /** The widest vectors of this machine. */
    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    // Until its own class loader has met a class, the compiler does not inline methods that have it in their
    // signatures, and a vector or mask that crosses a real call is an object.
    private static final List<Class<?>> MET =
            List.of(FloatVector.class, IntVector.class, VectorMask.class, VectorShuffle.class);

    private VectorElementary() {}

    static FloatVector all(float a) {
        return FloatVector.broadcast(SPECIES, a);
    }

    // Not FloatVector.min and max: those order the zeros, at the price of several instructions.
    static FloatVector atMost(FloatVector a, float limit) {
        return a.blend(limit, a.compare(GT, limit));
    }

    static FloatVector atMost(FloatVector a, FloatVector limit) {
        return a.blend(limit, a.compare(GT, limit));
    }

    static FloatVector atLeast(FloatVector a, float limit) {
        return a.blend(limit, a.compare(LT, limit));
    }

    static FloatVector atLeast(FloatVector a, FloatVector limit) {
        return a.blend(limit, a.compare(LT, limit));
    }

    // atLeast(atMost(a, high), low), low being the lower: neither comparison waits for the other.
    static FloatVector within(FloatVector a, float low, float high) {
        return a.blend(high, a.compare(GT, high)).blend(low, a.compare(LT, low));
    }

    static FloatVector within(FloatVector a, FloatVector low, FloatVector high) {
        return a.blend(high, a.compare(GT, high)).blend(low, a.compare(LT, low));
    }

    // The same as atMost for what is no lower than +0, by its bits in a single instruction; but a NaN becomes the
    // limit.
    static FloatVector numberAtMost(FloatVector a, float limit) {
        return a.reinterpretAsInts().min(Float.floatToRawIntBits(limit)).reinterpretAsFloats();
    }

    // atLeast(-|x|, limit) by bits in two instructions; but a NaN becomes the limit.
    static FloatVector minusSizeAtLeast(FloatVector x, float limit) {
        return x.reinterpretAsInts()
                .or(Integer.MIN_VALUE)
                .min(Float.floatToRawIntBits(limit))
                .reinterpretAsFloats();
    }

    // The same as atLeast for what is no lower than +0, limit too, and for a NaN of positive sign, by their bits.
    static FloatVector positiveAtLeast(FloatVector a, FloatVector limit) {
        return a.reinterpretAsInts().max(limit.reinterpretAsInts()).reinterpretAsFloats();
    }

    static FloatVector copySign(FloatVector magnitude, FloatVector sign) {
        IntVector low = magnitude.reinterpretAsInts().and(Integer.MAX_VALUE);
        IntVector high = sign.reinterpretAsInts().and(Integer.MIN_VALUE);
        return low.or(high).reinterpretAsFloats();
    }

    // a + b - sum, for sum = a + b rounded.                              Knuth, The Art of Computer Programming 2
    static FloatVector sumRest(FloatVector a, FloatVector b, FloatVector sum) {
        FloatVector back = sum.sub(a);
        return a.sub(sum.sub(back)).add(b.sub(back));
    }

    // exp and expm1 in steps, as ScalarElementary explains them.

    // 2^n from the sum of n and WHOLE, 2^(n+64) from the sum of n and RAISED; exact while the exponent is in
    // range.

    static FloatVector pow2(FloatVector whole) {
        return whole.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
    }

    // x - n ln2, to the last bit of n ln2 for |n| < 2^8.
    static FloatVector expRest(FloatVector x, FloatVector n) {
        return n.lanewise(FMA, -LN2_REST, n.lanewise(FMA, -LN2, x));
    }

    // The same of x + rest: the small parts are added first, so that one rounding counts.
    static FloatVector expRest(FloatVector x, FloatVector n, FloatVector rest) {
        return n.lanewise(FMA, -LN2, x).add(n.lanewise(FMA, -LN2_REST, rest));
    }

    // (expm1(r) - r) / r^2.
    static FloatVector expm1Bend(FloatVector r) {
        FloatVector p = all(EXP_C6);
        p = p.lanewise(FMA, r, EXP_C5);
        p = p.lanewise(FMA, r, EXP_C4);
        p = p.lanewise(FMA, r, EXP_C3);
        return p.lanewise(FMA, r, EXP_C2);
    }

    static FloatVector expm1Rest(FloatVector r) {
        return r.mul(r).fma(expm1Bend(r), r);
    }

    // expRest(x, n, -lost).
    static FloatVector expRestLess(FloatVector x, FloatVector n, FloatVector lost) {
        return n.lanewise(FMA, -LN2, x).sub(n.lanewise(FMA, LN2_REST, lost));
    }

    // -expm1Rest(-r), the bits of the same steps: 1 - exp(-r).
    static FloatVector fallRest(FloatVector r) {
        FloatVector p = all(-EXP_C6);
        p = p.lanewise(FMA, r, EXP_C5);
        p = p.lanewise(FMA, r, -EXP_C4);
        p = p.lanewise(FMA, r, EXP_C3);
        p = p.lanewise(FMA, r, -EXP_C2);
        return r.mul(r).fma(p, r);
    }

    // (expm1(2 r) / 2 - r) / r^2: the same polynomial, its coefficients times powers of two.
    static FloatVector halfExpm1Bend(FloatVector r) {
        FloatVector p = all(32f * EXP_C6);
        p = p.lanewise(FMA, r, 16f * EXP_C5);
        p = p.lanewise(FMA, r, 8f * EXP_C4);
        p = p.lanewise(FMA, r, 4f * EXP_C3);
        return p.lanewise(FMA, r, 2f * EXP_C2);
    }

    // expm1(2 r) / 2.
    static FloatVector halfExpm1Rest(FloatVector r) {
        return r.mul(r).fma(halfExpm1Bend(r), r);
    }

    // exp(x) * 2^64 for x in [-133, 43].
    static FloatVector expRaised(FloatVector x) {
        FloatVector whole = x.fma(LOG2_E, RAISED);
        FloatVector s = pow2(whole);
        FloatVector p = expm1Rest(expRest(x, whole.sub(RAISED)));
        return s.fma(p, s);
    }

    // expm1(x) for x in [-88, 88]: s (1 + p) - 1, exactly p where n is 0. One constant is enough for ln2, for
    // where n counts the result is no longer small.
    static FloatVector expm1Near(FloatVector x) {
        FloatVector whole = x.fma(LOG2_E, WHOLE);
        FloatVector p = expm1Rest(whole.sub(WHOLE).lanewise(FMA, -LN2, x));
        FloatVector s = pow2(whole);
        return s.fma(p, s.sub(1f));
    }

    // factor expm1(x + rest) for x in [-20, 89], by way of its half, a number wherever the result is one.
    // What rounding loses of the half is carried, for the factor may make it count twice.
    static FloatVector expm1Times(FloatVector x, FloatVector rest, FloatVector factor) {
        FloatVector whole = x.fma(LOG2_E, WHOLE - 1f);
        FloatVector p = expm1Rest(expRest(x, whole.sub(WHOLE - 1f)));
        FloatVector s = pow2(whole);
        FloatVector half = s.fma(p, s.sub(0.5f));
        FloatVector halfRest = half.add(0.5f).fma(rest, s.fma(p, s.sub(0.5f).sub(half)));
        FloatVector twice = factor.mul(2f);
        return twice.fma(half, twice.mul(halfRest));
    }

    // exp(x + rest) for x in [-132, 89]: for x <= 0 raised, above halved on the way, so that neither end is lost.
    static FloatVector expWide(FloatVector x, FloatVector rest) {
        FloatVector bias = all(RAISED).blend(WHOLE - 1f, x.compare(GT, 0f));
        FloatVector whole = x.lanewise(FMA, LOG2_E, bias);
        FloatVector p = expm1Rest(expRest(x, whole.sub(bias)).add(rest));
        FloatVector s = pow2(whole);
        return s.fma(p, s).mul(all(LOWER).blend(2f, x.compare(GT, 0f)));
    }

    // log1p on [0, 1].

    // (log1p(e) - e) / e for e in [0, 1], from coefficients/log1p.sollya: log1p(e) to 2^-27.5, relative.
    static FloatVector log1pBend(FloatVector e) {
        FloatVector p = all(-0x1.b22adep-9f);
        p = p.lanewise(FMA, e, 0x1.4a9226p-6f);
        p = p.lanewise(FMA, e, -0x1.d7efa8p-5f);
        p = p.lanewise(FMA, e, 0x1.b53c48p-4f);
        p = p.lanewise(FMA, e, -0x1.3a6736p-3f);
        p = p.lanewise(FMA, e, 0x1.935568p-3f);
        p = p.lanewise(FMA, e, -0x1.ff2556p-3f);
        p = p.lanewise(FMA, e, 0x1.554ddap-2f);
        p = p.lanewise(FMA, e, -0x1.ffffd2p-2f);
        return p.mul(e);
    }

    // x - tanh(x) near 0, where the difference would cancel.

    // ln(x) and ln(1 - x), as ScalarElementary explains them.

    private static FloatVector lnBend(FloatVector f) {
        FloatVector p = all(-0x1.06cedcp-3f);
        p = p.lanewise(FMA, f, 0x1.1ec6e0p-3f);
        p = p.lanewise(FMA, f, -0x1.f3a788p-4f);
        p = p.lanewise(FMA, f, 0x1.1ec0d0p-3f);
        p = p.lanewise(FMA, f, -0x1.559804p-3f);
        p = p.lanewise(FMA, f, 0x1.99d1c6p-3f);
        p = p.lanewise(FMA, f, -0x1.ffff14p-3f);
        p = p.lanewise(FMA, f, 0x1.555502p-2f);
        return p.lanewise(FMA, f, -0.5f);
    }

    private static IntVector lnExponent(FloatVector x) {
        return x.reinterpretAsInts().sub(Float.floatToRawIntBits(2f / 3f)).lanewise(ASHR, 23);
    }

    private static FloatVector lnSum(FloatVector k, FloatVector f) {
        return k.lanewise(FMA, LN2, f.mul(f).fma(lnBend(f), f));
    }

    private static FloatVector toFloat(IntVector k) {
        return (FloatVector) k.convert(I2F, 0);
    }

    // -Inf for 0, NaN below it.
    static FloatVector ln(FloatVector x) {
        VectorMask<Float> small = x.compare(LT, 0x1p-126f);
        FloatVector y = x.blend(x.mul(0x1p24f), small);
        IntVector k = lnExponent(y);
        FloatVector f = y.reinterpretAsInts()
                .sub(k.lanewise(LSHL, 23))
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector r = lnSum(toFloat(k).sub(all(0f).blend(24f, small)), f);
        FloatVector low = all(Float.NEGATIVE_INFINITY).blend(Float.NaN, x.compare(LT, 0f));
        return x.blend(low.blend(r, x.compare(GT, 0f)), x.compare(LT, Float.POSITIVE_INFINITY));
    }

    // ln(1 - x) for x in [0, 1].
    static FloatVector lnOfComplement(FloatVector x) {
        IntVector k = lnExponent(all(1f).sub(x));
        FloatVector c = all(1f).reinterpretAsInts().sub(k.lanewise(LSHL, 23)).reinterpretAsFloats();
        FloatVector f = c.neg().fma(x, c.sub(1f));
        return lnSum(toFloat(k), f).blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 1f));
    }

    // (x - tanh(x)) / x^3 - kShrinkC0 for z = x^2 in [0, 1], from coefficients/tanhshrink.sollya: relative error
    // 2^-25 of the sum.
    static FloatVector tanhBend(FloatVector z) {
        FloatVector p = all(-0x1.43762cp-13f);
        p = p.lanewise(FMA, z, 0x1.fae66ep-11f);
        p = p.lanewise(FMA, z, -0x1.aceffap-9f);
        p = p.lanewise(FMA, z, 0x1.1ead8cp-7f);
        p = p.lanewise(FMA, z, -0x1.660066p-6f);
        p = p.lanewise(FMA, z, 0x1.ba1af6p-5f);
        p = p.lanewise(FMA, z, -0x1.11112cp-3f);
        return p.mul(z);
    }

    // The normal distribution's tail: Phi(-t) by its bell phi(t) = exp(-t^2/2) / sqrt(2 pi) and Mills's ratio.

    // log(phi(t)) - n ln2, for square = t^2 rounded and sum = square + LOG_TWO_PI rounded; what they lost is put back.
    static FloatVector bellRest(FloatVector t, FloatVector square, FloatVector sum, FloatVector n) {
        FloatVector r = n.lanewise(FMA, 2f * LN2, sum);
        FloatVector rest = sumRest(square, all(LOG_TWO_PI), sum).add(t.fma(t, square.neg()));
        return r.add(n.lanewise(FMA, 2f * LN2_REST, rest).add(LOG_TWO_PI_REST)).mul(-0.5f);
    }

    // w in t Phi(-t) / phi(t) = 1 - w, for z = 1 / t^2 and t in [5.88, 14.6], from coefficients/gauss.py: absolute
    // error 2^-30.2.
    static FloatVector millsRest(FloatVector z) {
        FloatVector w = all(0x1.a4299ap8f);
        w = w.lanewise(FMA, z, -0x1.6af32p6f);
        w = w.lanewise(FMA, z, 0x1.d99094p3f);
        w = w.lanewise(FMA, z, -0x1.7fd394p1f);
        return w.lanewise(FMA, z, 0x1.ffff9p-1f).mul(z);
    }
}
