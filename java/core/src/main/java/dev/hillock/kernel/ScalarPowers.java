package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.LN2;
import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.fma;

/** The mirror of {@code native/core/elementary/powers.h}. */
final class ScalarPowers {
    // Adding it rounds to a multiple of 1/4: the table's number in the low two bits, above them a whole number, 64
    // added.
    static final float RAISED_QUARTERS = 0x1.8p21f + 64f;

    // expm1(r) = r + r^2 (C2 + C3 r + C4 r^2) for |r| <= ln2/8.
    static final float C2 = 0x1.00000ep-1f;
    static final float C3 = 0x1.5571dap-3f;
    static final float C4 = 0x1.54e368p-5f;

    // What expScaled is the multiple of: 2^64 and the table's factor.
    static final double EXP_SCALE = 0x1.1f7036p+64;

    static final int[] TABLE = Pieces.bits(Pieces.load("powers"));

    private ScalarPowers() {}

    // exp(x) EXP_SCALE for x in [-133, 0], where the error may grow with |x|: one constant is enough for ln2.
    static float expScaled(float x) {
        float quarters = fma(x, LOG2_E, RAISED_QUARTERS);
        float r = fma(quarters - RAISED_QUARTERS, -LN2, x);
        float p = fma(r * r, fma(fma(r, C4, C3), r, C2), r);
        int number = Float.floatToRawIntBits(quarters);
        float s = Float.intBitsToFloat(TABLE[number & 3] + (number << 21));
        return fma(s, p, s);
    }
}
