package dev.hillock.check;

import dev.hillock.accuracy.Ulp;
import dev.hillock.check.RowOperation.Bound;

/**
 * What the errors of rows depend on, for tensors {@code [outer, axis, inner]}.
 *
 * @param x what the operation reads
 * @param distances of each x from the extreme of its row that counts most
 * @param magnitudes of the largest x of the row of each
 */
record RowErrors(float[] x, int[] shape, double[] distances, double[] magnitudes) {
    // What products and quotients lose that end among the subnormal numbers.
    private static final double UNDERFLOW = 0x1p-147;

    /**
     * Those of the gradient of a softmax, {@code dx_i = factor y_i (dy_i - S)} with {@code S = sum of dy_j y_j}, of values
     * within A_j of y_j: {@code |factor| (A_i |dy_i - S| + y_i (sum of |dy_j| (A_j + 2^-22 y_j)))}, for the product, the two
     * additions in float and the rounding of S, and 2.5 ULP for the difference, the product, and the factor.
     */
    double[] softmaxGradient(double factor, Bound values, double[] y, float[] dy, double[] exact) {
        double[] allowed = new double[exact.length];
        int n = shape[1];
        int stride = shape[2];
        for (int row = 0; row < shape[0] * stride; row++) {
            int start = row / stride * n * stride + row % stride;
            double sum = 0;
            double sumError = 0;
            for (int i = start; i < start + n * stride; i += stride) {
                sum += dy[i] * y[i];
                sumError += Math.abs(dy[i]) * (values.of(y[i], distances[i], magnitudes[i]) + 0x1p-22 * y[i]);
            }
            for (int i = start; i < start + n * stride; i += stride) {
                double error = values.of(y[i], distances[i], magnitudes[i]);
                allowed[i] = Math.abs(factor) * (error * Math.abs(dy[i] - sum) + y[i] * sumError)
                        + 2.5 * Ulp.unit(exact[i])
                        + UNDERFLOW;
            }
        }
        return allowed;
    }

    /**
     * Those of a softmax times the one dy of its row: 4 ULP for the 2 of the softmax, which in the product may be twice as
     * many, 1 for rounding it, and the distance to the maximum times 2^-23 of the value.
     */
    double[] timesSoftmax(double[] y, float[] dy, double[] exact) {
        double[] allowed = new double[exact.length];
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = 5 * Ulp.unit(exact[i]) + Math.abs(exact[i]) * distances[i] * 0x1p-23 + UNDERFLOW;
        }
        return allowed;
    }
}
