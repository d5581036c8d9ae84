package dev.hillock.lab.net;

import dev.hillock.AxisFunction;
import dev.hillock.AxisLayout;

/** Softmax or log-softmax over the channels of every example (over the whole vector, behind a dense layer). */
public final class SoftmaxLayer implements Layer {
    private final Compute compute;
    private final Shape shape;
    private final AxisFunction function;

    /** Softmax, or its logarithm. */
    public SoftmaxLayer(Compute compute, Shape shape, boolean logarithm) {
        this.compute = compute;
        this.shape = shape;
        this.function = logarithm ? AxisFunction.logSoftmax() : AxisFunction.softmax();
    }

    /** {@code softmax} or {@code log_softmax}. */
    @Override
    public String describe() {
        return function.name();
    }

    @Override
    public Shape inputShape() {
        return shape;
    }

    @Override
    public Shape outputShape() {
        return shape;
    }

    // Buffers may be longer than the batch, so the layout says what is meant.
    private AxisLayout layout(int rows) {
        return AxisLayout.of(new int[] {rows * shape.height() * shape.width(), shape.channels()}, 1);
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        compute.kernels().forward(function, layout(rows), x, 0, y, 0);
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        if (dx != null) {
            compute.kernels().backward(function, layout(rows), y, 0, dy, 0, dx, 0);
        }
    }
}
