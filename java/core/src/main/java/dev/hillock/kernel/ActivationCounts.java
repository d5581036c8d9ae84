package dev.hillock.kernel;

import java.util.Arrays;

/**
 * Counts, extremes and sum of outputs, block after block; the mirror of {@code native/core/statistics.h}. Output i of a
 * block is added in double to the sum of lane i mod 16, and the lanes at the end by halves: l + (l + 8), then 4, 2, 1.
 * For one thread.
 */
public final class ActivationCounts {
    /** How many lanes there are: blocks but the last are a multiple of it. */
    public static final int LANES = 16;

    private static final int KINDS = 5;

    private final float flat;
    private final double[] sums = new double[LANES];
    private final float[] lanes = new float[KINDS * LANES];
    private long zeros;
    private long saturated;
    private long nans;
    private float least = Float.POSITIVE_INFINITY;
    private float most = Float.NEGATIVE_INFINITY;

    /**
     * Nothing counted.
     *
     * @param flat a slope of this size or below counts as saturated
     */
    public ActivationCounts(float flat) {
        this.flat = flat;
    }

    /** A slope of this size or below counts as saturated. */
    public float flat() {
        return flat;
    }

    /** The sums by lane. */
    public double[] sums() {
        return sums;
    }

    /** Room for what {@link #take} takes. */
    public float[] lanes() {
        return lanes;
    }

    /** Takes what was counted elsewhere, by lane: zeros, saturated, NaN, the least and the greatest numbers. */
    public void take() {
        zeros += total(0);
        saturated += total(LANES);
        nans += total(2 * LANES);
        for (int l = 0; l < LANES; l++) {
            extend(lanes[3 * LANES + l], lanes[4 * LANES + l]);
        }
    }

    private long total(int at) {
        float total = 0;
        for (int l = at; l < at + LANES; l++) {
            total += lanes[l];
        }
        return (long) total;
    }

    // Not Math.min and max, which order the zeros and take longer.
    private void extend(float low, float high) {
        if (low < least) {
            least = low;
        }
        if (high > most) {
            most = high;
        }
    }

    /** Counts n outputs and the slopes that belong to them, the first of lane 0. */
    public void add(float[] y, int at, float[] slopes, int slopesAt, int n) {
        for (int i = 0; i < n; i++) {
            float value = y[at + i];
            if (value != value) {
                nans++;
                continue;
            }
            zeros += value == 0 ? 1 : 0;
            saturated += Math.abs(slopes[slopesAt + i]) <= flat ? 1 : 0;
            extend(value, value);
            sums[i % LANES] += value;
        }
    }

    /** How many outputs are 0. */
    public long zeros() {
        return zeros;
    }

    /** How many outputs that are numbers have a flat slope. */
    public long saturated() {
        return saturated;
    }

    /** How many outputs are NaN. */
    public long nans() {
        return nans;
    }

    /** The least of the outputs that are numbers, and +0 for a zero of either sign. */
    public float least() {
        return least + 0f;
    }

    /** The greatest of the outputs that are numbers, and +0 for a zero of either sign. */
    public float most() {
        return most + 0f;
    }

    /** The sum of the outputs that are numbers. */
    public double sum() {
        double[] halves = Arrays.copyOf(sums, LANES);
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int l = 0; l < half; l++) {
                halves[l] += halves[l + half];
            }
        }
        return halves[0];
    }
}
