package dev.hillock.lab.net;

/**
 * Makes two classes' logits of one: 0 and x. Their softmax with cross-entropy is the sigmoid of x with binary
 * cross-entropy, so that a network with a single output learns two classes.
 */
public final class Logit implements Layer {
    private final Shape input;

    /** @throws IllegalArgumentException for more than one value */
    public Logit(Shape input) {
        if (input.size() != 1) {
            throw new IllegalArgumentException("a logit is one value, not " + input);
        }
        this.input = input;
    }

    @Override
    public String describe() {
        return "logit of two classes";
    }

    @Override
    public Shape inputShape() {
        return input;
    }

    @Override
    public Shape outputShape() {
        return Shape.flat(2);
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        for (int i = 0; i < rows; i++) {
            y[2 * i] = 0f;
            y[2 * i + 1] = x[i];
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        for (int i = 0; dx != null && i < rows; i++) {
            dx[i] = dy[2 * i + 1];
        }
    }
}
