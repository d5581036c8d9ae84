package dev.hillock.lab.net;

import dev.hillock.Activation;
import java.util.Arrays;
import java.util.List;

/** Swish (arXiv:1710.05941) with its beta learned: y = x s(beta x), one beta for the layer. It starts at 1. */
public final class LearnedSwish implements Layer {
    private final Compute compute;
    private final Shape shape;
    private final Parameter beta = new Parameter("beta", 1);
    private float[] scaled = new float[0];
    private float[] weighted = new float[0];

    public LearnedSwish(Compute compute, Shape shape) {
        this.compute = compute;
        this.shape = shape;
        beta.value()[0] = 1f;
    }

    /** What is learned. */
    public Parameter beta() {
        return beta;
    }

    @Override
    public String describe() {
        return "swish, beta learned";
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
    public List<Parameter> parameters() {
        return List.of(beta);
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        if (!Float.isFinite(beta.value()[0])) {
            // A beta that has diverged is no parameter of an activation: show it in the results.
            Arrays.fill(y, 0, rows * shape.size(), Float.NaN);
            return;
        }
        compute.forward(Activation.swish(beta.value()[0]), rows * shape.size(), x, y);
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        int length = rows * shape.size();
        if (scaled.length < length) {
            scaled = new float[length];
            weighted = new float[length];
        }
        // dy/dbeta = x^2 s'(beta x).
        for (int i = 0; i < length; i++) {
            scaled[i] = beta.value()[0] * x[i];
            weighted[i] = dy[i] * x[i] * x[i];
        }
        compute.backward(Activation.sigmoid(), length, scaled, weighted, weighted);
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += weighted[i];
        }
        beta.gradient()[0] = (float) sum;
        if (dx != null) {
            compute.backward(Activation.swish(beta.value()[0]), length, x, dy, dx);
        }
    }
}
