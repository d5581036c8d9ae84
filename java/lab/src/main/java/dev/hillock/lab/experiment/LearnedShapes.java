package dev.hillock.lab.experiment;

import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.LearnedPrelu;
import dev.hillock.lab.net.LearnedSwish;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Parameter;
import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** PReLU's slopes and Swish's beta while a network learns: per layer, per unit, per channel of a convolution. */
final class LearnedShapes implements Experiment {
    private static final int EPOCHS = 15;

    @Override
    public String name() {
        return "learned-shapes";
    }

    @Override
    public String claim() {
        return "The slope of PReLU and the beta of Swish are learned like weights, and move away from where they start.";
    }

    @Override
    public Finding run() {
        Split digits = Samples.digits();
        Plot layers = new Plot("One value per layer", "epoch", "value");
        Plot units = new Plot("PReLU per unit: range over the units", "epoch", "alpha");
        Finding finding =
                new Finding(new Figure("Learned shapes", claim()).add(layers).add(units));
        double[] epochs = new double[EPOCHS + 1];
        Arrays.setAll(epochs, i -> i);
        List<List<float[]>> prelu =
                learn(digits, dense().prelu(false).dense(48).prelu(false).dense(10));
        List<List<float[]>> swish =
                learn(digits, dense().swish().dense(48).swish().dense(10));
        List<List<float[]>> perUnit = learn(digits, dense().prelu(true).dense(10));
        List<List<float[]>> perChannel = learn(
                digits,
                Network.of(digits.train().shape())
                        .convolution(8, 3)
                        .prelu(true)
                        .maxPool(2)
                        .dense(10));
        for (int i = 0; i < 2; i++) {
            double[] alpha = track(prelu.get(i), 0);
            double[] beta = track(swish.get(i), 0);
            layers.line("PReLU alpha, layer " + (i + 1), epochs, alpha);
            layers.line("Swish beta, layer " + (i + 1), epochs, beta);
            finding.number("layer %d: alpha 0.25 -> %.4f, beta 1 -> %.4f", i + 1, alpha[EPOCHS], beta[EPOCHS]);
            finding.expect(Math.abs(alpha[EPOCHS] - 0.25) > 0.02, "alpha of layer " + (i + 1) + " does not move");
            finding.expect(Math.abs(beta[EPOCHS] - 1) > 0.02, "beta of layer " + (i + 1) + " does not move");
        }
        ranges(finding, units, epochs, "48 units", perUnit.get(0));
        ranges(finding, units, epochs, "8 conv channels", perChannel.get(0));
        return finding;
    }

    private static void ranges(Finding finding, Plot plot, double[] epochs, String name, List<float[]> values) {
        double[] low = values.stream().mapToDouble(v -> sorted(v)[0]).toArray();
        double[] high =
                values.stream().mapToDouble(v -> sorted(v)[v.length - 1]).toArray();
        plot.line(name + ": smallest", epochs, low).line(name + ": largest", epochs, high);
        finding.number("%s: alpha 0.25 -> %.4f to %.4f", name, low[EPOCHS], high[EPOCHS]);
        finding.expect(high[EPOCHS] - low[EPOCHS] > 0.05, name + " learn no slopes of their own");
    }

    private static float[] sorted(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double[] track(List<float[]> values, int index) {
        return values.stream().mapToDouble(v -> v[index]).toArray();
    }

    private static Network.Builder dense() {
        return Network.of(Samples.digits().train().shape()).dense(48);
    }

    // For every learned activation, its values before training and after every epoch.
    private static List<List<float[]>> learn(Split digits, Network.Builder builder) {
        Network network = builder.build(Compute.defaults(), 91);
        List<Parameter> learned = network.layers().stream()
                .filter(layer -> layer instanceof LearnedPrelu || layer instanceof LearnedSwish)
                .flatMap(layer -> layer.parameters().stream())
                .toList();
        List<List<float[]>> values = new ArrayList<>();
        learned.forEach(p -> values.add(new ArrayList<>(List.of(p.value().clone()))));
        Trainer.of(network)
                .optimizer(new Adam(0.002))
                .epochs(EPOCHS)
                .observer(new TrainingObserver() {
                    @Override
                    public void epoch(Network trained, EpochRecord epoch) {
                        for (int i = 0; i < learned.size(); i++) {
                            values.get(i).add(learned.get(i).value().clone());
                        }
                    }
                })
                .train(digits.train());
        return values;
    }
}
