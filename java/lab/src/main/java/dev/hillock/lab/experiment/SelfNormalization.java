package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.diagnose.Moments;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Initialization;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.util.List;
import java.util.SplittableRandom;

/** SELU with LeCun's initialisation and standardised inputs keeps mean 0 and variance 1 through 50 layers. */
final class SelfNormalization implements Experiment {
    private static final List<String> ACTIVATIONS = List.of("selu", "relu", "tanh", "elu");
    private static final int DEPTH = 50;
    private static final int WIDTH = 256;
    private static final int ROWS = 256;

    @Override
    public String name() {
        return "self-normalization";
    }

    @Override
    public String claim() {
        return "SELU keeps mean 0 and variance 1 through 50 layers of LeCun-normal weights; ReLU, tanh and ELU do not.";
    }

    @Override
    public Finding run() {
        Plot means = new Plot("Mean of the activations", "layer", "mean");
        Plot variances = new Plot("Variance of the activations", "layer", "variance").logY();
        Finding finding =
                new Finding(new Figure("Self-normalisation", claim()).add(means).add(variances));
        for (String name : ACTIVATIONS) {
            Network network = network(Activation.of(name));
            double[] mean = new double[DEPTH];
            double[] variance = new double[DEPTH];
            double farthest = 0;
            for (int i = 0; i < DEPTH; i++) {
                Moments moments = new Moments();
                moments.observe(network.values(2 * i + 1), ROWS * WIDTH);
                mean[i] = moments.mean();
                variance[i] = moments.variance();
                farthest = Math.max(farthest, Math.abs(Math.log(variance[i])));
            }
            means.line(name, Samples.counting(DEPTH), mean);
            variances.line(name, Samples.counting(DEPTH), variance);
            finding.number(
                    "%-5s layer %d: mean %8.5f, variance %.3e; variance within a factor of %.3g of 1 in all layers",
                    name, DEPTH, mean[DEPTH - 1], variance[DEPTH - 1], Math.exp(farthest));
            boolean selu = name.equals("selu");
            finding.expect(
                    selu == (Math.abs(mean[DEPTH - 1]) < 0.1 && farthest < Math.log(1.3)),
                    name + (selu ? " does not keep mean 0 and variance 1" : " keeps mean 0 and variance 1"));
        }
        return finding;
    }

    private static Network network(Activation activation) {
        Network.Builder builder = Network.of(Shape.flat(WIDTH)).initialization(Initialization.LECUN);
        for (int i = 0; i < DEPTH; i++) {
            builder.dense(WIDTH).activation(activation);
        }
        Network network = builder.build(Compute.defaults(), 41);
        network.forward(ROWS, Samples.gaussian(ROWS * WIDTH, new SplittableRandom(42)), false);
        return network;
    }
}
