package dev.hillock.lab.net;

import dev.hillock.Activation;
import java.util.Arrays;
import java.util.List;

/**
 * PReLU (He et al., arXiv:1502.01852): x above 0, alpha x below, with alpha learned: one for the layer, or one per
 * channel (for dense layers: per unit). It starts at 0.25.
 */
public final class LearnedPrelu implements Layer {
    private static final float START = 0.25f;

    private final Compute compute;
    private final Shape shape;
    private final Parameter alpha;

    public LearnedPrelu(Compute compute, Shape shape, boolean perChannel) {
        this.compute = compute;
        this.shape = shape;
        alpha = new Parameter("alpha", perChannel ? shape.channels() : 1);
        Arrays.fill(alpha.value(), START);
    }

    /** What is learned. */
    public Parameter alpha() {
        return alpha;
    }

    @Override
    public String describe() {
        return alpha.value().length == 1 ? "prelu" : "prelu per channel";
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
        return List.of(alpha);
    }

    // A slope that has diverged is no parameter of an activation; the plain loop shows it in its results.
    private boolean runsOnKernels() {
        return alpha.value().length == 1 && Float.isFinite(alpha.value()[0]);
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        float[] slopes = alpha.value();
        int length = rows * shape.size();
        if (runsOnKernels()) {
            compute.forward(Activation.leakyRelu(slopes[0]), length, x, y);
            return;
        }
        for (int i = 0; i < length; i++) {
            y[i] = x[i] > 0 ? x[i] : slopes[i % slopes.length] * x[i];
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        float[] slopes = alpha.value();
        double[] sums = new double[slopes.length];
        int length = rows * shape.size();
        for (int i = 0; i < length; i++) {
            sums[i % slopes.length] += x[i] > 0 ? 0 : dy[i] * (double) x[i];
        }
        for (int c = 0; c < sums.length; c++) {
            alpha.gradient()[c] = (float) sums[c];
        }
        if (dx != null && runsOnKernels()) {
            compute.backward(Activation.leakyRelu(slopes[0]), length, x, dy, dx);
        } else if (dx != null) {
            for (int i = 0; i < length; i++) {
                dx[i] = x[i] > 0 ? dy[i] : slopes[i % slopes.length] * dy[i];
            }
        }
    }
}
