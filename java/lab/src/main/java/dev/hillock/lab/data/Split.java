package dev.hillock.lab.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two parts of a data set, each example in one of them.
 *
 * @param train what is learned from
 * @param test what is held out
 */
public record Split(Dataset train, Dataset test) implements Serializable {
    /**
     * Holds out a share of every class (of all examples, where there are no labels), at least one example of each class
     * that has two. The same seed gives the same parts.
     *
     * @throws IllegalArgumentException if either part would be empty
     */
    public static Split stratified(Dataset data, double testShare, long seed) {
        int[] order = Shuffle.permutation(data.rows(), new SplittableRandom(seed));
        int classes = data.labels() == null ? 1 : data.outputs();
        List<List<Integer>> byClass = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            byClass.add(new ArrayList<>());
        }
        for (int row : order) {
            byClass.get(data.labels() == null ? 0 : data.labels()[row]).add(row);
        }
        boolean[] held = new boolean[data.rows()];
        int heldCount = 0;
        for (List<Integer> rows : byClass) {
            int share = (int) Math.round(rows.size() * testShare);
            int count = rows.size() < 2 ? 0 : Math.min(rows.size() - 1, Math.max(1, share));
            for (int row : rows.subList(0, count)) {
                held[row] = true;
            }
            heldCount += count;
        }
        if (heldCount == 0 || heldCount == data.rows()) {
            throw new IllegalArgumentException(data.rows() + " examples are too few to hold some out for the test");
        }
        int[] train = new int[data.rows() - heldCount];
        int[] test = new int[heldCount];
        int trainCount = 0;
        int testCount = 0;
        for (int row : order) {
            if (held[row]) {
                test[testCount++] = row;
            } else {
                train[trainCount++] = row;
            }
        }
        return new Split(data.select(train), data.select(test));
    }

    /** Both parts with inputs of mean 0 and variance 1, by the mean and variance of the training part. */
    public Split standardized() {
        Standardizer standardizer = Standardizer.of(train);
        return new Split(standardizer.apply(train), standardizer.apply(test));
    }
}
