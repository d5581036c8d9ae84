package dev.hillock.kernel;

/**
 * Gumbel noise of doubles, -ln(-ln u), from uniform numbers; {@link ScalarGumbel} has that of floats. Loops over blocks, each of one kind of step, so that the compiler makes
 * vectors of the arithmetic; the logarithm is {@link ScalarAxis}'s, to 2^-48 and with the same bits everywhere. For one
 * thread.
 */
public final class GumbelNoise {
    private static final int BLOCK = 256;
    private static final double LN2 = 0x1.62e42fefa39efp-1;

    private final double[] exponent = new double[BLOCK];
    private final double[] z = new double[BLOCK];
    private final double[] noise = new double[BLOCK];

    private final long start;

    /** The noise of a seed. */
    public GumbelNoise(long seed) {
        start = CounterRandom.start(seed);
    }

    /** Adds the noise of n indices to a range. */
    public void add(long index, double[] y, int at, int n) {
        for (int done = 0; done < n; done += BLOCK) {
            int count = Math.min(BLOCK, n - done);
            for (int i = 0; i < count; i++) {
                noise[i] = CounterRandom.unit(CounterRandom.bits(start, index + done + i));
            }
            negativeLog(count);
            negativeLog(count);
            for (int i = 0; i < count; i++) {
                y[at + done + i] += noise[i];
            }
        }
    }

    // noise = -ln(noise), as ScalarAxis.logOfSum.
    private void negativeLog(int n) {
        for (int i = 0; i < n; i++) {
            long bits = Double.doubleToRawLongBits(noise[i]);
            long whole = (bits - 0x3fe6666666666666L) >> 52;
            exponent[i] = whole;
            z[i] = Double.longBitsToDouble(bits - (whole << 52));
        }
        for (int i = 0; i < n; i++) {
            double s = (z[i] - 1.0) / (z[i] + 1.0);
            double square = s * s;
            double p = 1.0 / 17;
            p = p * square + 1.0 / 15;
            p = p * square + 1.0 / 13;
            p = p * square + 1.0 / 11;
            p = p * square + 1.0 / 9;
            p = p * square + 1.0 / 7;
            p = p * square + 1.0 / 5;
            p = p * square + 1.0 / 3;
            double twice = s + s;
            noise[i] = -(exponent[i] * LN2 + (twice + twice * (square * p)));
        }
    }
}
