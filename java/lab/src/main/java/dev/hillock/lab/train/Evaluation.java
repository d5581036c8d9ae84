package dev.hillock.lab.train;

import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.net.Network;
import java.util.stream.IntStream;

/**
 * How well a network does on data.
 *
 * @param loss mean over the examples
 * @param accuracy the share of examples whose largest output is their label; NaN for regression
 */
public record Evaluation(double loss, double accuracy) {
    private static final int BATCH = 256;

    /** Runs all of data through the network. */
    public static Evaluation of(Network network, Objective objective, Dataset data) {
        int rows = data.rows();
        Batch batch = new Batch(data, Math.min(BATCH, rows));
        int[] order = IntStream.range(0, rows).toArray();
        double loss = 0;
        int right = 0;
        for (int from = 0; from < rows; from += BATCH) {
            batch.fill(order, from, Math.min(rows, from + BATCH));
            float[] prediction = network.forward(batch.rows(), batch.x(), false);
            float[] unused = new float[batch.rows() * data.outputs()];
            loss += objective.valueAndGradient(batch, data.outputs(), prediction, unused) * batch.rows();
            right += data.labels() == null ? 0 : hits(batch, data.outputs(), prediction);
        }
        return new Evaluation(loss / rows, data.labels() == null ? Double.NaN : (double) right / rows);
    }

    private static int hits(Batch batch, int outputs, float[] prediction) {
        int hits = 0;
        for (int r = 0; r < batch.rows(); r++) {
            int best = 0;
            for (int j = 1; j < outputs; j++) {
                if (prediction[r * outputs + j] > prediction[r * outputs + best]) {
                    best = j;
                }
            }
            hits += best == batch.labels()[r] ? 1 : 0;
        }
        return hits;
    }
}
