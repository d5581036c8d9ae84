package dev.hillock.kernel;

/** The step between the two halves of a formula with an exponential. */
public final class PowersOfTwo {
    private PowersOfTwo() {}

    /** Puts the power of two in the place of the sum whose low bits are its exponent. */
    public static void replace(float[] sums, int from, int to) {
        for (int i = from; i < to; i++) {
            sums[i] = ScalarElementary.pow2(sums[i]);
        }
    }
}
