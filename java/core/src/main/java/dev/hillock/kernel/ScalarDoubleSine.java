package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleElementary.fma;
import static dev.hillock.kernel.ScalarDoubleElementary.sumRest;

/**
 * The mirror of {@code native/core/float64/sine.h}, one double at a time: sin at b + quarters pi/4. Up to 2^20 the
 * multiple of pi is taken off in doubles; beyond, by 2/pi's bits as far as they count.
 */
final class ScalarDoubleSine {
    // pi in three doubles, from coefficients/sine_float64.sollya. PI_1 has two bits to spare: m PI_1 for a multiple m
    // of 1/4 is subtracted exactly.
    static final double PI_1 = 0x1.921fb54442d18p+1;
    static final double PI_2 = 0x1.1a62633145c07p-53;
    static final double PI_3 = -0x1.f1976b7ed8fbcp-109;
    static final double INVERSE_PI = 0x1.45f306dc9c883p-2;
    // Adding it rounds to an integer.
    static final double ROUND_TURNS = 0x1.8p52;
    static final double NEAR_TURNS = 0x1p20;
    static final double SINE_C3 = -0x1.5555555555555p-3;

    // 2/pi: bit i of the row, from 1 up, counts 2^-i.
    private static final int[] TWO_OVER_PI = {
        0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561,
        0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c, 0xfe1deb1c, 0xb129a73e, 0xe88235f5, 0x2ebb4484,
        0xe99c7026, 0xb45f7e41, 0x3991d639, 0x835339f4, 0x9c845f8b, 0xbdf9283b, 0x1ff897ff, 0xde05980f,
        0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d, 0x7527bac7, 0xebe5f17b,
        0x3d0739f7, 0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08, 0x56033046, 0xfc7b6bab, 0xf0cfbc20, 0x9af4361d,
        0xa9e39161, 0x5ee61b08, 0x6599855f, 0x14a06840, 0x8dffd880, 0x4d732731, 0x06061556, 0xca73a8c9,
        0x60e27bc0, 0x8c6b47c4, 0x19c367cd, 0xdce8092a, 0x8359c476, 0x8b961ca6, 0xddaf44d1, 0x5719053e,
        0xa5ff0705, 0x3f7e33e8, 0x32c2de4f, 0x98327dbb, 0xc33d26ef, 0x6b1e5ef8, 0x9f3a1f35, 0xcaf27f1d,
        0x87f12190, 0x7c7c246a, 0xfa6ed577, 0x2d30433b, 0x15c614b5, 0x9d19c3c2, 0xc4ad414d, 0x2c5d000c
    };
    // pi/2 2^127, the lowest word first.
    private static final int[] HALF_PI = {0x80dc1cd1, 0xc4c6628b, 0x2168c234, 0xc90fdaa2};

    private ScalarDoubleSine() {}

    // b + b_rest - m pi, rounded in two steps, and what they lost.
    static double angleHigh(double b, double bRest, double m) {
        return fma(m, -PI_1, b) - m * PI_2 + bRest;
    }

    static double angleLow(double b, double bRest, double m) {
        double r = fma(m, -PI_1, b);
        double t = m * PI_2;
        double d = r - t;
        double lost = sumRest(r, -t, d) + sumRest(d, bRest, d + bRest);
        return lost - fma(m, PI_3, fma(m, PI_2, -t));
    }

    // sin(v + rest) = v + SINE_C3 v^3 + sineSmall for |v| <= 1.58, from coefficients/sine_float64.sollya: to 2^-58,
    // relative.
    static double sineSmall(double v, double rest) {
        double z = v * v;
        double p = -0x1.34d1bac0f3839p-55;
        p = fma(p, z, 0x1.c12dd530b512ap-52);
        p = fma(p, z, 0x1.da16ec9c0a2a3p-51);
        p = fma(p, z, -0x1.ab6f761c651e4p-41);
        p = fma(p, z, 0x1.611f67a463f9ap-33);
        p = fma(p, z, -0x1.ae644cb9cc1e9p-26);
        p = fma(p, z, 0x1.71de3a4a26517p-19);
        p = fma(p, z, -0x1.a01a01a00bea7p-13);
        p = fma(p, z, 0x1.1111111111091p-7);
        double cube = v * z;
        double cubeRest = fma(v, z, -cube) + v * fma(v, v, -z);
        return fma(cubeRest, SINE_C3, fma(rest, fma(-0.5, z, 1.0), cube * (z * p)));
    }

    // sin(v + rest), |v| <= 1.58.
    static double sineOf(double v, double rest) {
        return v + fma(v * (v * v), SINE_C3, sineSmall(v, rest));
    }

    // The sum of n, the multiple of pi next to b + quarters pi/4, and ROUND_TURNS.
    static double halfTurns(double b, int quarters) {
        return fma(b, INVERSE_PI, 0.25 * quarters) + ROUND_TURNS;
    }

    // sin(b + b_rest + quarters pi/4), |b| up to NEAR_TURNS; odd n turn the sign.
    static double sineNear(double b, double bRest, int quarters) {
        double whole = halfTurns(b, quarters);
        double m = (whole - ROUND_TURNS) - 0.25 * quarters;
        double high = angleHigh(b, bRest, m);
        double low = angleLow(b, bRest, m);
        double v = high + low;
        double s = sineOf(v, (high - v) + low);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(s) + (Double.doubleToRawLongBits(whole) << 63));
    }

    // The product of numbers of words, the lowest first; the result may be longer.
    private static void multiply(int[] a, int[] b, int[] product) {
        for (int i = 0; i < a.length; i++) {
            long carry = 0;
            for (int j = 0; j < b.length; j++) {
                carry += (a[i] & 0xffffffffL) * (b[j] & 0xffffffffL) + (product[i + j] & 0xffffffffL);
                product[i + j] = (int) carry;
                carry >>>= 32;
            }
            product[i + b.length] = (int) carry;
        }
    }

    // 64 bits of such a number, from one on.
    private static long bitsAt(int[] words, int bit) {
        int w = bit / 32;
        int shift = bit % 32;
        long two = (long) words[w + 1] << 32 | words[w] & 0xffffffffL;
        return two >>> shift | (words[w + 2] & 0xffffffffL) << 1 << (63 - shift);
    }

    private static int exponent(double x) {
        return Math.max(1, (int) (Double.doubleToRawLongBits(x) >>> 52 & 0x7ff)) - 1075;
    }

    private static int[] mantissa(double x) {
        long bits = Double.doubleToRawLongBits(x);
        long m = bits & 0xfffffffffffffL | ((bits >>> 52 & 0x7ff) == 0 ? 0 : 0x10000000000000L);
        return new int[] {(int) m, (int) (m >>> 32)};
    }

    private static double powerOfTwo(int n) {
        return Double.longBitsToDouble((long) (1023 + n) << 52);
    }

    // sin(x factor + quarters pi/4) for |x factor| beyond 2^20. The product is an integer p 2^e; p times the 256 bits
    // of 2/pi that count is the angle in quarter turns, modulo a turn, of which 126 bits of fraction are kept.
    static double farSine(double x, double factor, int quarters) {
        double none = (x - x) + (factor - factor);
        if (!(none == 0.0)) {
            return none;
        }
        int e = exponent(x) + exponent(factor);
        int[] p = new int[4];
        multiply(mantissa(x), mantissa(factor), p);
        int first = e < 2 ? 0 : e - 2; // bits of 2/pi that are left out: they count whole turns
        int[] window = new int[8];
        for (int i = 0; i < 8; i++) {
            int word = first / 32 + i;
            long two = (long) TWO_OVER_PI[word] << 32 | TWO_OVER_PI[word + 1] & 0xffffffffL;
            window[7 - i] = (int) (two << first % 32 >>> 32);
        }
        int[] turns = new int[14];
        multiply(p, window, turns);
        int point = e < 2 ? 256 - e : 254;
        long low = bitsAt(turns, point - 126);
        long high = bitsAt(turns, point - 62);
        if (x < 0.0 != factor < 0.0) {
            low = -low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        high += (long) quarters << 61;
        // The other side of the circle.
        if (high - (1L << 62) >= 0) {
            high = Long.MIN_VALUE - high - (low != 0 ? 1 : 0);
            low = -low;
        }
        boolean negative = high < 0;
        if (negative) {
            low = -low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        if ((high | low) == 0) {
            return sineOf(0.0, 0.0);
        }
        int zeros = 0;
        for (; high >= 0; zeros++) {
            high = high << 1 | low >>> 63;
            low <<= 1;
        }
        int[] angle = {(int) low, (int) (low >>> 32), (int) high, (int) (high >>> 32)};
        int[] product = new int[9];
        multiply(angle, HALF_PI, product);
        high = bitsAt(product, 192);
        low = bitsAt(product, 128);
        if (high >= 0) {
            high = high << 1 | low >>> 63;
            low <<= 1;
            zeros++;
        }
        double sign = negative ? -1.0 : 1.0;
        double v = sign * ((double) (high >>> 11) * powerOfTwo(-50 - zeros));
        long below = (high & 0x7ff) << 42 | low >>> 22;
        return sineOf(v, sign * ((double) below * powerOfTwo(-103 - zeros)));
    }

    // Where |b| is beyond NEAR_TURNS sin(factor x + quarters pi/4), else near.
    static double orFarSine(double near, double b, double x, double factor, int quarters) {
        return Math.abs(b) > NEAR_TURNS ? farSine(x, factor, quarters) : near;
    }
}
