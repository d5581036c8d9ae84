package dev.hillock.accuracy;

/** Distances in units in the last place of a float. */
public final class Ulp {
    private static final double OVERFLOW = 0x1p128;

    private Ulp() {}

    /**
     * |got - exact| / ulp(exact), with the exact value unrounded: a correctly rounded result has at most 0.5. The unit
     * of values below the smallest normal float is that of the subnormals. An infinite result counts as 2^128, so that
     * rounding to infinity where a float must is no error. NaN only for NaN.
     */
    public static double error(float got, double exact) {
        if (Double.isInfinite(exact) || Float.isNaN(got) || Double.isNaN(exact)) {
            return got == exact ? 0 : Float.isNaN(got) && Double.isNaN(exact) ? 0 : Double.POSITIVE_INFINITY;
        }
        double value = Float.isInfinite(got) ? Math.copySign(OVERFLOW, got) : got;
        if (Float.isInfinite(got) && Math.abs(exact) >= OVERFLOW && value * exact > 0) {
            return 0;
        }
        return Math.abs(value - exact) / unit(exact);
    }

    /** The distance between the floats around an exact value. */
    public static double unit(double exact) {
        int exponent = Math.max(Float.MIN_EXPONENT, Math.min(Float.MAX_EXPONENT, Math.getExponent(exact)));
        return Double.longBitsToDouble((long) (exponent - 23 + Double.MAX_EXPONENT) << 52);
    }
}
