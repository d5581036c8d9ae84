package dev.hillock.lab.data;

import java.util.SplittableRandom;

/** Random orders. */
public final class Shuffle {
    private Shuffle() {}

    /** The numbers 0 … length - 1 in random order. */
    public static int[] permutation(int length, SplittableRandom random) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
