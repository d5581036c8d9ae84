package dev.hillock.lab.diagnose;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Digits;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Dense;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.Batch;
import dev.hillock.lab.train.Objective;
import dev.hillock.lab.train.Optimizer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the instruments cost: the same training steps with and without them, in turn, so that what disturbs the machine
 * disturbs both.
 */
class MonitorCostTest {
    private static final int BATCH = 32;
    private static final int STEPS = 6000;
    private static final int TRIES = 8;

    // What a busy machine adds to one try it does not add to all of them.
    @ParameterizedTest
    @ValueSource(strings = {"gelu", "a third of the units dead"})
    void watchingEveryBatchCostsLessThanTwoPercentOfAStep(String network) {
        double share = 1;
        for (int i = 0; i < TRIES && share >= 0.02; i++) {
            share = cost(!network.equals("gelu"));
        }
        assertTrue(share < 0.02, "watching costs " + share + " of a step");
    }

    // Steps in pairs, one with instruments and one without, the first of them by turns; the mean is taken of each.
    private static double cost(boolean dying) {
        Dataset data = Split.stratified(Digits.load(), 0.2, 1).standardized().train();
        Stepper plain = new Stepper(data, dying);
        Stepper watched = new Stepper(data, dying);
        NetworkMonitor monitor = NetworkMonitor.attach(watched.network);
        long[] without = new long[STEPS];
        long[] with = new long[STEPS];
        for (int i = 0; i < STEPS; i++) {
            if (i % 2 == 0) {
                without[i] = plain.step(i);
            }
            with[i] = watched.step(i);
            if (i % 2 == 1) {
                without[i] = plain.step(i);
            }
        }
        double ratio = mean(with) / mean(without);
        System.out.printf(
                "watching costs %.2f %% of a step of %.0f microseconds%n", 100 * (ratio - 1), mean(without) / 1000);
        assertTrue(monitor.reports().get(0).dead().examples() == (long) STEPS * BATCH, "every example is seen");
        return ratio - 1;
    }

    // The first half warms up; what is far slower than the others was interrupted.
    private static double mean(long[] nanos) {
        long[] late = Arrays.copyOfRange(nanos, STEPS / 2, STEPS);
        Arrays.sort(late);
        return Arrays.stream(late).limit(late.length * 9 / 10).average().orElseThrow();
    }

    /** The steps of the training that the command train does by default. */
    private static final class Stepper {
        private final Network network;
        // So small a rate that nothing is learned by heart: its gradients would be subnormal numbers, which are slow.
        private final Optimizer optimizer = new Adam(1e-5);
        private final Objective objective = Objective.crossEntropy();
        private final Dataset data;
        private final Batch batch;
        private final int[] order;

        Stepper(Dataset data, boolean dying) {
            this.data = data;
            batch = new Batch(data, BATCH);
            order = IntStream.range(0, data.rows()).toArray();
            Activation activation = dying ? Activation.relu() : Activation.gelu();
            network = Network.of(data.shape())
                    .dense(128)
                    .activation(activation)
                    .dense(64)
                    .activation(activation)
                    .dense(10)
                    .build(Compute.defaults(), 1);
            if (dying) {
                kill(0);
                kill(2);
            }
        }

        // A bias so far below 0 that no input comes up to it.
        private void kill(int layer) {
            float[] bias = ((Dense) network.layers().get(layer)).bias().value();
            for (int i = 0; i < bias.length; i += 3) {
                bias[i] = -1000;
            }
        }

        long step(int number) {
            int from = number * BATCH % (data.rows() - BATCH);
            long start = System.nanoTime();
            batch.fill(order, from, from + BATCH);
            float[] prediction = network.forward(BATCH, batch.x(), true);
            objective.valueAndGradient(batch, data.outputs(), prediction, network.outputGradient());
            network.backward();
            optimizer.step(network.parameters(), 1);
            return System.nanoTime() - start;
        }
    }
}
