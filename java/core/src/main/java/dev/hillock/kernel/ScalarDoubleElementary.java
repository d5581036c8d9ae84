package dev.hillock.kernel;

/**
 * The mirror of {@code native/core/float64/} and of the operations of V that Java has no sign for, one double at a
 * time: the same steps in the same order, the same bits.
 */
final class ScalarDoubleElementary {
    private ScalarDoubleElementary() {}

    // Exact everywhere; without the instruction it takes microseconds.
    static double fma(double a, double b, double c) {
        return Math.fma(a, b, c);
    }

    static double atMost(double a, double limit) {
        return a > limit ? limit : a;
    }

    static double atLeast(double a, double limit) {
        return a < limit ? limit : a;
    }

    static double sqrt(double a) {
        return Math.sqrt(a);
    }

    // a + b - sum, for sum = a + b rounded.                              Knuth, The Art of Computer Programming 2
    static double sumRest(double a, double b, double sum) {
        double back = sum - a;
        return a - (sum - back) + (b - back);
    }

    // exp and expm1 in steps. With n = round(x log2 e) and r = x - n ln2, exp(x) = 2^n (1 + p), p = expm1(r), |r|
    // <= ln2/2. Formulas take p and the power of two apart wherever that saves a rounding: 1 + p is never rounded
    // for its own sake.

    // Adding WHOLE rounds to an integer and leaves n + 1023 in the low bits, ready to become the exponent of 2^n.
    // RAISED does the same with 128 added: 2^(n+128) stays a normal number down to the last subnormal result, and
    // one multiplication by LOWER at the end takes the 128 back.
    static final double WHOLE = 0x1.8p52 + 1023;
    static final double RAISED = 0x1.8p52 + 1023 + 128;
    static final double LOWER = 0x1p-128;
    static final double LOG2_E = 0x1.71547652b82fep0;
    static final double LN2 = 0x1.62e42fefa39efp-1; // rounded to nearest; n * LN2 is subtracted exactly, by fma
    static final double LN2_REST = 0x1.abc9e3b39803fp-56; // ln2 - LN2
    // expm1(r) = r + r^2 (1/2 + C3 r + ... + C12 r^10) for |r| <= ln2/2, from coefficients/float64.sollya: relative
    // error 2^-61.
    static final double EXP_C2 = 0.5;
    static final double EXP_C3 = 0x1.5555555555559p-3;
    static final double EXP_C4 = 0x1.555555555554dp-5;
    static final double EXP_C5 = 0x1.111111110f659p-7;
    static final double EXP_C6 = 0x1.6c16c16c1aafbp-10;
    static final double EXP_C7 = 0x1.a01a01b000a45p-13;
    static final double EXP_C8 = 0x1.a01a018e0f315p-16;
    static final double EXP_C9 = 0x1.71ddf8190ad5cp-19;
    static final double EXP_C10 = 0x1.27e5133dfb574p-22;
    static final double EXP_C11 = 0x1.af5f17eb18d61p-26;
    static final double EXP_C12 = 0x1.1f1a25d3a9829p-29;

    // 2^n from the sum of n and WHOLE, 2^(n+128) from the sum of n and RAISED; exact while the exponent is in
    // range.
    static double pow2(double whole) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(whole) << 52);
    }

    // x - n ln2, to the last bit of n ln2 for |n| < 2^11.
    static double expRest(double x, double n) {
        return fma(n, -LN2_REST, fma(n, -LN2, x));
    }

    // (expm1(r) - r) / r^2.
    static double expm1Bend(double r) {
        double p = EXP_C12;
        p = fma(p, r, EXP_C11);
        p = fma(p, r, EXP_C10);
        p = fma(p, r, EXP_C9);
        p = fma(p, r, EXP_C8);
        p = fma(p, r, EXP_C7);
        p = fma(p, r, EXP_C6);
        p = fma(p, r, EXP_C5);
        p = fma(p, r, EXP_C4);
        p = fma(p, r, EXP_C3);
        return fma(p, r, EXP_C2);
    }

    static double expm1Rest(double r) {
        return fma(r * r, expm1Bend(r), r);
    }

    // (expm1(2 r) / 2 - r) / r^2: the same polynomial, its coefficients times powers of two.
    static double halfExpm1Bend(double r) {
        double p = 2048.0 * EXP_C12;
        p = fma(p, r, 1024.0 * EXP_C11);
        p = fma(p, r, 512.0 * EXP_C10);
        p = fma(p, r, 256.0 * EXP_C9);
        p = fma(p, r, 128.0 * EXP_C8);
        p = fma(p, r, 64.0 * EXP_C7);
        p = fma(p, r, 32.0 * EXP_C6);
        p = fma(p, r, 16.0 * EXP_C5);
        p = fma(p, r, 8.0 * EXP_C4);
        p = fma(p, r, 4.0 * EXP_C3);
        return fma(p, r, 2.0 * EXP_C2);
    }

    // exp(x) * 2^128 for x in [-790, 600].
    static double expRaised(double x) {
        double whole = fma(x, LOG2_E, RAISED);
        double p = expm1Rest(expRest(x, whole - RAISED));
        double s = pow2(whole);
        return fma(s, p, s);
    }

    // expm1(x) for x in [-700, 700]: s (1 + p) - 1, exactly p where n is 0.
    static double expm1Near(double x) {
        double whole = fma(x, LOG2_E, WHOLE);
        double p = expm1Rest(expRest(x, whole - WHOLE));
        double s = pow2(whole);
        return fma(s, p, s - 1.0);
    }

    // exp(x + rest) for x in [-790, 710]: for x <= 0 raised, above halved on the way, so that neither end is lost.
    static double expWide(double x, double rest) {
        double bias = x > 0.0 ? WHOLE - 1.0 : RAISED;
        double whole = fma(x, LOG2_E, bias);
        double p = expm1Rest(expRest(x, whole - bias) + rest);
        double s = pow2(whole);
        return fma(s, p, s) * (x > 0.0 ? 2.0 : LOWER);
    }

    // log1p on [0, 1].

    // (log1p(e) - e) / e for e in [0, 1], from coefficients/float64.sollya: log1p(e) to 2^-56, relative.
    static double log1pBend(double e) {
        double p = 0x1.a9067c05a4c2ep-16;
        p = fma(p, e, -0x1.31f8cd7a6207ap-12);
        p = fma(p, e, 0x1.a25bf10450d3fp-10);
        p = fma(p, e, -0x1.6b4e60f2382acp-8);
        p = fma(p, e, 0x1.c57efadab199bp-7);
        p = fma(p, e, -0x1.b632818d739d7p-6);
        p = fma(p, e, 0x1.5a892cb8ffafap-5);
        p = fma(p, e, -0x1.d7115508cb8bp-5);
        p = fma(p, e, 0x1.202df1e815f6cp-4);
        p = fma(p, e, -0x1.4b022086f55f2p-4);
        p = fma(p, e, 0x1.712df6166ba31p-4);
        p = fma(p, e, -0x1.98d296b9a7e37p-4);
        p = fma(p, e, 0x1.c6f6a83b8b02fp-4);
        p = fma(p, e, -0x1.fffa8bd00015p-4);
        p = fma(p, e, 0x1.2491fed9cfc49p-3);
        p = fma(p, e, -0x1.55554fbe64ea4p-3);
        p = fma(p, e, 0x1.99999951fb01bp-3);
        p = fma(p, e, -0x1.fffffffdd4a4bp-3);
        p = fma(p, e, 0x1.5555555551052p-2);
        p = fma(p, e, -0x1.fffffffffff9fp-2);
        return p * e;
    }

    // x - tanh(x) near 0, where the difference would cancel.

    // (x - tanh(x)) / x^3 - 1/3 for z = x^2 in [0, 1], from coefficients/float64.sollya: relative error 2^-54 of the
    // sum.
    static final double SHRINK_C0 = 0x1.5555555555555p-2;

    static double tanhBend(double z) {
        double p = -0x1.a90ea9e5d217fp-26;
        p = fma(p, z, 0x1.174405cd6cd9cp-22);
        p = fma(p, z, -0x1.6f2d68caf82dep-20);
        p = fma(p, z, 0x1.4d1f8e5d87fcbp-18);
        p = fma(p, z, -0x1.e8fb70ab4f14dp-17);
        p = fma(p, z, 0x1.41c2e9a6651b8p-15);
        p = fma(p, z, -0x1.947f60a680b2dp-14);
        p = fma(p, z, 0x1.f51abdd9a85a2p-13);
        p = fma(p, z, -0x1.355116a768097p-11);
        p = fma(p, z, 0x1.7da2a97873857p-10);
        p = fma(p, z, -0x1.d6d3c35110d3cp-9);
        p = fma(p, z, 0x1.226e350a1944bp-7);
        p = fma(p, z, -0x1.664f488034b46p-6);
        p = fma(p, z, 0x1.ba1ba1ba10bbfp-5);
        p = fma(p, z, -0x1.111111111106bp-3);
        return p * z;
    }

    // The normal distribution's tail through its bell: Phi(-t) = exp(-t^2/2) R(t) for t >= 0, R a slowly falling
    // function. A bell times a rational keeps all digits where 1 + erf(x / sqrt 2) has none left.

    // R(t) = P(t) / (b t P(t) + S(t)) on [0, 38.7], b = sqrt(2 pi), from coefficients/gauss_float64.py: relative
    // error 2^-57.8. As t grows S fades, and the rounding errors of t P(t) above and below the line cancel: a rational
    // of two independent polynomials gathers several ULP.
    static final double TAIL_SLOPE = 0x1.40d931ff62706p1; // b
    // R(t) - t / sqrt(2 pi) = (t0 - t) P(t) / (b P(t) + S(t)) on [0, 38.8], from coefficients/gauss_float64.py:
    // relative error 2^-58. Factoring the root out keeps all digits around it.
    static final double BELL_ROOT = 0x1.80eacp-1; // t0, its first bits: t - BELL_ROOT is exact from there on
    static final double BELL_ROOT_REST = 0x1.197f00b3dd831p-21;
    static final double BELL_SLOPE = 0x1.40d931ff62706p1; // b

    // -t^2/2 - n ln2, for whole - RAISED = n; the square's rounding error is put back.
    static double bellRest(double t, double square, double n) {
        double r = fma(n, 2.0 * LN2, square);
        double rest = fma(n, 2.0 * LN2_REST, fma(t, t, -square));
        return -0.5 * (r + rest);
    }

    // (P(t) - 1/2) / t.
    static double tailNumerator(double t) {
        double p = 0x1.0ed7dc45daff3p-22;
        p = fma(p, t, 0x1.02eb74ac68553p-17);
        p = fma(p, t, 0x1.e74a5b52aeb05p-14);
        p = fma(p, t, 0x1.254ca1e561281p-10);
        p = fma(p, t, 0x1.f07286abce610p-8);
        p = fma(p, t, 0x1.335f084a7507dp-5);
        p = fma(p, t, 0x1.1992a62dfa4a4p-3);
        p = fma(p, t, 0x1.79443f0c3d2ffp-2);
        p = fma(p, t, 0x1.634cd0a685addp-1);
        return fma(p, t, 0x1.ac97b923cf5d6p-1);
    }

    // (S(t) - 1) / t.
    static double tailRemainder(double t) {
        double s = 0x1.9298442783173p-59;
        s = fma(s, t, 0x1.53739d3158b67p-21);
        s = fma(s, t, 0x1.4481fe0e59208p-16);
        s = fma(s, t, 0x1.3009bbd74813fp-12);
        s = fma(s, t, 0x1.6a869abcd39efp-9);
        s = fma(s, t, 0x1.2da9c4c28f9c2p-6);
        s = fma(s, t, 0x1.6b0cef05e601dp-4);
        s = fma(s, t, 0x1.3cf1b43acf1cep-2);
        s = fma(s, t, 0x1.8629715758f7ap-1);
        return fma(s, t, 0x1.3800b0c30e9f9p0);
    }

    static double bellNumerator(double t) {
        double p = -0x1.7d2940b2d87a7p-20;
        p = fma(p, t, -0x1.5e28008d9beafp-15);
        p = fma(p, t, -0x1.38576097973f8p-11);
        p = fma(p, t, -0x1.6031c62b049d0p-8);
        p = fma(p, t, -0x1.13eeb158c7d78p-5);
        p = fma(p, t, -0x1.386375920e238p-3);
        p = fma(p, t, -0x1.02095e4c3c1cbp-1);
        p = fma(p, t, -0x1.32d27a429e4abp0);
        p = fma(p, t, -0x1.f753a3ef3683cp0);
        p = fma(p, t, -0x1.0272dbc1e6fb7p1);
        return fma(p, t, -0x1.fec88f04b4d13p-1);
    }

    static double bellRemainder(double t) {
        double s = 0x1.67244ea286c99p-19;
        s = fma(s, t, 0x1.3affddea63eb3p-14);
        s = fma(s, t, 0x1.0b9213f99f75bp-10);
        s = fma(s, t, 0x1.1d7e4ae9b133fp-7);
        s = fma(s, t, 0x1.a2d40c8d05622p-5);
        s = fma(s, t, 0x1.b47ec6f53c662p-3);
        s = fma(s, t, 0x1.42e4eba33c72ap-1);
        s = fma(s, t, 0x1.47aa1b1ab6cafp0);
        s = fma(s, t, 0x1.a079aa2673747p0);
        return fma(s, t, 0x1.002b6083b7cdcp0);
    }
}
