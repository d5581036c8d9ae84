package dev.hillock.kernel;

import java.util.Arrays;

/**
 * The mirror of {@code native/core/sums.h}: sums along an axis, in the one order that every engine keeps.
 *
 * <p>Term i belongs to lane i mod 16. Four terms of a lane that lie in the same block of 64 are added as
 * {@code (t0 + t1) + (t2 + t3)} in float, the results of the blocks one after the other in double, and the lanes at the
 * end by halves: l + (l + 8), then 4, 2, 1. Terms beyond the end are zero.
 */
public class LaneSums {
    static final int LANES = 16;

    /** Terms that {@link #add} takes at once. */
    public static final int BLOCK = 64;

    final double[] lane = new double[LANES];

    /** Forgets what was added. */
    public void clear() {
        Arrays.fill(lane, 0);
    }

    /** Adds a block of terms. */
    public void add(float[] terms) {
        for (int l = 0; l < LANES; l++) {
            lane[l] += (terms[l] + terms[l + 16]) + (terms[l + 32] + terms[l + 48]);
        }
    }

    /** Adds the first count of some terms, one after the other in double: term i to lane i mod 16. */
    public void addEach(float[] terms, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            for (int l = 0; l < LANES; l++) {
                lane[l] += terms[i + l];
            }
        }
        for (int l = 0; i < count; i++, l++) {
            lane[l] += terms[i];
        }
    }

    /** The sum of everything added. */
    public double total() {
        double l0 = lane[0] + lane[8];
        double l1 = lane[1] + lane[9];
        double l2 = lane[2] + lane[10];
        double l3 = lane[3] + lane[11];
        double l4 = lane[4] + lane[12];
        double l5 = lane[5] + lane[13];
        double l6 = lane[6] + lane[14];
        double l7 = lane[7] + lane[15];
        return ((l0 + l4) + (l2 + l6)) + ((l1 + l5) + (l3 + l7)) + 0.0;
    }
}
