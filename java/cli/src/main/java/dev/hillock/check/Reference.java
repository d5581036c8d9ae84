package dev.hillock.check;

import java.util.Arrays;

/**
 * The exact values of a block of inputs. Where the inputs are consecutive floats, the reference is smooth over 64 of them
 * unless a kink or a root lies there: then three values and a parabola through them stand for all, provided that two
 * values in between agree with it.
 */
final class Reference {
    private static final int RUN = 64;
    private static final int HALF = RUN / 2;
    // Where a parabola strays the most from a cubic.
    private static final int[] WITNESSES = {13, 51};
    private static final double TOLERANCE_ULP = 0x1p-12;

    private final Accuracy accuracy;

    Reference(Accuracy accuracy) {
        this.accuracy = accuracy;
    }

    /** The exact value for every input. */
    void each(float[] x, double[] exact, int count) {
        for (int i = 0; i < count; i++) {
            exact[i] = accuracy.exact(x[i]);
        }
    }

    /** The same within 2^-12 ULP; the inputs are consecutive floats, the first a multiple of 64 in its bits. */
    void consecutive(float[] x, double[] exact, int count) {
        for (int start = 0; start < count; start += RUN) {
            if (!run(x, exact, start)) {
                for (int i = start; i < start + RUN; i++) {
                    exact[i] = accuracy.exact(x[i]);
                }
            }
        }
    }

    private boolean run(float[] x, double[] exact, int start) {
        // One step of bits is one step in x up to and with the first float of the next run.
        float end = Float.intBitsToFloat(Float.floatToRawIntBits(x[start]) + RUN);
        double y0 = accuracy.exact(x[start]);
        double y1 = accuracy.exact(x[start + HALF]);
        double y2 = accuracy.exact(end);
        if (Double.doubleToRawLongBits(y0) == Double.doubleToRawLongBits(y1)
                && Double.doubleToRawLongBits(y0) == Double.doubleToRawLongBits(y2)) {
            Arrays.fill(exact, start, start + RUN, y0);
        } else if (Double.isFinite(y0 + y1 + y2) && y0 != 0 && y1 != 0 && y2 != 0) {
            double slope = y1 - y0;
            double bend = 0.5 * (y2 - y1 - slope);
            for (int i = 0; i < RUN; i++) {
                double t = i * (1.0 / HALF);
                exact[start + i] = y0 + t * (slope + (t - 1) * bend);
            }
        } else {
            return false;
        }
        for (int witness : WITNESSES) {
            double told = exact[start + witness];
            double truth = accuracy.exact(x[start + witness]);
            if (told != truth && !(Math.abs(told - truth) <= TOLERANCE_ULP * Ulp.unit(truth))) {
                return false;
            }
        }
        return true;
    }
}
