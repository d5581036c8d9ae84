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

    // c ? a : b, for conditions that data makes unpredictable and values that cost little. Between floats HotSpot
    // branches; between two constant ints it moves.
    static float select(boolean c, float a, float b) {
        int mask = c ? -1 : 0;
        int otherwise = Float.floatToRawIntBits(b);
        return Float.intBitsToFloat(otherwise ^ (Float.floatToRawIntBits(a) ^ otherwise) & mask);
    }

    // c ? a : b, as select, for values that do not depend on data: there is nothing to compute in a branch.
    static float either(boolean c, float a, float b) {
        int first = Float.floatToRawIntBits(a);
        int second = Float.floatToRawIntBits(b);
        return Float.intBitsToFloat(c ? first : second);
    }

    // c ? 0 : a, as select.
    static float unless(boolean c, float a) {
        int mask = c ? 0 : -1;
        return Float.intBitsToFloat(Float.floatToRawIntBits(a) & mask);
    }

    static float atMost(float a, float limit) {
        return a > limit ? limit : a;
    }

    static float atLeast(float a, float limit) {
        return a < limit ? limit : a;
    }

    // The same in operations that the compiler makes vectors of; it does not of comparisons, which are cheaper in loops
    // without vectors. Math.min and max order the zeros; atMost leaves +0 as it is beside a limit of -0, and atLeast -0
    // beside one of +0.

    static float capped(float a, float limit) {
        return Float.floatToRawIntBits(limit) == Integer.MIN_VALUE ? -positive(-a) : Math.min(a, limit);
    }

    static float floored(float a, float limit) {
        return Float.floatToRawIntBits(limit) == 0 ? positive(a) : Math.max(a, limit);
    }

    // The quotient is -0 for a > 0 and for a = -0, where the denominator is 2^-126, and +0 for a < 0.
    private static float positive(float a) {
        return Math.max(a, -0f / (a * 0x1p24f + 0x1p-126f));
    }

    // a > 0 ? a : slope * a, likewise. An infinite slope would make a NaN of 0.
    static float bent(float a, float slope) {
        return Math.abs(slope) < Float.POSITIVE_INFINITY
                ? slope * Math.min(a, 0f) - Math.min(0f - a, 0f)
                : select(a > 0f, a, slope * a);
    }

    // a >= limit ? a : otherwise, likewise, for -2^30 < otherwise <= limit and 2^-10 <= limit <= 2^10.
    static float aboveOr(float a, float limit, float otherwise) {
        return Math.max(a + Math.min((a - limit) * 0x1p90f, 0f), otherwise);
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

    // The same of x + rest: the small parts are added first, so that one rounding counts.
    static float expRest(float x, float n, float rest) {
        return fma(n, -LN2, x) + fma(n, -LN2_REST, rest);
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

    // factor expm1(x + rest) for x in [-20, 89], by way of its half, a number wherever the result is one.
    // What rounding loses of the half is carried, for the factor may make it count twice.
    static float expm1Times(float x, float rest, float factor) {
        float whole = fma(x, LOG2_E, WHOLE - 1f);
        float p = expm1Rest(expRest(x, whole - (WHOLE - 1f)));
        float s = pow2(whole);
        float half = fma(s, p, s - 0.5f);
        float halfRest = fma(half + 0.5f, rest, fma(s, p, s - 0.5f - half));
        float twice = 2f * factor;
        return fma(twice, half, twice * halfRest);
    }

    // exp(x + rest) for x in [-132, 89]: for x <= 0 raised, above halved on the way, so that neither end is lost.
    static float expWide(float x, float rest) {
        float bias = either(x > 0f, WHOLE - 1f, RAISED);
        float whole = fma(x, LOG2_E, bias);
        float p = expm1Rest(expRest(x, whole - bias) + rest);
        float s = pow2(whole);
        return fma(s, p, s) * either(x > 0f, 2f, LOWER);
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

    // The natural logarithm of x and of 1 - x. With x = 2^k z and z in [2/3, 4/3): k ln2 + log1p(z - 1).

    // (log1p(f) - f) / f^2 for |f| <= 1/3, from coefficients/ln.sollya: log1p(f) to 2^-27.6, relative.
    static float lnBend(float f) {
        float p = -0x1.06cedcp-3f;
        p = fma(p, f, 0x1.1ec6e0p-3f);
        p = fma(p, f, -0x1.f3a788p-4f);
        p = fma(p, f, 0x1.1ec0d0p-3f);
        p = fma(p, f, -0x1.559804p-3f);
        p = fma(p, f, 0x1.99d1c6p-3f);
        p = fma(p, f, -0x1.ffff14p-3f);
        p = fma(p, f, 0x1.555502p-2f);
        return fma(p, f, -0.5f);
    }

    // k as an integer, for x at least 2^-126.
    static int lnExponent(float x) {
        return (Float.floatToRawIntBits(x) - Float.floatToRawIntBits(2f / 3f)) >> 23;
    }

    // k ln2 + log1p(f).
    static float lnSum(float k, float f) {
        return fma(k, LN2, fma(f * f, lnBend(f), f));
    }

    // -Inf for 0, NaN below it.
    static float ln(float x) {
        float y = x < 0x1p-126f ? x * 0x1p24f : x;
        int k = lnExponent(y);
        float f = Float.intBitsToFloat(Float.floatToRawIntBits(y) - (k << 23)) - 1f;
        float r = lnSum(k - (x < 0x1p-126f ? 24f : 0f), f);
        return x < Float.POSITIVE_INFINITY ? x > 0f ? r : x < 0f ? Float.NaN : Float.NEGATIVE_INFINITY : x;
    }

    // ln(1 - x) for x in [0, 1]. z - 1 = (2^-k - 1) - 2^-k x in one rounding, -x itself where k is 0.
    static float lnOfComplement(float x) {
        int k = lnExponent(1f - x);
        float c = Float.intBitsToFloat(Float.floatToRawIntBits(1f) - (k << 23));
        float f = fma(-c, x, c - 1f);
        return x == 1f ? Float.NEGATIVE_INFINITY : lnSum(k, f);
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

    // The normal distribution's tail: Phi(-t) by its bell phi(t) = exp(-t^2/2) / sqrt(2 pi) and Mills's ratio.
    static final float LOG_TWO_PI = 0x1.d68p0f; // few bits, so that little is lost of t^2 + LOG_TWO_PI
    static final float LOG_TWO_PI_REST = -0x1.c6f368p-17f;

    // log(phi(t)) - n ln2, for square = t^2 rounded and sum = square + LOG_TWO_PI rounded; what they lost is put back.
    static float bellRest(float t, float square, float sum, float n) {
        float r = fma(n, 2f * LN2, sum);
        float rest = sumRest(square, LOG_TWO_PI, sum) + fma(t, t, -square);
        return -0.5f * (r + (fma(n, 2f * LN2_REST, rest) + LOG_TWO_PI_REST));
    }

    // w in t Phi(-t) / phi(t) = 1 - w, for z = 1 / t^2 and t in [5.88, 14.6], from coefficients/gauss.py: absolute
    // error 2^-30.2.
    static float millsRest(float z) {
        float w = 0x1.a4299ap8f;
        w = fma(w, z, -0x1.6af32p6f);
        w = fma(w, z, 0x1.d99094p3f);
        w = fma(w, z, -0x1.7fd394p1f);
        return fma(w, z, 0x1.ffff9p-1f) * z;
    }

    // Functions by 16 polynomials, as native/core/elementary/pieces.h explains them.

    // Adding it rounds to an integer, whose bits are then the lowest ones.
    static final float ROUND = 0x1.8p23f;

    // The polynomial at x, size = |x|.
    static float pieceValue(float[] table, float x, float size) {
        int number = pieceNumber(table, x, size);
        float u = x - table[number];
        return fma(pieceRest(table, number, u), u, table[16 + number]);
    }

    // x times the polynomial, with one rounding that counts in full.
    static float pieceProduct(float[] table, float x, float size) {
        int number = pieceNumber(table, x, size);
        float u = x - table[number];
        return fma(x, table[16 + number], x * u * pieceRest(table, number, u));
    }

    private static int pieceNumber(float[] table, float x, float size) {
        float sum = fma(fma(size, Pieces.bend(table), Pieces.rate(table)), x, ROUND);
        return Float.floatToRawIntBits(sum) & 15;
    }

    private static float pieceRest(float[] table, int number, float u) {
        int row = Pieces.rows(table) - 1;
        float rest = table[16 * row + number];
        while (--row > 1) {
            rest = fma(rest, u, table[16 * row + number]);
        }
        return rest;
    }
}
