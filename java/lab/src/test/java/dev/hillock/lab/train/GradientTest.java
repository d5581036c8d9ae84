package dev.hillock.lab.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.GatedUnit;
import dev.hillock.Loss;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Parameter;
import dev.hillock.lab.net.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every gradient against the change of the loss that a small change of the parameter makes. */
class GradientTest {
    private static final int ROWS = 6;

    @Test
    void denseLayersWithCrossEntropy() {
        int[] labels = {0, 1, 2, 2, 1, 0};
        Network network = Network.of(Shape.flat(5))
                .dense(7)
                .activation(Activation.tanh())
                .dense(4)
                .activation(Activation.sigmoid())
                .dense(3)
                .build(Compute.on(Engine.REFERENCE, 1), 3);
        check(network, Objective.crossEntropy(), Dataset.labelled(inputs(5), Shape.flat(5), labels, 3));
    }

    @Test
    void convolutionPoolAndLearnedActivations() {
        Shape image = new Shape(5, 4, 2);
        int[] labels = {0, 1, 1, 0, 1, 0};
        Network network = Network.of(image)
                .convolution(3, 3)
                .activation(Activation.tanh())
                .convolution(2, 3)
                .prelu(true)
                .maxPool(2)
                .dense(4)
                .swish()
                .dense(4)
                .prelu(false)
                .dense(2)
                .build(Compute.on(Engine.REFERENCE, 1), 8);
        check(network, Objective.crossEntropy(), Dataset.labelled(inputs(image.size()), image, labels, 2));
    }

    @Test
    void batchNorm() {
        int[] labels = {0, 1, 1, 0, 1, 0};
        Network network = Network.of(Shape.flat(3))
                .dense(4)
                .batchNorm()
                .activation(Activation.tanh())
                .dense(2)
                .build(Compute.on(Engine.REFERENCE, 1), 9);
        check(network, Objective.crossEntropy(), Dataset.labelled(inputs(3), Shape.flat(3), labels, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"glu", "swiglu", "geglu", "geglu_tanh", "reglu", "bilinear", "swiglu_clamped"})
    void gatedUnits(String unit) {
        int[] labels = {0, 1, 1, 0, 1, 0};
        Network network = Network.of(Shape.flat(3))
                .gated(4, GatedUnit.of(unit))
                .gated(3, GatedUnit.of(unit))
                .dense(2)
                .build(Compute.on(Engine.REFERENCE, 1), 11);
        check(network, Objective.crossEntropy(), Dataset.labelled(inputs(3), Shape.flat(3), labels, 2));
    }

    @Test
    void layerNormAndDropout() {
        Shape image = new Shape(2, 2, 3);
        int[] labels = {0, 1, 1, 0, 1, 0};
        Network network = Network.of(image)
                .convolution(4, 1)
                .layerNorm()
                .activation(Activation.tanh())
                .dropout(0.4)
                .dense(5)
                .layerNorm()
                .dropout(0.2)
                .dense(2)
                .build(Compute.on(Engine.REFERENCE, 1), 12);
        check(network, Objective.crossEntropy(), Dataset.labelled(inputs(image.size()), image, labels, 2));
    }

    @Test
    void elementwiseLosses() {
        Map<String, Objective> losses = new TreeMap<>(Map.of(
                "mse", Objective.meanSquared(),
                "mae", Objective.of(Loss.of("mae")),
                "huber", Objective.huber(0.3),
                "bce_with_logits", Objective.binaryCrossEntropyWithLogits()));
        for (Objective loss : losses.values()) {
            check(small(Activation.identity()), loss, targets());
        }
        check(small(Activation.sigmoid()), Objective.binaryCrossEntropy(), targets());
    }

    private static Network small(Activation output) {
        return Network.of(Shape.flat(4))
                .dense(5)
                .activation(Activation.tanh())
                .dense(2)
                .activation(output)
                .build(Compute.on(Engine.REFERENCE, 1), 4);
    }

    private static Dataset targets() {
        float[] targets = new float[ROWS * 2];
        IntStream.range(0, targets.length).forEach(i -> targets[i] = i % 3 == 0 ? 1 : 0.25f);
        return Dataset.regression(inputs(4), Shape.flat(4), targets, 2);
    }

    private static float[] inputs(int columns) {
        SplittableRandom random = new SplittableRandom(5);
        float[] x = new float[ROWS * columns];
        IntStream.range(0, x.length).forEach(i -> x[i] = (float) (2 * random.nextDouble() - 1));
        return x;
    }

    static void check(Network network, Objective objective, Dataset data) {
        Batch batch = new Batch(data, data.rows());
        batch.fill(IntStream.range(0, data.rows()).toArray(), 0, data.rows());
        loss(network, objective, data, batch);
        network.backward();
        int checked = 0;
        for (Parameter parameter : network.parameters()) {
            float[] gradient = parameter.gradient().clone();
            for (int i = 0; i < gradient.length; i++) {
                float before = parameter.value()[i];
                float step = 1e-3f;
                parameter.value()[i] = before + step;
                double above = loss(network, objective, data, batch);
                parameter.value()[i] = before - step;
                double below = loss(network, objective, data, batch);
                parameter.value()[i] = before;
                double slope = (above - below) / (2 * step);
                assertEquals(slope, gradient[i], 4e-4 + 5e-3 * Math.abs(slope), parameter.name() + "[" + i + "]");
                checked++;
            }
        }
        assertTrue(checked > 0);
    }

    private static double loss(Network network, Objective objective, Dataset data, Batch batch) {
        // Dropout counts the passes: the same one again.
        network.layers().forEach(layer -> layer.state().forEach(state -> Arrays.fill(state, 0)));
        float[] prediction = network.forward(batch.rows(), batch.x(), true);
        return objective.valueAndGradient(batch, data.outputs(), prediction, network.outputGradient());
    }
}
