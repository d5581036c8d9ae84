package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C10;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C11;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C12;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C2;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C3;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C4;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C5;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C6;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C7;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C8;
import static dev.hillock.kernel.ScalarDoubleElementary.EXP_C9;
import static dev.hillock.kernel.ScalarDoubleElementary.LN2;
import static dev.hillock.kernel.ScalarDoubleElementary.LN2_REST;
import static dev.hillock.kernel.ScalarDoubleElementary.LOG2_E;
import static dev.hillock.kernel.ScalarDoubleElementary.LOWER;
import static dev.hillock.kernel.ScalarDoubleElementary.RAISED;
import static dev.hillock.kernel.ScalarDoubleElementary.WHOLE;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The mirror of {@code native/core/float64/} and of the operations of V that the Vector API has no sign for: the same
 * steps in the same order, the same bits as {@link ScalarDoubleElementary}, whose constants it uses.
 */
public final class VectorDoubleElementary {
    /** The widest vectors of this machine. */
    public static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    // Until its own class loader has met a class, the compiler does not inline methods that have it in their
    // signatures, and a vector or mask that crosses a real call is an object.
    private static final List<Class<?>> MET = List.of(DoubleVector.class, LongVector.class, VectorMask.class);

    private VectorDoubleElementary() {}

    static DoubleVector all(double a) {
        return DoubleVector.broadcast(SPECIES, a);
    }

    // Not DoubleVector.min and max: those order the zeros, at the price of several instructions.
    static DoubleVector atMost(DoubleVector a, double limit) {
        return a.blend(limit, a.compare(GT, limit));
    }

    static DoubleVector atMost(DoubleVector a, DoubleVector limit) {
        return a.blend(limit, a.compare(GT, limit));
    }

    static DoubleVector atLeast(DoubleVector a, double limit) {
        return a.blend(limit, a.compare(LT, limit));
    }

    static DoubleVector atLeast(DoubleVector a, DoubleVector limit) {
        return a.blend(limit, a.compare(LT, limit));
    }

    static DoubleVector copySign(DoubleVector magnitude, DoubleVector sign) {
        LongVector low = magnitude.reinterpretAsLongs().and(Long.MAX_VALUE);
        LongVector high = sign.reinterpretAsLongs().and(Long.MIN_VALUE);
        return low.or(high).reinterpretAsDoubles();
    }

    // a + b - sum, for sum = a + b rounded.                              Knuth, The Art of Computer Programming 2
    static DoubleVector sumRest(DoubleVector a, DoubleVector b, DoubleVector sum) {
        DoubleVector back = sum.sub(a);
        return a.sub(sum.sub(back)).add(b.sub(back));
    }

    // exp and expm1 in steps, as ScalarDoubleElementary explains them.

    // 2^n from the sum of n and WHOLE, 2^(n+128) from the sum of n and RAISED; exact while the exponent is in
    // range.

    static DoubleVector pow2(DoubleVector whole) {
        return whole.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles();
    }

    // x - n ln2, to the last bit of n ln2 for |n| < 2^11.
    static DoubleVector expRest(DoubleVector x, DoubleVector n) {
        return n.lanewise(FMA, -LN2_REST, n.lanewise(FMA, -LN2, x));
    }

    // (expm1(r) - r) / r^2.
    static DoubleVector expm1Bend(DoubleVector r) {
        DoubleVector p = all(EXP_C12);
        p = p.lanewise(FMA, r, EXP_C11);
        p = p.lanewise(FMA, r, EXP_C10);
        p = p.lanewise(FMA, r, EXP_C9);
        p = p.lanewise(FMA, r, EXP_C8);
        p = p.lanewise(FMA, r, EXP_C7);
        p = p.lanewise(FMA, r, EXP_C6);
        p = p.lanewise(FMA, r, EXP_C5);
        p = p.lanewise(FMA, r, EXP_C4);
        p = p.lanewise(FMA, r, EXP_C3);
        return p.lanewise(FMA, r, EXP_C2);
    }

    static DoubleVector expm1Rest(DoubleVector r) {
        return r.mul(r).fma(expm1Bend(r), r);
    }

    // (expm1(2 r) / 2 - r) / r^2: the same polynomial, its coefficients times powers of two.
    static DoubleVector halfExpm1Bend(DoubleVector r) {
        DoubleVector p = all(2048.0 * EXP_C12);
        p = p.lanewise(FMA, r, 1024.0 * EXP_C11);
        p = p.lanewise(FMA, r, 512.0 * EXP_C10);
        p = p.lanewise(FMA, r, 256.0 * EXP_C9);
        p = p.lanewise(FMA, r, 128.0 * EXP_C8);
        p = p.lanewise(FMA, r, 64.0 * EXP_C7);
        p = p.lanewise(FMA, r, 32.0 * EXP_C6);
        p = p.lanewise(FMA, r, 16.0 * EXP_C5);
        p = p.lanewise(FMA, r, 8.0 * EXP_C4);
        p = p.lanewise(FMA, r, 4.0 * EXP_C3);
        return p.lanewise(FMA, r, 2.0 * EXP_C2);
    }

    // exp(x) * 2^128 for x in [-790, 600].
    static DoubleVector expRaised(DoubleVector x) {
        DoubleVector whole = x.fma(LOG2_E, RAISED);
        DoubleVector p = expm1Rest(expRest(x, whole.sub(RAISED)));
        DoubleVector s = pow2(whole);
        return s.fma(p, s);
    }

    // expm1(x) for x in [-700, 700]: s (1 + p) - 1, exactly p where n is 0.
    static DoubleVector expm1Near(DoubleVector x) {
        DoubleVector whole = x.fma(LOG2_E, WHOLE);
        DoubleVector p = expm1Rest(expRest(x, whole.sub(WHOLE)));
        DoubleVector s = pow2(whole);
        return s.fma(p, s.sub(1.0));
    }

    // exp(x + rest) for x in [-790, 710]: for x <= 0 raised, above halved on the way, so that neither end is lost.
    static DoubleVector expWide(DoubleVector x, DoubleVector rest) {
        DoubleVector bias = all(RAISED).blend(WHOLE - 1.0, x.compare(GT, 0.0));
        DoubleVector whole = x.lanewise(FMA, LOG2_E, bias);
        DoubleVector p = expm1Rest(expRest(x, whole.sub(bias)).add(rest));
        DoubleVector s = pow2(whole);
        return s.fma(p, s).mul(all(LOWER).blend(2.0, x.compare(GT, 0.0)));
    }

    // log1p on [0, 1].

    // (log1p(e) - e) / e for e in [0, 1], from coefficients/float64.sollya: log1p(e) to 2^-56, relative.
    static DoubleVector log1pBend(DoubleVector e) {
        DoubleVector p = all(0x1.a9067c05a4c2ep-16);
        p = p.lanewise(FMA, e, -0x1.31f8cd7a6207ap-12);
        p = p.lanewise(FMA, e, 0x1.a25bf10450d3fp-10);
        p = p.lanewise(FMA, e, -0x1.6b4e60f2382acp-8);
        p = p.lanewise(FMA, e, 0x1.c57efadab199bp-7);
        p = p.lanewise(FMA, e, -0x1.b632818d739d7p-6);
        p = p.lanewise(FMA, e, 0x1.5a892cb8ffafap-5);
        p = p.lanewise(FMA, e, -0x1.d7115508cb8bp-5);
        p = p.lanewise(FMA, e, 0x1.202df1e815f6cp-4);
        p = p.lanewise(FMA, e, -0x1.4b022086f55f2p-4);
        p = p.lanewise(FMA, e, 0x1.712df6166ba31p-4);
        p = p.lanewise(FMA, e, -0x1.98d296b9a7e37p-4);
        p = p.lanewise(FMA, e, 0x1.c6f6a83b8b02fp-4);
        p = p.lanewise(FMA, e, -0x1.fffa8bd00015p-4);
        p = p.lanewise(FMA, e, 0x1.2491fed9cfc49p-3);
        p = p.lanewise(FMA, e, -0x1.55554fbe64ea4p-3);
        p = p.lanewise(FMA, e, 0x1.99999951fb01bp-3);
        p = p.lanewise(FMA, e, -0x1.fffffffdd4a4bp-3);
        p = p.lanewise(FMA, e, 0x1.5555555551052p-2);
        p = p.lanewise(FMA, e, -0x1.fffffffffff9fp-2);
        return p.mul(e);
    }

    // x - tanh(x) near 0, where the difference would cancel.

    // (x - tanh(x)) / x^3 - 1/3 for z = x^2 in [0, 1], from coefficients/float64.sollya: relative error 2^-54 of the
    // sum.
    static DoubleVector tanhBend(DoubleVector z) {
        DoubleVector p = all(-0x1.a90ea9e5d217fp-26);
        p = p.lanewise(FMA, z, 0x1.174405cd6cd9cp-22);
        p = p.lanewise(FMA, z, -0x1.6f2d68caf82dep-20);
        p = p.lanewise(FMA, z, 0x1.4d1f8e5d87fcbp-18);
        p = p.lanewise(FMA, z, -0x1.e8fb70ab4f14dp-17);
        p = p.lanewise(FMA, z, 0x1.41c2e9a6651b8p-15);
        p = p.lanewise(FMA, z, -0x1.947f60a680b2dp-14);
        p = p.lanewise(FMA, z, 0x1.f51abdd9a85a2p-13);
        p = p.lanewise(FMA, z, -0x1.355116a768097p-11);
        p = p.lanewise(FMA, z, 0x1.7da2a97873857p-10);
        p = p.lanewise(FMA, z, -0x1.d6d3c35110d3cp-9);
        p = p.lanewise(FMA, z, 0x1.226e350a1944bp-7);
        p = p.lanewise(FMA, z, -0x1.664f488034b46p-6);
        p = p.lanewise(FMA, z, 0x1.ba1ba1ba10bbfp-5);
        p = p.lanewise(FMA, z, -0x1.111111111106bp-3);
        return p.mul(z);
    }

    // The normal distribution's tail through its bell: Phi(-t) = exp(-t^2/2) R(t) for t >= 0, R a slowly falling
    // function. A bell times a rational keeps all digits where 1 + erf(x / sqrt 2) has none left.

    // -t^2/2 - n ln2, for whole - RAISED = n; the square's rounding error is put back.
    static DoubleVector bellRest(DoubleVector t, DoubleVector square, DoubleVector n) {
        DoubleVector r = n.lanewise(FMA, 2.0 * LN2, square);
        DoubleVector rest = n.lanewise(FMA, 2.0 * LN2_REST, t.fma(t, square.neg()));
        return r.add(rest).mul(-0.5);
    }

    // (P(t) - 1/2) / t.
    static DoubleVector tailNumerator(DoubleVector t) {
        DoubleVector p = all(0x1.0ed7dc45daff3p-22);
        p = p.lanewise(FMA, t, 0x1.02eb74ac68553p-17);
        p = p.lanewise(FMA, t, 0x1.e74a5b52aeb05p-14);
        p = p.lanewise(FMA, t, 0x1.254ca1e561281p-10);
        p = p.lanewise(FMA, t, 0x1.f07286abce610p-8);
        p = p.lanewise(FMA, t, 0x1.335f084a7507dp-5);
        p = p.lanewise(FMA, t, 0x1.1992a62dfa4a4p-3);
        p = p.lanewise(FMA, t, 0x1.79443f0c3d2ffp-2);
        p = p.lanewise(FMA, t, 0x1.634cd0a685addp-1);
        return p.lanewise(FMA, t, 0x1.ac97b923cf5d6p-1);
    }

    // (S(t) - 1) / t.
    static DoubleVector tailRemainder(DoubleVector t) {
        DoubleVector s = all(0x1.9298442783173p-59);
        s = s.lanewise(FMA, t, 0x1.53739d3158b67p-21);
        s = s.lanewise(FMA, t, 0x1.4481fe0e59208p-16);
        s = s.lanewise(FMA, t, 0x1.3009bbd74813fp-12);
        s = s.lanewise(FMA, t, 0x1.6a869abcd39efp-9);
        s = s.lanewise(FMA, t, 0x1.2da9c4c28f9c2p-6);
        s = s.lanewise(FMA, t, 0x1.6b0cef05e601dp-4);
        s = s.lanewise(FMA, t, 0x1.3cf1b43acf1cep-2);
        s = s.lanewise(FMA, t, 0x1.8629715758f7ap-1);
        return s.lanewise(FMA, t, 0x1.3800b0c30e9f9p0);
    }

    static DoubleVector bellNumerator(DoubleVector t) {
        DoubleVector p = all(-0x1.7d2940b2d87a7p-20);
        p = p.lanewise(FMA, t, -0x1.5e28008d9beafp-15);
        p = p.lanewise(FMA, t, -0x1.38576097973f8p-11);
        p = p.lanewise(FMA, t, -0x1.6031c62b049d0p-8);
        p = p.lanewise(FMA, t, -0x1.13eeb158c7d78p-5);
        p = p.lanewise(FMA, t, -0x1.386375920e238p-3);
        p = p.lanewise(FMA, t, -0x1.02095e4c3c1cbp-1);
        p = p.lanewise(FMA, t, -0x1.32d27a429e4abp0);
        p = p.lanewise(FMA, t, -0x1.f753a3ef3683cp0);
        p = p.lanewise(FMA, t, -0x1.0272dbc1e6fb7p1);
        return p.lanewise(FMA, t, -0x1.fec88f04b4d13p-1);
    }

    static DoubleVector bellRemainder(DoubleVector t) {
        DoubleVector s = all(0x1.67244ea286c99p-19);
        s = s.lanewise(FMA, t, 0x1.3affddea63eb3p-14);
        s = s.lanewise(FMA, t, 0x1.0b9213f99f75bp-10);
        s = s.lanewise(FMA, t, 0x1.1d7e4ae9b133fp-7);
        s = s.lanewise(FMA, t, 0x1.a2d40c8d05622p-5);
        s = s.lanewise(FMA, t, 0x1.b47ec6f53c662p-3);
        s = s.lanewise(FMA, t, 0x1.42e4eba33c72ap-1);
        s = s.lanewise(FMA, t, 0x1.47aa1b1ab6cafp0);
        s = s.lanewise(FMA, t, 0x1.a079aa2673747p0);
        return s.lanewise(FMA, t, 0x1.002b6083b7cdcp0);
    }
}
