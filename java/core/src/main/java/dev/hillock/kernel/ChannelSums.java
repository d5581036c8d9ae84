package dev.hillock.kernel;

import java.util.Arrays;

/** Adds runs of terms to the sums of their channels, in the order that every engine keeps. For one thread. */
public final class ChannelSums {
    private final LaneSums lanes = new LaneSums();
    private final float[] block = new float[LaneSums.BLOCK];

    /**
     * Adds a run.
     *
     * @param channel of all terms, or of the first
     * @param each whether every term has a channel of its own
     */
    public void add(float[] terms, int at, int n, int channel, boolean each, double[] sums) {
        if (each) {
            for (int i = 0; i < n; i++) {
                sums[channel + i] += terms[at + i];
            }
            return;
        }
        lanes.clear();
        for (int from = 0; from < n; from += LaneSums.BLOCK) {
            int count = Math.min(LaneSums.BLOCK, n - from);
            System.arraycopy(terms, at + from, block, 0, count);
            Arrays.fill(block, count, LaneSums.BLOCK, 0f);
            lanes.add(block);
        }
        sums[channel] += lanes.total();
    }
}
