package dev.hillock.lab.net;

import dev.hillock.Activation;

/** y = f(x), element by element, on Hillock's kernels; the gradient from the input. */
public final class ActivationLayer implements Layer {
    private final Compute compute;
    private final Shape shape;
    private final Activation activation;

    public ActivationLayer(Compute compute, Shape shape, Activation activation) {
        this.compute = compute;
        this.shape = shape;
        this.activation = activation;
    }

    /** The function. */
    public Activation activation() {
        return activation;
    }

    @Override
    public String describe() {
        return activation.toString();
    }

    @Override
    public Shape inputShape() {
        return shape;
    }

    @Override
    public Shape outputShape() {
        return shape;
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        compute.forward(activation, rows * shape.size(), x, y);
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        if (dx != null) {
            compute.backward(activation, rows * shape.size(), x, dy, dx);
        }
    }
}
