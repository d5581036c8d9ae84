package dev.hillock.check;

import dev.hillock.accuracy.Ulp;
import java.util.Arrays;

/**
 * The exact values of a block of inputs. Where inputs are consecutive floats, the reference is smooth over them unless a
 * kink or a root lies there: then three values and a parabola through them stand for all, provided that two values in
 * between agree with it; 1024 inputs at a time, or 64. The outputs of a function that saturates are often one value many
 * times over: it is evaluated once.
 */
final class Reference {
    private static final int LONG_RUN = 1024;
    private static final int RUN = 64;
    private static final int MANTISSA = (1 << 23) - 1;
    // Where a parabola strays the most from a cubic, of 64.
    private static final int[] WITNESSES = {13, 51};
    private static final double TOLERANCE_ULP = 0x1p-12;

    /** Where the values come from. */
    @FunctionalInterface
    interface Source {
        /** The exact value for an input. */
        double exact(float x);
    }

    private final Source source;

    Reference(Source source) {
        this.source = source;
    }

    /** The exact value for every input. */
    void each(float[] x, double[] exact, int count) {
        each(x, exact, 0, count);
    }

    private void each(float[] x, double[] exact, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean again = i > from && Float.floatToRawIntBits(x[i]) == Float.floatToRawIntBits(x[i - 1]);
            exact[i] = again ? exact[i - 1] : source.exact(x[i]);
        }
    }

    /** The same within 2^-12 ULP, quicker where the inputs are consecutive floats. */
    void values(float[] x, double[] exact, int count) {
        int start = 0;
        for (; start + LONG_RUN <= count; start += LONG_RUN) {
            if (!run(x, exact, start, LONG_RUN)) {
                runs(x, exact, start, start + LONG_RUN);
            }
        }
        runs(x, exact, start, count);
    }

    private void runs(float[] x, double[] exact, int from, int to) {
        int start = from;
        for (; start + RUN <= to; start += RUN) {
            if (!run(x, exact, start, RUN)) {
                each(x, exact, start, start + RUN);
            }
        }
        each(x, exact, start, to);
    }

    // In bits, and of one exponent up to and with the first float of the next run: there a step in bits is a step in x.
    private static boolean isConsecutive(float[] x, int start, int length) {
        int first = Float.floatToRawIntBits(x[start]);
        int differences = 0;
        for (int i = 0; i < length; i++) {
            differences |= Float.floatToRawIntBits(x[start + i]) ^ first + i;
        }
        return differences == 0 && (first & MANTISSA) + length <= MANTISSA + 1;
    }

    // False if a parabola does not do.
    private boolean run(float[] x, double[] exact, int start, int length) {
        if (!isConsecutive(x, start, length)) {
            return false;
        }
        int half = length / 2;
        float end = Float.intBitsToFloat(Float.floatToRawIntBits(x[start]) + length);
        double y0 = source.exact(x[start]);
        double y1 = source.exact(x[start + half]);
        double y2 = source.exact(end);
        if (Double.doubleToRawLongBits(y0) == Double.doubleToRawLongBits(y1)
                && Double.doubleToRawLongBits(y0) == Double.doubleToRawLongBits(y2)) {
            Arrays.fill(exact, start, start + length, y0);
        } else if (Double.isFinite(y0 + y1 + y2) && y0 != 0 && y1 != 0 && y2 != 0) {
            double slope = y1 - y0;
            double bend = 0.5 * (y2 - y1 - slope);
            double step = 1.0 / half;
            for (int i = 0; i < length; i++) {
                double t = i * step;
                exact[start + i] = y0 + t * (slope + (t - 1) * bend);
            }
        } else {
            return false;
        }
        for (int witness : WITNESSES) {
            int at = start + witness * length / RUN;
            double told = exact[at];
            double truth = source.exact(x[at]);
            if (told != truth && !(Math.abs(told - truth) <= TOLERANCE_ULP * Ulp.unit(truth))) {
                return false;
            }
        }
        return true;
    }
}
