package dev.hillock.kernel;

import dev.hillock.ElementType;

/**
 * The two 16-bit formats as shorts: bfloat16, the upper half of a float, and float16, IEEE's half precision. Widening is
 * exact; narrowing rounds once, to the nearest, ties to even. Subnormals are kept. A NaN stays one.
 */
public final class NarrowFloats {
    private static final int INFINITY = 0x7f800000;
    // From here on a float rounds to float16's infinity; from here on float16 has a normal number for it.
    private static final int HALF_OVERFLOW = 0x477ff000;
    private static final int HALF_NORMAL = 0x38800000;
    private static final int ONE_HALF = Float.floatToRawIntBits(0.5f);

    private NarrowFloats() {}

    /** A new array of the floats that 16-bit elements stand for. */
    public static float[] widened(ElementType type, short[] bits) {
        float[] values = new float[bits.length];
        widen(type, bits, 0, values, 0, values.length);
        return values;
    }

    /** The float of a bfloat16. */
    public static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The bfloat16 nearest to a float. */
    public static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & 0x7fffffff) > INFINITY) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    /** The float of a float16. */
    public static float fromFloat16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int magnitude = bits & 0x7fff;
        if (magnitude >= 0x7c00) {
            return Float.intBitsToFloat(sign | INFINITY | magnitude << 13);
        }
        // In a float's fields the exponent is too small by the difference of the biases; the product puts it right,
        // for subnormals too.
        float value = Float.intBitsToFloat(magnitude << 13) * 0x1p112f;
        return Float.intBitsToFloat(sign | Float.floatToRawIntBits(value));
    }

    /** The float16 nearest to a float. */
    public static short toFloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > INFINITY) {
            return (short) (sign | 0x7e00 | magnitude >>> 13 & 0x3ff);
        }
        if (magnitude >= HALF_OVERFLOW) {
            return (short) (sign | 0x7c00);
        }
        if (magnitude >= HALF_NORMAL) {
            int rounded = magnitude + 0xfff + (magnitude >>> 13 & 1);
            return (short) (sign | rounded - (112 << 23) >>> 13);
        }
        // The last place of numbers from 1/2 to 1 is that of float16's subnormals: the sum rounds to it.
        float rounded = Float.intBitsToFloat(magnitude) + 0.5f;
        return (short) (sign | Float.floatToRawIntBits(rounded) - ONE_HALF);
    }

    /** The floats of count narrow elements. */
    public static void widen(ElementType type, short[] from, int fromOffset, float[] to, int toOffset, int count) {
        if (type == ElementType.BFLOAT16) {
            for (int i = 0; i < count; i++) {
                to[toOffset + i] = fromBfloat16(from[fromOffset + i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                to[toOffset + i] = fromFloat16(from[fromOffset + i]);
            }
        }
    }

    /** The narrow elements nearest to count floats. */
    public static void narrow(ElementType type, float[] from, int fromOffset, short[] to, int toOffset, int count) {
        if (type == ElementType.BFLOAT16) {
            for (int i = 0; i < count; i++) {
                to[toOffset + i] = toBfloat16(from[fromOffset + i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                to[toOffset + i] = toFloat16(from[fromOffset + i]);
            }
        }
    }
}
