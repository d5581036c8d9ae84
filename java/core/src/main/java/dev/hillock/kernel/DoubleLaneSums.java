package dev.hillock.kernel;

import java.util.Arrays;

/**
 * Sums of doubles along an axis, in the one order that every engine keeps, as {@code native/core/float64/axis.h} has it:
 * term i belongs to lane i mod 16, each lane is added up in order, and the lanes at the end by halves: l + (l + 8), then
 * 4, 2, 1.
 */
final class DoubleLaneSums {
    static final int LANES = 16;

    private final double[] lane = new double[LANES];

    void clear() {
        Arrays.fill(lane, 0);
    }

    void add(int index, double term) {
        lane[index % LANES] += term;
    }

    // Whole turns of the lanes: the index of the first term is a multiple of sixteen.
    void add(double[] terms) {
        for (int from = 0; from < terms.length; from += LANES) {
            for (int l = 0; l < LANES; l++) {
                lane[l] += terms[from + l];
            }
        }
    }

    // The sum of everything added.
    double total() {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int l = 0; l < half; l++) {
                lane[l] += lane[l + half];
            }
        }
        return lane[0];
    }
}
