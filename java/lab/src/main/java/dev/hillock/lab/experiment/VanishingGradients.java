package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The gradient that reaches the first layers, by activation; and the product of slopes that makes sigmoid's vanish. */
final class VanishingGradients implements Experiment {
    private static final List<String> ACTIVATIONS = List.of("sigmoid", "tanh", "relu", "gelu", "selu");
    private static final int DEPTH = 10;
    private static final int[] DEPTHS = {2, 5, 10, 15, 20};
    private static final int WIDTH = 64;
    private static final int ROWS = 256;

    @Override
    public String name() {
        return "vanishing-gradients";
    }

    @Override
    public String claim() {
        return "Sigmoid's slope is at most 1/4, so through n layers a product of at most 0.25^n is left; ReLU's is 0 or 1.";
    }

    @Override
    public Finding run() {
        double[] layers = Samples.counting(DEPTH);
        Plot gradients =
                new Plot("Mean |gradient| per layer, last = 1", "layer (1 is nearest the input)", "ratio").logY();
        Plot depths = new Plot("First layer's mean |gradient|, last = 1", "layers", "ratio").logY();
        Plot slopes = new Plot("Product of the mean slopes", "layers passed through", "product").logY();
        Finding finding = new Finding(new Figure("Vanishing gradients", claim())
                .add(gradients)
                .add(depths)
                .add(slopes));
        for (String name : ACTIVATIONS) {
            Network network = network(Activation.of(name), DEPTH);
            double[] relative = relativeGradients(network, DEPTH);
            gradients.bars(
                    name,
                    IntStream.rangeClosed(1, DEPTH).mapToObj(Integer::toString).toList(),
                    relative);
            depths.line(
                    name,
                    IntStream.of(DEPTHS).asDoubleStream().toArray(),
                    IntStream.of(DEPTHS)
                            .mapToDouble(depth -> relativeGradients(network(Activation.of(name), depth), depth)[0])
                            .toArray());
            double[] product = slopeProducts(network, Activation.of(name));
            slopes.line(name, layers, product);
            finding.number(
                    "%-8s first layer's mean |gradient| is %.2e of the last one's; product of %d mean slopes %.2e",
                    name, relative[0], DEPTH, product[DEPTH - 1]);
            boolean sigmoid = name.equals("sigmoid");
            finding.expect(
                    sigmoid ? relative[0] < 1e-4 : relative[0] > 0.02,
                    name + ": the gradient " + (sigmoid ? "does not vanish" : "vanishes"));
            for (int n = 1; sigmoid && n <= DEPTH; n++) {
                finding.expect(product[n - 1] <= Math.pow(0.25, n), "sigmoid's slopes exceed 0.25^" + n);
            }
        }
        slopes.dashes(
                "0.25^n",
                layers,
                IntStream.rangeClosed(1, DEPTH)
                        .mapToDouble(n -> Math.pow(0.25, n))
                        .toArray());
        return finding.number("0.25^5 = %.10f, 0.25^%d = %.2e", Math.pow(0.25, 5), DEPTH, Math.pow(0.25, DEPTH));
    }

    private static Network network(Activation activation, int depth) {
        Network.Builder builder = Network.of(Shape.flat(WIDTH));
        for (int i = 0; i < depth; i++) {
            builder.dense(WIDTH).activation(activation);
        }
        Network network = builder.build(Compute.defaults(), 11);
        SplittableRandom random = new SplittableRandom(12);
        network.forward(ROWS, Samples.gaussian(ROWS * WIDTH, random), true);
        System.arraycopy(Samples.gaussian(ROWS * WIDTH, random), 0, network.outputGradient(), 0, ROWS * WIDTH);
        network.backward();
        return network;
    }

    // Of what reaches the output of each dense layer.
    private static double[] relativeGradients(Network network, int depth) {
        double[] means = IntStream.range(0, depth)
                .mapToDouble(i -> Samples.meanMagnitude(network.gradients(2 * i), ROWS * WIDTH))
                .toArray();
        return Arrays.stream(means).map(mean -> mean / means[depth - 1]).toArray();
    }

    private static double[] slopeProducts(Network network, Activation activation) {
        double[] products = new double[DEPTH];
        float[] ones = new float[ROWS * WIDTH];
        Arrays.fill(ones, 1f);
        float[] slope = new float[ROWS * WIDTH];
        double product = 1;
        for (int i = 0; i < DEPTH; i++) {
            activation.backward(network.values(2 * i), ones, slope);
            product *= Samples.meanMagnitude(slope, slope.length);
            products[i] = product;
        }
        return products;
    }
}
