package dev.hillock.lab.train;

import dev.hillock.Loss;
import dev.hillock.catalogue.LossFunction;
import java.util.Arrays;

/**
 * A loss of the catalogue, cut to the rows of the batch. A loss that compares element by element gets a label as a row
 * of numbers: 1 at the class, elsewhere 0, or -1 where the loss tells the two sides of a margin apart.
 */
record LossObjective(Loss loss) implements Objective {
    @Override
    public String name() {
        return loss.function().name();
    }

    @Override
    public double valueAndGradient(Batch batch, int outputs, float[] prediction, float[] gradient) {
        int[] shape = {batch.rows(), outputs};
        int length = batch.rows() * outputs;
        float[] x = cut(prediction, length);
        float[] dx = cut(gradient, length);
        double value = loss.function().kind() == LossFunction.Kind.CLASSES && batch.labels() != null
                ? loss.valueAndGradient(x, shape, Arrays.copyOf(batch.labels(), batch.rows()), dx)
                : loss.compute(x, shape, targets(batch, outputs), null, variance(length), dx, null);
        System.arraycopy(dx, 0, gradient, 0, length);
        return value;
    }

    private float[] targets(Batch batch, int outputs) {
        if (batch.labels() == null) {
            return cut(batch.targets(), batch.rows() * outputs);
        }
        float[] rows = new float[batch.rows() * outputs];
        Arrays.fill(rows, loss.function().input().contains("{-1, 1}") ? -1f : 0f);
        for (int row = 0; row < batch.rows(); row++) {
            rows[row * outputs + batch.labels()[row]] = 1f;
        }
        return rows;
    }

    // A network's outputs are the means.
    private float[] variance(int length) {
        if (!name().equals("gaussian_nll")) {
            return null;
        }
        float[] ones = new float[length];
        Arrays.fill(ones, 1f);
        return ones;
    }

    private static float[] cut(float[] array, int length) {
        return array.length == length ? array : Arrays.copyOf(array, length);
    }
}
