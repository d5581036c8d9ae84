package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.diagnose.NetworkMonitor;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ReLU's outputs are never negative, so their mean pushes the next layer one way; ELU's mean lies nearer 0. */
final class BiasShift implements Experiment {
    private static final List<String> ACTIVATIONS = List.of("relu", "elu", "elu(alpha=0.5)");
    private static final int EPOCHS = 10;

    @Override
    public String name() {
        return "bias-shift";
    }

    @Override
    public String claim() {
        return "ELU saturates at -alpha and its mean activation lies nearer 0 than ReLU's, from the start and after training.";
    }

    @Override
    public Finding run() {
        Split digits = Samples.digits();
        Plot shapes = new Plot("The functions", "x", "y");
        Plot means = new Plot("Mean activation of the second hidden layer", "epoch", "mean");
        Finding finding =
                new Finding(new Figure("Bias shift", claim()).add(shapes).add(means));
        double[] xs = Samples.range(-6, 2, 161);
        double[] last = new double[ACTIVATIONS.size()];
        for (int a = 0; a < ACTIVATIONS.size(); a++) {
            Activation activation = Activation.of(ACTIVATIONS.get(a));
            float[] y = new float[xs.length];
            for (int i = 0; i < xs.length; i++) {
                y[i] = (float) xs[i];
            }
            activation.forwardInPlace(y);
            shapes.line(activation.toString(), xs, Samples.doubles(y, y.length));
            double[] mean = means(activation, digits);
            means.line(activation.toString(), Samples.counting(EPOCHS), mean);
            last[a] = Arrays.stream(mean).map(Math::abs).max().orElse(0);
            float[] limit = {-20f};
            activation.forwardInPlace(limit);
            finding.number(
                    "%-15s f(-20) = %.6f; mean activation after epoch 1 %.4f, after epoch %d %.4f",
                    activation, limit[0], mean[0], EPOCHS, mean[EPOCHS - 1]);
            double alpha = activation.name().equals("relu") ? 0 : activation.parameters()[0];
            finding.expect(Math.abs(limit[0] + alpha) < 1e-6, activation + " does not saturate at -alpha");
        }
        return finding.expect(last[1] < 0.7 * last[0], "elu's mean activation is not nearer 0 than relu's");
    }

    private static double[] means(Activation activation, Split digits) {
        Network network = Network.of(digits.train().shape())
                .dense(64)
                .activation(activation)
                .dense(64)
                .activation(activation)
                .dense(10)
                .build(Compute.defaults(), 51);
        List<Double> means = new ArrayList<>();
        try (NetworkMonitor monitor = NetworkMonitor.attachToAll(network)) {
            Trainer.of(network)
                    .optimizer(new Adam(0.002))
                    .epochs(EPOCHS)
                    .observer(new TrainingObserver() {
                        @Override
                        public void epoch(Network trained, EpochRecord epoch) {
                            means.add(monitor.reports().get(1).values().mean());
                            monitor.reset();
                        }
                    })
                    .train(digits.train());
        }
        return means.stream().mapToDouble(mean -> mean).toArray();
    }
}
