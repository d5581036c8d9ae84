package dev.hillock;

import dev.hillock.loss.Spread;
import java.util.Arrays;

/**
 * Numbers that are added to logits, 0 to keep and -Inf to drop.
 *
 * @param values in row-major order
 * @param places where each logit's number is
 */
record Mask(float[] values, Spread places) {
    /** The numbers for n logits from an index on, written to a range. */
    void read(int index, float[] to, int at, int n) {
        int last = places.last();
        for (int done = 0; done < n; ) {
            int column = (index + done) % last;
            int count = Math.min(n - done, last - column);
            int from = places.at(index + done);
            if (places.step() == 1) {
                System.arraycopy(values, from, to, at + done, count);
            } else {
                Arrays.fill(to, at + done, at + done + count, values[from]);
            }
            done += count;
        }
    }

    /** Whether the logit of an index is dropped. */
    boolean drops(int index) {
        return values[places.at(index)] == Float.NEGATIVE_INFINITY;
    }
}
