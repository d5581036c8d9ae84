package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.LN2;
import static dev.hillock.kernel.ScalarElementary.LN2_REST;
import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.RAISED;
import static dev.hillock.kernel.ScalarElementary.WHOLE;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The mirror of {@code native/core/elementary/} and of the operations of V that the Vector API has no sign for: the same
 * steps in the same order, the same bits as {@link ScalarElementary}, whose constants it uses.
 */
public final class VectorElementary {
    /** The widest vectors of this machine. */
    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    // Until its own class loader has met a class, the compiler does not inline methods that have it in their
    // signatures, and a vector or mask that crosses a real call is an object.
    private static final List<Class<?>> MET = List.of(FloatVector.class, IntVector.class, VectorMask.class);

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

    static FloatVector copySign(FloatVector magnitude, FloatVector sign) {
        IntVector low = magnitude.reinterpretAsInts().and(Integer.MAX_VALUE);
        IntVector high = sign.reinterpretAsInts().and(Integer.MIN_VALUE);
        return low.or(high).reinterpretAsFloats();
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

    // p = expm1(r) for |r| <= ln2/2, from coefficients/expm1.sollya: relative error 2^-26.1, absolute 2^-27.4.
    static FloatVector expm1Rest(FloatVector r) {
        FloatVector p = all(0x1.6b7344p-10f);
        p = p.lanewise(FMA, r, 0x1.122792p-7f);
        p = p.lanewise(FMA, r, 0x1.555716p-5f);
        p = p.lanewise(FMA, r, 0x1.5554b0p-3f);
        p = p.lanewise(FMA, r, 0x1.fffffep-2f);
        return r.mul(r).fma(p, r);
    }

    // exp(x) * 2^64 for x in [-133, 43].
    static FloatVector expRaised(FloatVector x) {
        FloatVector whole = x.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(x, whole.sub(RAISED)));
        FloatVector s = pow2(whole);
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

    // The normal distribution's tail through its bell: Phi(-t) = exp(-t^2/2) R(t) for t >= 0, R a slowly falling
    // function. A bell times a rational keeps all digits where 1 + erf(x / sqrt 2) has none left.

    // -t^2/2 - n ln2, for whole - RAISED = n; the square's rounding error is put back.
    static FloatVector bellRest(FloatVector t, FloatVector square, FloatVector n) {
        FloatVector r = expRest(square.mul(-0.5f), n);
        return t.fma(t, square.neg()).lanewise(FMA, -0.5f, r);
    }

    // t R(t) = n(t) / d(t) on [0, 14.5], from coefficients/gauss.py: relative error 2^-27.3. Even and odd powers
    // are paired: a plain Horner scheme gathers 3 ULP at t = 8, where all terms have the same size.
    static FloatVector tailNumerator(FloatVector t, FloatVector square) {
        FloatVector p = t.fma(0x1.0dc42ep-8f, 0x1.4cde06p-5f);
        p = p.fma(square, t.fma(0x1.7743f6p-3f, 0x1.c0d060p-2f));
        return p.fma(square, t.mul(0.5f));
    }

    static FloatVector tailDenominator(FloatVector t, FloatVector square) {
        FloatVector q = t.fma(0x1.521918p-7f, 0x1.a136b2p-4f);
        q = q.fma(square, t.fma(0x1.e0bce0p-2f, 0x1.33d73cp0f));
        return q.fma(square, t.fma(0x1.acaa60p0f, 1f));
    }

    // R(t) - t / sqrt(2 pi) = (t0 - t) n(t) / d(t) on [0, 15], from coefficients/gauss.py: relative error
    // 2^-26.9. Factoring the root out keeps all digits around it.
    static FloatVector slopeNumerator(FloatVector t, FloatVector square) {
        FloatVector p = t.fma(0x1.8757e0p-4f, 0x1.82b7a4p-2f);
        p = square.lanewise(FMA, 0x1.5555cep-7f, p);
        return p.fma(square, t.fma(0x1.81b29ep-1f, 0x1.54851ap-1f));
    }

    static FloatVector slopeDenominator(FloatVector t, FloatVector square) {
        FloatVector q = t.fma(0x1.c24a06p-3f, 0x1.95c8e6p-1f);
        q = square.lanewise(FMA, 0x1.abcc36p-6f, q);
        return q.fma(square, t.fma(0x1.65f60cp0f, 1f));
    }
}
