package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.diagnose.DeadUnitMonitor;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Dense;
import dev.hillock.lab.net.Initialization;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import dev.hillock.lab.product.JavaDenseKernels;
import dev.hillock.lab.product.Parallel;
import dev.hillock.lab.train.Sgd;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingResult;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The set-up in which ReLU units die: 10 inputs, 5 hidden units, 1 output; plain gradient descent on the mean squared
 * error, 100 steps of 32 examples of pure noise; then 100 new inputs show which of the 5 units are dead.
 */
record TinyRegression(String hidden, double rate, Start start, boolean batchNorm) {
    static final int UNITS = 5;
    private static final int INPUTS = 10;
    private static final int STEPS = 100;
    private static final int BATCH = 32;
    private static final int TESTS = 100;

    /** How weights and biases start. */
    enum Start {
        /** Uniform in +-1 / sqrt(inputs), biases too, as PyTorch's layers start: deviation 0.18 before the hidden units. */
        UNIFORM,
        /** Normal of variance 2 / inputs, biases 0: deviation 0.45 there. */
        HE,
        /** Normal of deviation 1, biases 0: too large for ten inputs. */
        LARGE,
        /** As He's, but the hidden units' biases far below 0. */
        LOW_BIAS;

        private static final float BIAS = -3;

        private void apply(Network network) {
            for (Layer layer : network.layers()) {
                if (this == LARGE && layer instanceof Dense dense) {
                    float[] weights = dense.weights().value();
                    float scale = (float) Math.sqrt(dense.inputShape().size() / 2.0);
                    for (int i = 0; i < weights.length; i++) {
                        weights[i] *= scale;
                    }
                }
            }
            if (this == LOW_BIAS) {
                Arrays.fill(((Dense) network.layers().get(0)).bias().value(), BIAS);
            }
        }
    }

    /**
     * What many seeds gave.
     *
     * @param diverged runs whose numbers were no longer finite
     * @param withDead runs, of the others, with at least one dead unit
     * @param deadUnits dead units in the runs that did not diverge
     */
    record Tally(int runs, int diverged, int withDead, int deadUnits) {
        /** One standard error of {@link #divergedShare}. */
        double divergedError() {
            return Math.sqrt(divergedShare() * (1 - divergedShare()) / runs);
        }

        double divergedShare() {
            return diverged / (double) runs;
        }

        /** Of the runs that did not diverge. */
        double deadShare() {
            return runs == diverged ? 0 : withDead / (double) (runs - diverged);
        }

        /** Of all units of the runs that did not diverge. */
        double deadUnitShare() {
            return runs == diverged ? 0 : deadUnits / (double) (UNITS * (runs - diverged));
        }
    }

    /** As plain as PyTorch's layers: ReLU, uniform weights. */
    static TinyRegression relu(double rate) {
        return new TinyRegression("relu", rate, Start.UNIFORM, false);
    }

    Tally tally(int seeds) {
        int diverged = 0;
        int withDead = 0;
        int deadUnits = 0;
        // Plain Java products: at these sizes a call costs more than its work.
        Parallel here = new Parallel(1);
        try (Compute compute = Compute.of(Kernels.defaults(), new JavaDenseKernels(here), here)) {
            for (int seed = 1; seed <= seeds; seed++) {
                int dead = dead(compute, seed);
                diverged += dead < 0 ? 1 : 0;
                withDead += dead > 0 ? 1 : 0;
                deadUnits += Math.max(0, dead);
            }
        }
        return new Tally(seeds, diverged, withDead, deadUnits);
    }

    // The dead units of one run, -1 if it diverged.
    private int dead(Compute compute, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Network.Builder builder = Network.of(Shape.flat(INPUTS))
                .initialization(start == Start.UNIFORM ? Initialization.UNIFORM : Initialization.HE)
                .dense(UNITS);
        if (batchNorm) {
            builder.batchNorm();
        }
        if (hidden.equals("prelu")) {
            builder.prelu(false);
        } else {
            builder.activation(Activation.of(hidden));
        }
        Network network = builder.dense(1).build(compute, random.nextLong());
        start.apply(network);
        int rows = STEPS * BATCH;
        Dataset noise = Dataset.regression(
                Samples.gaussian(rows * INPUTS, random), Shape.flat(INPUTS), Samples.gaussian(rows, random), 1);
        TrainingResult result = Trainer.of(network)
                .optimizer(new Sgd(rate, 0))
                .epochs(1)
                .batchSize(BATCH)
                .train(noise);
        float[] prediction = network.forward(TESTS, Samples.gaussian(TESTS * INPUTS, random), false);
        for (int i = 0; i < TESTS; i++) {
            if (result.outcome() == TrainingResult.Outcome.DIVERGED || !Float.isFinite(prediction[i])) {
                return -1;
            }
        }
        DeadUnitMonitor monitor = new DeadUnitMonitor("hidden", UNITS);
        monitor.observe(network.values(network.layers().size() - 2), TESTS);
        return monitor.dead();
    }
}
