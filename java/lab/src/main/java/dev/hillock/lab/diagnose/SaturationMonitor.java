package dev.hillock.lab.diagnose;

import dev.hillock.Activation;
import java.util.Objects;

/**
 * The share of inputs at which an activation is saturated: its slope there is below a twentieth of its largest slope, so
 * that hardly any gradient passes. The slope is looked up in a table, which is cheap and, at this threshold, exact enough.
 */
public final class SaturationMonitor {
    /** Slopes below this share of the largest slope count as saturated. */
    public static final double SLOPE_SHARE = 0.05;

    private static final int LIMIT = 32;
    private static final int PER_UNIT = 256;

    private final byte[] saturated = new byte[2 * LIMIT * PER_UNIT + 1];
    private long count;
    private long saturatedCount;

    /** A monitor for the inputs of this function. */
    public SaturationMonitor(Activation activation) {
        float[] x = new float[saturated.length];
        float[] slope = new float[saturated.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - LIMIT * PER_UNIT) / (float) PER_UNIT;
            slope[i] = 1f;
        }
        activation.backward(x, slope, slope);
        double largest = 0;
        for (float s : slope) {
            largest = Math.max(largest, Math.abs(s));
        }
        for (int i = 0; i < slope.length; i++) {
            saturated[i] = (byte) (Math.abs(slope[i]) < SLOPE_SHARE * largest ? 1 : 0);
        }
    }

    /** Sees the first length inputs of the function. */
    public void observe(float[] x, int length) {
        Objects.checkFromIndexSize(0, length, x.length);
        int hits = 0;
        for (int i = 0; i < length; i++) {
            int place = (int) (x[i] * PER_UNIT);
            place = Math.max(-LIMIT * PER_UNIT, Math.min(LIMIT * PER_UNIT, place));
            hits += saturated[place + LIMIT * PER_UNIT];
        }
        count += length;
        saturatedCount += hits;
    }

    /** Adds what another monitor of the same function has seen. */
    public void merge(SaturationMonitor other) {
        count += other.count;
        saturatedCount += other.saturatedCount;
    }

    /** The inputs seen. */
    public long count() {
        return count;
    }

    /** The share of them that were saturated, from 0 to 1. */
    public double share() {
        return count == 0 ? 0 : saturatedCount / (double) count;
    }
}
