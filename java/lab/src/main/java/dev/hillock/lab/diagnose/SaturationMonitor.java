package dev.hillock.lab.diagnose;

import dev.hillock.Activation;
import java.util.Objects;

/**
 * The share of inputs at which an activation is saturated: its slope there is below a twentieth of its largest slope, so
 * that hardly any gradient passes. The slope is looked up in a table by the upper half of the input's bits, which is cheap
 * and, at this threshold, exact enough: inputs are told apart to one part in 128.
 */
public final class SaturationMonitor {
    /** Slopes below this share of the largest slope count as saturated. */
    public static final double SLOPE_SHARE = 0.05;

    // Beyond it a slope is looked up, but is not the largest: those of some functions grow without end.
    private static final float LIMIT = 32;
    private static final int ENTRIES = 1 << 16;

    // A bit each: small enough to stay in the first-level cache.
    private final long[] saturated;
    private long count;
    private long saturatedCount;

    /** A monitor for the inputs of this function. */
    public SaturationMonitor(Activation activation) {
        this(table(activation));
    }

    private SaturationMonitor(long[] saturated) {
        this.saturated = saturated;
    }

    private static long[] table(Activation activation) {
        float[] x = new float[ENTRIES];
        float[] slope = new float[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            x[i] = Float.intBitsToFloat(i << 16);
            slope[i] = 1f;
        }
        activation.backward(x, slope, slope);
        double largest = 0;
        for (int i = 0; i < ENTRIES; i++) {
            largest = Math.abs(x[i]) <= LIMIT ? Math.max(largest, Math.abs(slope[i])) : largest;
        }
        long[] saturated = new long[ENTRIES / Long.SIZE];
        for (int i = 0; i < ENTRIES; i++) {
            if (Math.abs(slope[i]) < SLOPE_SHARE * largest) {
                saturated[i / Long.SIZE] |= 1L << i;
            }
        }
        return saturated;
    }

    /** One for the same function that has seen nothing. */
    SaturationMonitor empty() {
        return new SaturationMonitor(saturated);
    }

    /** Sees the first length inputs of the function. */
    public void observe(float[] x, int length) {
        observe(x, 0, length);
    }

    /** Sees length inputs from offset. */
    public void observe(float[] x, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, x.length);
        int hits = 0;
        for (int i = offset; i < offset + length; i++) {
            int entry = Float.floatToRawIntBits(x[i]) >>> 16;
            hits += (int) (saturated[entry / Long.SIZE] >>> entry & 1);
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
