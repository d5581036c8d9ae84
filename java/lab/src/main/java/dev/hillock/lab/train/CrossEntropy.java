package dev.hillock.lab.train;

/**
 * ln(sum of e^z) - z[label], averaged over the rows; the gradient is (softmax(z) - 1[label]) / rows. The largest logit is
 * subtracted first, so nothing overflows. Double precision and StrictMath: the same value on every machine.
 */
final class CrossEntropy implements Objective {
    @Override
    public double valueAndGradient(Batch batch, int outputs, float[] prediction, float[] gradient) {
        int[] labels = batch.labels();
        if (labels == null) {
            throw new IllegalArgumentException("cross-entropy needs labels, the data has target values");
        }
        int rows = batch.rows();
        double[] e = new double[outputs];
        double total = 0;
        for (int r = 0; r < rows; r++) {
            int at = r * outputs;
            double max = prediction[at];
            for (int j = 1; j < outputs; j++) {
                max = Math.max(max, prediction[at + j]);
            }
            double sum = 0;
            for (int j = 0; j < outputs; j++) {
                e[j] = StrictMath.exp(prediction[at + j] - max);
                sum += e[j];
            }
            total += StrictMath.log(sum) - (prediction[at + labels[r]] - max);
            for (int j = 0; j < outputs; j++) {
                gradient[at + j] = (float) ((e[j] / sum - (j == labels[r] ? 1 : 0)) / rows);
            }
        }
        return total / rows;
    }
}
