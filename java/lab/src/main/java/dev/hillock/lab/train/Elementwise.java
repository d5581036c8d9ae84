package dev.hillock.lab.train;

import java.util.function.DoubleBinaryOperator;

/** A loss per element, averaged over all elements of the batch. */
record Elementwise(DoubleBinaryOperator value, DoubleBinaryOperator slope) implements Objective {
    @Override
    public double valueAndGradient(Batch batch, int outputs, float[] prediction, float[] gradient) {
        float[] targets = batch.targets();
        if (targets == null) {
            throw new IllegalArgumentException("this loss needs target values, the data has labels");
        }
        int length = batch.rows() * outputs;
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += value.applyAsDouble(prediction[i], targets[i]);
            gradient[i] = (float) (slope.applyAsDouble(prediction[i], targets[i]) / length);
        }
        return sum / length;
    }
}
