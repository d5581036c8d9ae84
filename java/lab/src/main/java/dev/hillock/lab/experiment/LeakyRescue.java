package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.diagnose.LayerReport;
import dev.hillock.lab.diagnose.NetworkMonitor;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.Evaluation;
import dev.hillock.lab.train.Objective;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingObserver;
import java.util.ArrayList;
import java.util.List;

/** The same network, the same too large learning rate: with ReLU units die, with leaky ReLU they live. */
final class LeakyRescue implements Experiment {
    private static final List<String> ACTIVATIONS = List.of("relu", "leaky_relu");
    private static final int EPOCHS = 15;
    private static final double RATE = 0.05;

    @Override
    public String name() {
        return "leaky-rescue";
    }

    @Override
    public String claim() {
        return "The digits at a learning rate that is far too large: ReLU loses units, leaky ReLU keeps them all.";
    }

    @Override
    public Finding run() {
        Split digits = Samples.digits();
        Plot dead = new Plot("Units that are 0 for all examples", "epoch", "% of the hidden units");
        Plot loss = new Plot("Training loss", "epoch", "loss").logY();
        Finding finding =
                new Finding(new Figure("Leaky rescue", claim()).add(dead).add(loss));
        double[] last = new double[ACTIVATIONS.size()];
        for (int a = 0; a < ACTIVATIONS.size(); a++) {
            Activation activation = Activation.of(ACTIVATIONS.get(a));
            Network network = Network.of(digits.train().shape())
                    .dense(64)
                    .activation(activation)
                    .dense(64)
                    .activation(activation)
                    .dense(64)
                    .activation(activation)
                    .dense(10)
                    .build(Compute.defaults(), 71);
            List<Double> shares = new ArrayList<>();
            List<Double> losses = new ArrayList<>();
            Trainer.of(network)
                    .optimizer(new Adam(RATE))
                    .epochs(EPOCHS)
                    .observer(new TrainingObserver() {
                        @Override
                        public void epoch(Network trained, EpochRecord epoch) {
                            shares.add(100 * deadShare(trained, digits));
                            losses.add(epoch.loss());
                        }
                    })
                    .train(digits.train());
            dead.line(activation.name(), Samples.counting(EPOCHS), array(shares));
            loss.line(activation.name(), Samples.counting(EPOCHS), array(losses));
            last[a] = shares.get(EPOCHS - 1);
            double accuracy = 100
                    * Evaluation.of(network, Objective.crossEntropy(), digits.test())
                            .accuracy();
            finding.number(
                    "%-10s %5.1f %% of the hidden units dead after %d epochs, test accuracy %.2f %%",
                    activation.name(), last[a], EPOCHS, accuracy);
        }
        return finding.expect(last[0] > 10, "no units of relu die").expect(last[1] == 0, "units of leaky_relu die");
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(v -> v).toArray();
    }

    private static double deadShare(Network network, Split digits) {
        try (NetworkMonitor monitor = NetworkMonitor.attachToAll(network)) {
            Evaluation.of(network, Objective.crossEntropy(), digits.train());
            int units = 0;
            int dead = 0;
            for (LayerReport report : monitor.reports()) {
                units += report.dead().units();
                dead += report.dead().dead();
            }
            return dead / (double) units;
        }
    }
}
