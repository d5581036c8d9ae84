package dev.hillock.lab.net;

import java.util.List;

/**
 * One step of a network. It works on mini-batches: x and dx [rows, inputShape], y and dy [rows, outputShape]. Arrays may
 * be longer than a batch needs.
 */
public interface Layer {
    /** In words and numbers, for example {@code dense 64 -> 128}. */
    String describe();

    /** The shape of one example of x. */
    Shape inputShape();

    /** The shape of one example of y. */
    Shape outputShape();

    /** What it learns; empty for most. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** What it carries from batch to batch besides that: not copies, so that a checkpoint can fill them. */
    default List<float[]> state() {
        return List.of();
    }

    /**
     * y from x.
     *
     * @param training whether {@link #backward} follows
     */
    void forward(int rows, float[] x, float[] y, boolean training);

    /**
     * dx from dy, and the gradients of the parameters, after {@link #forward} on the same x, y.
     *
     * @param dx written; null when nobody asks for it
     */
    void backward(int rows, float[] x, float[] y, float[] dy, float[] dx);
}
