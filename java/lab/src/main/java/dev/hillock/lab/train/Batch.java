package dev.hillock.lab.train;

import dev.hillock.lab.data.Dataset;

/** A mini-batch: rows of a data set copied together. The arrays are reused and may be longer than the rows need. */
public final class Batch {
    private final Dataset data;
    private final float[] x;
    private final int[] labels;
    private final float[] targets;
    private int rows;

    /** An empty batch for at most capacity rows of data. */
    public Batch(Dataset data, int capacity) {
        this.data = data;
        this.x = new float[capacity * data.shape().size()];
        this.labels = data.labels() == null ? null : new int[capacity];
        this.targets = data.targets() == null ? null : new float[capacity * data.outputs()];
    }

    /** Fills the batch with the rows order[from] … order[to - 1]. */
    public void fill(int[] order, int from, int to) {
        int size = data.shape().size();
        int outputs = data.outputs();
        rows = to - from;
        for (int i = 0; i < rows; i++) {
            int row = order[from + i];
            System.arraycopy(data.inputs(), row * size, x, i * size, size);
            if (labels != null) {
                labels[i] = data.labels()[row];
            } else {
                System.arraycopy(data.targets(), row * outputs, targets, i * outputs, outputs);
            }
        }
    }

    /** The rows in it. */
    public int rows() {
        return rows;
    }

    /** [rows, input]. */
    public float[] x() {
        return x;
    }

    /** [rows]; null for regression. */
    public int[] labels() {
        return labels;
    }

    /** [rows, outputs]; null for classification. */
    public float[] targets() {
        return targets;
    }
}
