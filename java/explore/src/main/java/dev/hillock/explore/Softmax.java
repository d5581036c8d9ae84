package dev.hillock.explore;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;

/**
 * The softmax of a few scores, step by step.
 *
 * @param shifted the scores, less the largest, divided by the temperature
 * @param powers e to these
 * @param sum of the powers
 * @param y the probabilities
 * @param jacobian how each probability answers to each score: row i holds dy_i / dx_j
 */
record Softmax(float[] shifted, float[] powers, float sum, float[] y, float[][] jacobian) {
    static Softmax of(float[] x, double temperature) {
        int[] shape = {x.length};
        AxisFunction softmax = AxisFunction.softmax().temperature(temperature);
        float[] y = new float[x.length];
        softmax.forward(x, shape, y);
        float[][] jacobian = new float[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            float[] only = new float[x.length];
            only[i] = 1;
            softmax.backward(y, only, shape, jacobian[i]);
        }
        float[] shifted = shifted(x, temperature);
        float[] powers = new float[x.length];
        Activation.of("exp").forward(shifted, powers);
        return new Softmax(shifted, powers, sum(powers), y, jacobian);
    }

    private static float[] shifted(float[] x, double temperature) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float score : x) {
            largest = Math.max(largest, score);
        }
        float[] shifted = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            shifted[i] = (float) ((x[i] - largest) / temperature);
        }
        return shifted;
    }

    private static float sum(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
