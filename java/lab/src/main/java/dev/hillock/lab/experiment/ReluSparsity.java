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
import dev.hillock.lab.train.Evaluation;
import dev.hillock.lab.train.Objective;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingObserver;
import java.util.ArrayList;
import java.util.List;

/** About half of ReLU's outputs are exactly 0; few units are 0 for every example. Over the first thousand steps. */
final class ReluSparsity implements Experiment {
    private static final int STEPS = 1000;
    private static final int EVERY = 50;
    private static final int LAYERS = 2;

    @Override
    public String name() {
        return "relu-sparsity";
    }

    @Override
    public String claim() {
        return "About half of ReLU's outputs are exactly 0, which is not the same as dead units: hardly any unit is always 0.";
    }

    @Override
    public Finding run() {
        Split digits = Samples.digits();
        Network network = Network.of(digits.train().shape())
                .dense(128)
                .activation(Activation.relu())
                .dense(64)
                .activation(Activation.relu())
                .dense(10)
                .build(Compute.defaults(), 81);
        List<Double> steps = new ArrayList<>();
        List<List<Double>> sparsity = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<Double>> dead = List.of(new ArrayList<>(), new ArrayList<>());
        int stepsPerEpoch = (digits.train().rows() + 31) / 32;
        int[] done = {0};
        Runnable look = () -> {
            steps.add((double) done[0]);
            try (NetworkMonitor monitor = NetworkMonitor.attachToAll(network)) {
                Evaluation.of(network, Objective.crossEntropy(), digits.train());
                for (int i = 0; i < LAYERS; i++) {
                    LayerReport report = monitor.reports().get(i);
                    sparsity.get(i).add(100 * report.values().sparsity());
                    dead.get(i).add(100 * report.dead().share());
                }
            }
        };
        look.run();
        Trainer.of(network)
                .optimizer(new Adam(0.002))
                .epochs((STEPS + stepsPerEpoch - 1) / stepsPerEpoch)
                .observer(new TrainingObserver() {
                    @Override
                    public void step(Network trained, int epoch, int step, int count, double loss) {
                        done[0]++;
                        if (done[0] % EVERY == 0 && done[0] <= STEPS) {
                            look.run();
                        }
                    }
                })
                .train(digits.train());
        Plot zeros = new Plot("Outputs that are exactly 0", "step", "%");
        Plot always = new Plot("Units that are 0 for all 1438 examples", "step", "%");
        Finding finding =
                new Finding(new Figure("ReLU's zeros", claim()).add(zeros).add(always));
        for (int i = 0; i < LAYERS; i++) {
            String layer = "hidden layer " + (i + 1);
            zeros.line(layer, array(steps), array(sparsity.get(i)));
            always.line(layer, array(steps), array(dead.get(i)));
            int last = steps.size() - 1;
            double first = sparsity.get(i).get(0);
            finding.number(
                    "%s: %.1f %% zeros at the start, %.1f %% after %d steps; %.1f %% of the units dead",
                    layer, first, sparsity.get(i).get(last), STEPS, dead.get(i).get(last));
            finding.expect(first > 35 && first < 65, layer + ": not about half of the outputs are 0");
            finding.expect(dead.get(i).get(last) < 10, layer + ": many units are dead");
        }
        return finding;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(v -> v).toArray();
    }
}
