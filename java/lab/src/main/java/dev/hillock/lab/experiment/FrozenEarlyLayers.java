package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Dense;
import dev.hillock.lab.net.Initialization;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Parameter;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.Sgd;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of the layers while a deep network learns the digits. Under sigmoid the early layers hardly move; under
 * tanh they do when its weights start too small; with weights that suit tanh or ReLU they learn from the first step.
 */
final class FrozenEarlyLayers implements Experiment {
    private record Setting(String name, String activation, Initialization initialization) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting("sigmoid", "sigmoid", Initialization.XAVIER),
            new Setting("tanh, small weights", "tanh", Initialization.UNIFORM),
            new Setting("tanh, Xavier", "tanh", Initialization.XAVIER),
            new Setting("relu, He", "relu", Initialization.HE));
    private static final int DEPTH = 8;
    private static final int EPOCHS = 8;

    @Override
    public String name() {
        return "frozen-early-layers";
    }

    @Override
    public String claim() {
        return "Under sigmoid the first layers of a deep network get hardly any gradient and stand still; under tanh they"
                + " do so at first if the weights start too small.";
    }

    @Override
    public Finding run() {
        Split digits = Samples.digits();
        Plot share = new Plot("First layer's gradient, relative to the last hidden layer's", "epoch", "ratio").logY();
        Plot moved = new Plot("How far the weights moved in " + EPOCHS + " epochs", "layer", "distance / size").logY();
        Figure figure = new Figure("Early layers, frozen", claim());
        Finding finding = new Finding(figure.add(share).add(moved));
        double[] first = new double[SETTINGS.size()];
        for (int a = 0; a < SETTINGS.size(); a++) {
            Setting setting = SETTINGS.get(a);
            Network network = network(setting, digits);
            List<float[]> start =
                    weights(network).stream().map(p -> p.value().clone()).toList();
            Watch watch = new Watch();
            Trainer.of(network)
                    .optimizer(new Sgd(0.02, 0.9))
                    .epochs(EPOCHS)
                    .observer(watch)
                    .train(digits.train());
            double[] ratio = new double[EPOCHS];
            for (int e = 0; e < EPOCHS; e++) {
                ratio[e] = watch.of(0)[e] / watch.of(DEPTH - 1)[e];
            }
            share.line(setting.name(), Samples.counting(EPOCHS), ratio);
            double[] distances = new double[DEPTH];
            for (int i = 0; i < DEPTH; i++) {
                distances[i] = distance(start.get(i), weights(network).get(i).value());
            }
            moved.line(setting.name(), Samples.counting(DEPTH), distances);
            if (a == 0 || a == SETTINGS.size() - 1) {
                figure.add(perLayer(setting, watch));
            }
            first[a] = ratio[0];
            finding.number(
                    "%-20s first layer's gradient is %.1e of the last one's in epoch 1, %.1e in epoch %d;"
                            + " its weights moved by %.2f %%",
                    setting.name(), ratio[0], ratio[EPOCHS - 1], EPOCHS, 100 * distances[0]);
        }
        return finding.expect(first[0] < 1e-3, "sigmoid: the first layer is not frozen")
                .expect(first[1] < 0.2, "tanh with small weights: the first layer gets its full gradient")
                .expect(first[2] > 5 * first[1], "tanh: suitable weights do not help")
                .expect(first[3] > 1000 * first[0], "relu: the first layer gets no more gradient than under sigmoid");
    }

    private static Plot perLayer(Setting setting, Watch watch) {
        Plot plot = new Plot("Mean |weight gradient|: " + setting.name(), "epoch", "mean over the epoch").logY();
        for (int layer : new int[] {1, 3, 6, DEPTH}) {
            plot.line("layer " + layer, Samples.counting(EPOCHS), watch.of(layer - 1));
        }
        return plot;
    }

    private static Network network(Setting setting, Split digits) {
        Network.Builder builder = Network.of(digits.train().shape()).initialization(setting.initialization());
        for (int i = 0; i < DEPTH; i++) {
            builder.dense(32).activation(Activation.of(setting.activation()));
        }
        return builder.dense(10).build(Compute.defaults(), 21);
    }

    private static List<Parameter> weights(Network network) {
        return network.layers().stream()
                .filter(Dense.class::isInstance)
                .map(layer -> ((Dense) layer).weights())
                .toList();
    }

    private static double distance(float[] from, float[] to) {
        double distance = 0;
        double size = 0;
        for (int i = 0; i < from.length; i++) {
            distance += (to[i] - from[i]) * (double) (to[i] - from[i]);
            size += from[i] * (double) from[i];
        }
        return Math.sqrt(distance / size);
    }

    // The mean over every epoch of the mean |gradient| of every hidden layer's weights.
    private static final class Watch implements TrainingObserver {
        private final List<double[]> epochs = new ArrayList<>();
        private double[] sums = new double[DEPTH];
        private int steps;

        @Override
        public void step(Network network, int epoch, int step, int stepsOfEpoch, double loss) {
            List<Parameter> weights = weights(network);
            for (int i = 0; i < DEPTH; i++) {
                float[] gradient = weights.get(i).gradient();
                sums[i] += Samples.meanMagnitude(gradient, gradient.length);
            }
            steps++;
        }

        @Override
        public void epoch(Network network, EpochRecord epoch) {
            int count = steps;
            epochs.add(Arrays.stream(sums).map(sum -> sum / count).toArray());
            sums = new double[DEPTH];
            steps = 0;
        }

        double[] of(int layer) {
            return epochs.stream().mapToDouble(e -> e[layer]).toArray();
        }
    }
}
