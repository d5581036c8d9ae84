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

    // 2^n from the sum of n and WHOLE, 2^(n+64) from the sum of n and RAISED; exact while the exponent is in
    // range.
    static float pow2(float whole) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(whole) << 23);
    }

    // x - n ln2, to the last bit of n ln2 for |n| < 2^8.
    static float expRest(float x, float n) {
        return fma(n, -LN2_REST, fma(n, -LN2, x));
    }

    // p = expm1(r) for |r| <= ln2/2, from coefficients/expm1.sollya: relative error 2^-26.1, absolute 2^-27.4.
    static float expm1Rest(float r) {
        float p = 0x1.6b7344p-10f;
        p = fma(p, r, 0x1.122792p-7f);
        p = fma(p, r, 0x1.555716p-5f);
        p = fma(p, r, 0x1.5554b0p-3f);
        p = fma(p, r, 0x1.fffffep-2f);
        return fma(r * r, p, r);
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

    // The normal distribution's tail through its bell: Phi(-t) = exp(-t^2/2) R(t) for t >= 0, R a slowly falling
    // function. A bell times a rational keeps all digits where 1 + erf(x / sqrt 2) has none left.

    // -t^2/2 - n ln2, for whole - RAISED = n; the square's rounding error is put back.
    static float bellRest(float t, float square, float n) {
        float r = expRest(-0.5f * square, n);
        return fma(-0.5f, fma(t, t, -square), r);
    }

    // t R(t) = n(t) / d(t) on [0, 14.5], from coefficients/gauss.py: relative error 2^-27.3. Even and odd powers
    // are paired: a plain Horner scheme gathers 3 ULP at t = 8, where all terms have the same size.
    static float tailNumerator(float t, float square) {
        float p = fma(t, 0x1.0dc42ep-8f, 0x1.4cde06p-5f);
        p = fma(p, square, fma(t, 0x1.7743f6p-3f, 0x1.c0d060p-2f));
        return fma(p, square, 0.5f * t);
    }

    static float tailDenominator(float t, float square) {
        float q = fma(t, 0x1.521918p-7f, 0x1.a136b2p-4f);
        q = fma(q, square, fma(t, 0x1.e0bce0p-2f, 0x1.33d73cp0f));
        return fma(q, square, fma(t, 0x1.acaa60p0f, 1f));
    }

    // R(t) - t / sqrt(2 pi) = (t0 - t) n(t) / d(t) on [0, 15], from coefficients/gauss.py: relative error
    // 2^-26.9. Factoring the root out keeps all digits around it.
    static float slopeNumerator(float t, float square) {
        float p = fma(t, 0x1.8757e0p-4f, 0x1.82b7a4p-2f);
        p = fma(square, 0x1.5555cep-7f, p);
        return fma(p, square, fma(t, 0x1.81b29ep-1f, 0x1.54851ap-1f));
    }

    static float slopeDenominator(float t, float square) {
        float q = fma(t, 0x1.c24a06p-3f, 0x1.95c8e6p-1f);
        q = fma(square, 0x1.abcc36p-6f, q);
        return fma(q, square, fma(t, 0x1.65f60cp0f, 1f));
    }
}
