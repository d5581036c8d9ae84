package dev.hillock.bench;

/** What became of comparing a contestant's result with that of {@code SCALAR}, before it was timed. */
public enum Check {
    /** Nothing to compare. */
    NONE,
    /** The same bits; every NaN counts as the same value. */
    SAME_BITS,
    /** Within 1e-5 of the larger of 1 and the value. */
    CLOSE,
    /** Neither. */
    WRONG;

    private static final double TOLERANCE = 1e-5;

    /** Compares as many elements as both arrays have. */
    static Check of(float[] got, float[] expected) {
        Check check = SAME_BITS;
        for (int i = 0; i < Math.min(got.length, expected.length); i++) {
            if (Float.floatToIntBits(got[i]) != Float.floatToIntBits(expected[i])) {
                if (!(Math.abs(got[i] - expected[i]) <= TOLERANCE * Math.max(1, Math.abs(expected[i])))) {
                    return WRONG;
                }
                check = CLOSE;
            }
        }
        return check;
    }
}
