package dev.hillock.kernel;

import java.lang.reflect.Method;

/**
 * The mirror of {@code native/core/elementary/} and of the operations of V that Java has no sign for, one float at a
 * time: the same steps in the same order, the same bits.
 */
final class ScalarElementary {
    // Math.fma is exact everywhere, but without the instruction it goes through BigDecimal and takes a microsecond.
    private static final boolean HAS_FMA = hasFma();

    private ScalarElementary() {}

    // HotSpot says whether it uses the instruction; a virtual machine that cannot be asked gets the other way.
    private static boolean hasFma() {
        try {
            Class<?> type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getPlatformMXBean", Class.class)
                    .invoke(null, type);
            Object option = type.getMethod("getVMOption", String.class).invoke(bean, "UseFMA");
            Method value = option.getClass().getMethod("getValue");
            return Boolean.parseBoolean((String) value.invoke(option));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    /** Whether {@link #fma} is one instruction here. */
    static boolean hasFmaInstruction() {
        return HAS_FMA;
    }

    static float fma(float a, float b, float c) {
        return HAS_FMA ? Math.fma(a, b, c) : fmaThroughDouble(a, b, c);
    }

    // The product of two floats is exact in double, the sum is rounded to odd, and one narrowing then rounds as a
    // single operation would.
    static float fmaThroughDouble(float a, float b, float c) {
        double product = (double) a * b;
        double addend = c;
        double sum = product + addend;
        double back = sum - product;
        double lost = (product - (sum - back)) + (addend - back);
        if (lost == 0.0 || !(lost - lost == 0.0)) {
            return (float) sum;
        }
        long odd = Double.doubleToRawLongBits(sum);
        if ((odd & 1) == 0) {
            odd += (lost > 0.0) == (sum > 0.0) ? 1 : -1;
        }
        return (float) Double.longBitsToDouble(odd);
    }

    static float atMost(float a, float limit) {
        return a > limit ? limit : a;
    }

    static float atLeast(float a, float limit) {
        return a < limit ? limit : a;
    }

    static float sqrt(float a) {
        return (float) Math.sqrt(a);
    }

    // a + b - sum, for sum = a + b rounded.                              Knuth, The Art of Computer Programming 2
    static float sumRest(float a, float b, float sum) {
        float back = sum - a;
        return a - (sum - back) + (b - back);
    }

    // exp and expm1 in steps. With n = round(x log2 e) and r = x - n ln2, exp(x) = 2^n (1 + p), p = expm1(r), |r|
    // <= ln2/2. Formulas take p and the power of two apart wherever that saves a rounding: 1 + p is never rounded
    // for its own sake.

    // Adding WHOLE rounds to an integer and leaves n + 127 in the low bits, ready to become the exponent of 2^n.
    // RAISED does the same with 64 added: 2^(n+64) stays a normal number down to the last subnormal result, and
    // one multiplication by LOWER at the end takes the 64 back.
    static final float WHOLE = 0x1.8p23f + 127;
    static final float RAISED = 0x1.8p23f + 127 + 64;
    static final float LOWER = 0x1p-64f;
    static final float LOG2_E = 0x1.715476p0f;
    static final float LN2 = 0x1.62e430p-1f; // rounded to nearest; n * LN2 is subtracted exactly, by fma
    static final float LN2_REST = -0x1.05c610p-29f; // ln2 - LN2
    // expm1(r) = r + r^2 (C2 + C3 r + C4 r^2 + C5 r^3 + C6 r^4) for |r| <= ln2/2, from coefficients/expm1.sollya:
    // relative error 2^-26.1, absolute 2^-27.4.
    static final float EXP_C2 = 0x1.fffffep-2f;
    static final float EXP_C3 = 0x1.5554b0p-3f;
    static final float EXP_C4 = 0x1.555716p-5f;
    static final float EXP_C5 = 0x1.122792p-7f;
    static final float EXP_C6 = 0x1.6b7344p-10f;

    // 2^n from the sum of n and WHOLE, 2^(n+64) from the sum of n and RAISED; exact while the exponent is in
    // range.
    static float pow2(float whole) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(whole) << 23);
    }

    // x - n ln2, to the last bit of n ln2 for |n| < 2^8.
    static float expRest(float x, float n) {
        return fma(n, -LN2_REST, fma(n, -LN2, x));
    }

    // (expm1(r) - r) / r^2.
    static float expm1Bend(float r) {
        float p = EXP_C6;
        p = fma(p, r, EXP_C5);
        p = fma(p, r, EXP_C4);
        p = fma(p, r, EXP_C3);
        return fma(p, r, EXP_C2);
    }

    static float expm1Rest(float r) {
        return fma(r * r, expm1Bend(r), r);
    }

    // (expm1(2 r) / 2 - r) / r^2: the same polynomial, its coefficients times powers of two.
    static float halfExpm1Bend(float r) {
        float p = 32f * EXP_C6;
        p = fma(p, r, 16f * EXP_C5);
        p = fma(p, r, 8f * EXP_C4);
        p = fma(p, r, 4f * EXP_C3);
        return fma(p, r, 2f * EXP_C2);
    }

    // expm1(2 r) / 2.
    static float halfExpm1Rest(float r) {
        return fma(r * r, halfExpm1Bend(r), r);
    }

    // exp(x) * 2^64 for x in [-133, 43].
    static float expRaised(float x) {
        float whole = fma(x, LOG2_E, RAISED);
        float p = expm1Rest(expRest(x, whole - RAISED));
        float s = pow2(whole);
        return fma(s, p, s);
    }

    // expm1(x) for x in [-88, 88]: s (1 + p) - 1, exactly p where n is 0. One constant is enough for ln2, for
    // where n counts the result is no longer small.
    static float expm1Near(float x) {
        float whole = fma(x, LOG2_E, WHOLE);
        float p = expm1Rest(fma(whole - WHOLE, -LN2, x));
        float s = pow2(whole);
        return fma(s, p, s - 1f);
    }

    // expm1(x + rest) / 2 for x in [-20, 89]: half of it is a number wherever twice that rounds to one.
    static float halfExpm1(float x, float rest) {
        float whole = fma(x, LOG2_E, WHOLE - 1f);
        float p = expm1Rest(expRest(x, whole - (WHOLE - 1f)) + rest);
        float s = pow2(whole);
        return fma(s, p, s - 0.5f);
    }

    // exp(x + rest) for x in [-132, 89]: for x <= 0 raised, above halved on the way, so that neither end is lost.
    static float expWide(float x, float rest) {
        float bias = x > 0f ? WHOLE - 1f : RAISED;
        float whole = fma(x, LOG2_E, bias);
        float p = expm1Rest(expRest(x, whole - bias) + rest);
        float s = pow2(whole);
        return fma(s, p, s) * (x > 0f ? 2f : LOWER);
    }

    // log1p on [0, 1].

    // (log1p(e) - e) / e for e in [0, 1], from coefficients/log1p.sollya: log1p(e) to 2^-27.5, relative.
    static float log1pBend(float e) {
        float p = -0x1.b22adep-9f;
        p = fma(p, e, 0x1.4a9226p-6f);
        p = fma(p, e, -0x1.d7efa8p-5f);
        p = fma(p, e, 0x1.b53c48p-4f);
        p = fma(p, e, -0x1.3a6736p-3f);
        p = fma(p, e, 0x1.935568p-3f);
        p = fma(p, e, -0x1.ff2556p-3f);
        p = fma(p, e, 0x1.554ddap-2f);
        p = fma(p, e, -0x1.ffffd2p-2f);
        return p * e;
    }

    // x - tanh(x) near 0, where the difference would cancel.

    // (x - tanh(x)) / x^3 - kShrinkC0 for z = x^2 in [0, 1], from coefficients/tanhshrink.sollya: relative error
    // 2^-25 of the sum.
    static final float SHRINK_C0 = 0x1.555556p-2f;

    static float tanhBend(float z) {
        float p = -0x1.43762cp-13f;
        p = fma(p, z, 0x1.fae66ep-11f);
        p = fma(p, z, -0x1.aceffap-9f);
        p = fma(p, z, 0x1.1ead8cp-7f);
        p = fma(p, z, -0x1.660066p-6f);
        p = fma(p, z, 0x1.ba1af6p-5f);
        p = fma(p, z, -0x1.11112cp-3f);
        return p * z;
    }

    // The normal distribution's tail through its bell: Phi(-t) = exp(-t^2/2) R(t) for t >= 0, R a slowly falling
    // function. A bell times a rational keeps all digits where 1 + erf(x / sqrt 2) has none left.

    // R(t) = P(t) / (b t P(t) + S(t)) on [0, 14.5], b = sqrt(2 pi), from coefficients/gauss.py: relative error
    // 2^-25.7. As t grows S fades, and the rounding errors of t P(t) above and below the line cancel: a rational
    // of two independent polynomials gathers 5 ULP at t = 8.
    static final float TAIL_SLOPE = 0x1.40d932p1f; // b
    // R(t) - t / sqrt(2 pi) = (t0 - t) P(t) / (b P(t) + S(t)) on [0, 15], from coefficients/gauss.py: relative
    // error 2^-26.7. Factoring the root out keeps all digits around it.
    static final float BELL_ROOT = 0x1.810p-1f; // t0, its first bits: t - BELL_ROOT is exact from there on
    static final float BELL_ROOT_REST = -0x1.52e680p-13f;
    static final float BELL_SLOPE = 0x1.40d8bcp1f; // b

    // -t^2/2 - n ln2, for whole - RAISED = n; the square's rounding error is put back.
    static float bellRest(float t, float square, float n) {
        float r = fma(n, 2f * LN2, square);
        float rest = fma(n, 2f * LN2_REST, fma(t, t, -square));
        return -0.5f * (r + rest);
    }

    // (P(t) - 1/2) / t.
    static float tailNumerator(float t) {
        float p = 0x1.3b9b4ep-8f;
        p = fma(p, t, 0x1.72fa0ap-5f);
        p = fma(p, t, 0x1.934a48p-3f);
        return fma(p, t, 0x1.d38492p-2f);
    }

    // (S(t) - 1) / t.
    static float tailRemainder(float t) {
        float s = 0x1.49703ap-20f;
        s = fma(s, t, 0x1.89ba38p-7f);
        s = fma(s, t, 0x1.d55926p-4f);
        return fma(s, t, 0x1.d4ad32p-2f);
    }

    static float bellNumerator(float t) {
        float p = 0x1.567052p-7f;
        p = fma(p, t, 0x1.883494p-4f);
        p = fma(p, t, 0x1.834232p-2f);
        p = fma(p, t, 0x1.81fb02p-1f);
        return fma(p, t, 0x1.54851ap-1f);
    }

    static float bellRemainder(float t) {
        float s = -0x1.428426p-6f;
        s = fma(s, t, -0x1.3c326ep-3f);
        s = fma(s, t, -0x1.f6504ap-2f);
        return fma(s, t, -0x1.558d56p-1f);
    }
}
