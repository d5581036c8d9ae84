package dev.hillock.lab.train;

import dev.hillock.Loss;
import java.util.Arrays;

/** A loss of the catalogue, cut to the rows of the batch. */
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
        double value = batch.labels() != null
                ? loss.valueAndGradient(x, shape, Arrays.copyOf(batch.labels(), batch.rows()), dx)
                : loss.valueAndGradient(x, shape, cut(batch.targets(), length), dx);
        System.arraycopy(dx, 0, gradient, 0, length);
        return value;
    }

    private static float[] cut(float[] array, int length) {
        return array.length == length ? array : Arrays.copyOf(array, length);
    }
}
