package dev.hillock.lab.net;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** y = x w' + b: every output a weighted sum of every input. */
public final class Dense implements Layer, Weighted {
    private final Compute compute;
    private final Shape input;
    private final int outputs;
    private final Parameter weights;
    private final Parameter bias;

    /** Weights [outputs, inputs] and a bias, all zero. */
    public Dense(Compute compute, Shape input, int outputs) {
        this.compute = compute;
        this.input = input;
        this.outputs = outputs;
        weights = new Parameter("weights", Math.multiplyExact(input.size(), outputs));
        bias = new Parameter("bias", outputs);
    }

    @Override
    public void draw(Initialization initialization, SplittableRandom random) {
        initialization.draw(weights, bias, input.size(), outputs, random);
    }

    @Override
    public String describe() {
        return "dense " + input.size() + " -> " + outputs;
    }

    @Override
    public Shape inputShape() {
        return input;
    }

    @Override
    public Shape outputShape() {
        return Shape.flat(outputs);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weights, bias);
    }

    /** [outputs, inputs]. */
    public Parameter weights() {
        return weights;
    }

    /** [outputs]. */
    public Parameter bias() {
        return bias;
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        compute.dense().forward(rows, input.size(), outputs, x, weights.value(), bias.value(), y);
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        compute.dense().backwardWeights(rows, input.size(), outputs, dy, x, weights.gradient());
        columnSums(rows, outputs, dy, bias.gradient());
        if (dx != null) {
            compute.dense().backwardInput(rows, input.size(), outputs, dy, weights.value(), dx);
        }
    }

    // Row after row, so that the order of the additions is fixed.
    static void columnSums(int rows, int columns, float[] m, float[] sums) {
        Arrays.fill(sums, 0f);
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                sums[j] += m[r * columns + j];
            }
        }
    }
}
