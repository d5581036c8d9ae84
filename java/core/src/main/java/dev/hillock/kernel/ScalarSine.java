package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.fma;
import static dev.hillock.kernel.ScalarElementary.sumRest;

/**
 * The mirror of {@code native/core/elementary/sine.h}, one float at a time: sin at b + quarters pi/4. Up to 2^16 the
 * multiple of pi is taken off in floats; beyond, by 4/pi's bits as far as they count.
 */
final class ScalarSine {
    // pi in three floats, from coefficients/sine.sollya. PI_1 has two bits to spare: m PI_1 for a multiple m of 1/4 is
    // subtracted exactly.
    static final float PI_1 = 0x1.921fb8p1f;
    static final float PI_2 = -0x1.5dde98p-22f;
    static final float PI_3 = 0x1.84698ap-47f;
    static final float INVERSE_PI = 0x1.45f306p-2f;
    // Adding it rounds to an integer.
    static final float ROUND = 0x1.8p23f;
    static final float NEAR_TURNS = 0x1p16f;
    static final float SINE_C3 = -0x1.555556p-3f;

    // 4/pi from 2^63 down: bit i of the row counts 2^(63 - i).
    private static final long[] FOUR_OVER_PI = {
        1L,
        0x45f306dc9c882a53L,
        0xf84eafa3ea69bb81L,
        0xb6c52b3278872083L,
        0xfca2c757bd778ac3L,
        0x6e48dc74849ba5c0L,
        0x0c925dd413a32439L
    };

    private ScalarSine() {}

    // b + b_rest - m pi, rounded in two steps, and what they lost.
    static float angleHigh(float b, float bRest, float m) {
        return fma(m, -PI_1, b) - m * PI_2 + bRest;
    }

    static float angleLow(float b, float bRest, float m) {
        float r = fma(m, -PI_1, b);
        float t = m * PI_2;
        float d = r - t;
        float lost = sumRest(r, -t, d) + sumRest(d, bRest, d + bRest);
        return lost - fma(m, PI_3, fma(m, PI_2, -t));
    }

    // sin(v + rest) = v + SINE_C3 v^3 + sineSmall for |v| <= 1.58, from coefficients/sine.sollya: to 2^-28, relative.
    static float sineSmall(float v, float rest) {
        float z = v * v;
        float p = -0x1.ddf6a8p-26f;
        p = fma(p, z, 0x1.74683cp-19f);
        p = fma(p, z, -0x1.a02e18p-13f);
        p = fma(p, z, 0x1.11114ap-7f);
        float cube = v * z;
        float cubeRest = fma(v, z, -cube) + v * fma(v, v, -z);
        return fma(cubeRest, SINE_C3, fma(rest, fma(-0.5f, z, 1f), cube * (z * p)));
    }

    // The sum of n, the multiple of pi next to b + quarters pi/4, and ROUND.
    static float halfTurns(float b, int quarters) {
        return fma(b, INVERSE_PI, 0.25f * quarters) + ROUND;
    }

    // sin(b + b_rest + quarters pi/4), |b| up to NEAR_TURNS; odd n turn the sign.
    static float sineNear(float b, float bRest, int quarters) {
        float whole = halfTurns(b, quarters);
        float m = (whole - ROUND) - 0.25f * quarters;
        float high = angleHigh(b, bRest, m);
        float low = angleLow(b, bRest, m);
        float v = high + low;
        float s = v + fma(v * (v * v), SINE_C3, sineSmall(v, (high - v) + low));
        return Float.intBitsToFloat(Float.floatToRawIntBits(s) + (Float.floatToRawIntBits(whole) << 31));
    }

    // sin(x + quarters pi/4) for |x| in [2^16, 2^256), a product of two floats. x is m 2^e; m times the 128 bits of
    // 4/pi that count is x in eighths of a turn, modulo a turn, in units of 2^-61.
    static double farSine(double x, int quarters) {
        if (!(x - x == 0.0)) {
            return x - x;
        }
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >> 52 & 0x7ff) - 1075;
        long m = (bits & 0xfffffffffffffL) | 0x10000000000000L;
        int first = exponent + 61; // of the 128
        int word = first / 64;
        int shift = first % 64;
        long high = FOUR_OVER_PI[word] << shift | FOUR_OVER_PI[word + 1] >>> 1 >>> (63 - shift);
        long low = FOUR_OVER_PI[word + 1] << shift | FOUR_OVER_PI[word + 2] >>> 1 >>> (63 - shift);
        long lowProduct = (m >>> 32) * (low >>> 32)
                + ((m >>> 32) * (low & 0xffffffffL) >>> 32)
                + ((m & 0xffffffffL) * (low >>> 32) >>> 32);
        long turn = m * high + lowProduct;
        if (bits < 0) {
            turn = -turn;
        }
        long angle = turn + ((long) quarters << 61);
        long quarterTurn = 1L << 62;
        if (angle > quarterTurn || angle < -quarterTurn) {
            angle = Long.MIN_VALUE - angle;
        }
        double v = angle * (0x1.921fb54442d18p-1 * 0x1p-61);
        double z = v * v;
        double p = -1.0 / 121645100408832000L;
        p = p * z + 1.0 / 355687428096000L;
        p = p * z - 1.0 / 1307674368000L;
        p = p * z + 1.0 / 6227020800L;
        p = p * z - 1.0 / 39916800;
        p = p * z + 1.0 / 362880;
        p = p * z - 1.0 / 5040;
        p = p * z + 1.0 / 120;
        p = p * z - 1.0 / 6;
        return v + v * (z * p);
    }

    // Where |b| is beyond NEAR_TURNS sin(factor x + quarters pi/4), else near.
    static float orFarSine(float near, float b, float x, float factor, int quarters) {
        return Math.abs(b) > NEAR_TURNS ? (float) farSine((double) x * factor, quarters) : near;
    }
}
