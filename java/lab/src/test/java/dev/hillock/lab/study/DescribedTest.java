package dev.hillock.lab.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribedTest {
    private static final Shape DIGIT = new Shape(8, 8, 1);

    @TempDir
    Path folder;

    private Described described(String rest) throws IOException {
        return Described.of(Files.writeString(folder.resolve("model.json"), "{" + rest.replace('\'', '"') + "}"));
    }

    private static Network build(Described model, Shape shape, int outputs) {
        return model.build(shape, outputs, model.unchanged().choices(), Compute.defaults(), 1);
    }

    private static List<String> layers(Network network) {
        return network.layers().stream().map(Layer::describe).toList();
    }

    @Test
    void everyLayerIsBuiltAsDescribed() throws IOException {
        Described model = described("'input': [1, 8, 8], 'loss': 'cross_entropy', 'layers': ["
                + "{'name': 'conv', 'type': 'convolution', 'size': 4, 'kernel': 3, 'padding': 1, 'stride': 2,"
                + " 'activation': 'leaky_relu', 'parameters': {'alpha': 0.2}},"
                + "{'type': 'max_pool', 'kernel': 3, 'stride': 1}, {'type': 'batch_norm'}, {'type': 'flatten'},"
                + "{'name': 'hidden', 'type': 'dense', 'size': 7, 'activation': 'prelu'},"
                + "{'type': 'dense', 'size': 10}]");
        assertEquals(List.of("conv", "hidden"), model.places());
        assertEquals("leaky_relu(alpha=0.2)+prelu", model.unchanged().spelled());
        assertEquals(
                List.of(
                        "convolution 3x3/2 8x8x1 -> 4x4x4",
                        "leaky_relu(alpha=0.2)",
                        "max pool 3x3/1 4x4x4 -> 2x2x4",
                        "batch norm 2x2x4",
                        "dense 16 -> 7",
                        "prelu",
                        "dense 7 -> 10"),
                layers(build(model, DIGIT, 10)));
        Candidate swapped = model.unchanged().swapped("conv:gelu", model);
        assertEquals("gelu+prelu", swapped.spelled());
    }

    @Test
    void oneLogitServesTwoClasses() throws IOException {
        Described model = described("'loss': 'bce_with_logits', 'layers': ["
                + "{'type': 'dense', 'size': 3, 'activation': 'tanh'}, {'type': 'dense', 'size': 1}]");
        Network network = build(model, Shape.flat(5), 2);
        assertEquals("logit of two classes", layers(network).get(3));
        float[] y = network.forward(1, new float[] {1, 2, 3, 4, 5}, true);
        assertArrayEquals(new float[] {0f, network.values(2)[0]}, new float[] {y[0], y[1]});
    }

    @Test
    void gatedNormalisedAndDroppedLayersAreBuilt() throws IOException {
        Described model = described("'layers': [{'type': 'layer_norm'},"
                + "{'name': 'gate', 'type': 'gated', 'size': 6, 'activation': 'geglu'},"
                + "{'type': 'dropout', 'rate': 0.25}, {'type': 'dropout'},"
                + "{'name': 'clamped', 'type': 'gated', 'size': 4, 'activation': 'swiglu_clamped'},"
                + "{'type': 'gated', 'size': 10}]");
        assertEquals("gelu+swiglu_clamped+identity", model.unchanged().spelled());
        assertEquals(
                List.of(
                        "layer norm 8x8x1",
                        "dense 64 -> 12",
                        "gated gelu",
                        "dropout 0.25",
                        "dropout 0.5",
                        "dense 6 -> 8",
                        "swiglu_clamped",
                        "dense 4 -> 20",
                        "gated identity"),
                layers(build(model, DIGIT, 10)));
        Candidate swapped = model.unchanged().swapped("gate:swiglu", model);
        Network network = model.build(DIGIT, 10, swapped.choices(), Compute.defaults(), 1);
        assertEquals("swiglu", layers(network).get(2));
        Candidate wrong = model.unchanged().swapped("gate:prelu", model);
        refused(
                folder.resolve("model.json") + ": gate: prelu cannot be the gate of a gated layer",
                () -> model.build(DIGIT, 10, wrong.choices(), Compute.defaults(), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "image-classifier, relu+relu+relu+relu+relu+relu+relu",
        "language-model, gelu_tanh+gelu_tanh+silu+silu",
        "recommendation-tower, leaky_relu+prelu+prelu"
    })
    void ownProfilesAreBuiltForTheDigitsAndFittedToOtherData(String profile, String activations) throws IOException {
        Described model = Described.of(Path.of(profile));
        assertEquals(activations, model.unchanged().spelled());
        build(model, DIGIT, 10);
        Shape image = new Shape(28, 28, 1);
        String takes = profile + ": the network takes ";
        refused(takes, () -> build(model, image, 3));
        assertEquals(3, build(model.fitted(), image, 3).outputs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'layers': [{'type': 'attention', 'size': 4}] | layer 1: a layer of type attention is not supported here",
                "'layers': [{'type': 'embedding', 'size': 4}] | layer 1: a layer of type embedding is not supported here",
                "'layers': [{'type': 'dropout', 'rate': 1}] | layer 1: \"rate\" must be a number from 0 to below 1",
                "'layers': [{'type': 'gated', 'size': 10, 'activation': 'prelu'}] | layer 1: prelu cannot be the gate of a gated layer",
                "'layers': [{'type': 'gated', 'size': 10, 'activation': 'softmax'}] | layer 1: activation 'softmax' is not supported here",
                "'layers': [{'type': 'dense', 'size': 10, 'activation': 'swiglu'}] | layer 1: swiglu is a gated unit, which a layer of type dense cannot have",
                "'layers': [{'type': 'dense', 'size': 10}] | no layer has an activation",
                "'loss': 'mze', 'layers': [{'type': 'dense', 'size': 10, 'activation': 'relu'}] | unknown loss 'mze' (nearest: mse)",
                "'layers': [{'type': 'max_pool', 'padding': 1}] | layer 1: padding of a max_pool is not supported",
                "'layers': [{'type': 'dense', 'size': 9, 'activation': 'relu'}] | the network has 9 outputs, the data 10 classes",
                "'layers': [{'type': 'dense', 'size': 10, 'activation': 'geluu'}] | layer 1: unknown function 'geluu' (nearest: gelu)",
                "'input': [63], 'layers': [{'type': 'dense', 'size': 10, 'activation': 'relu'}] | the network takes 63 values, the data have 8x8x1",
                "'input': [4, 4, 4], 'layers': [{'type': 'dense', 'size': 10, 'activation': 'relu'}] | the network takes 4x4x4 values",
                "'input': [8, 8], 'layers': [{'type': 'dense', 'size': 10, 'activation': 'relu'}] | \"input\" must be [values] or",
                "'layers': [{'type': 'convolution', 'size': 2, 'kernel': 11, 'activation': 'relu'}] | a kernel of 11 with padding 0 and stride 1 does not fit into 8x8x1",
                "'layers': [] | \"layers\" must be a list",
                "'layers': [{'type': 'dense', 'size': 0}] | layer 1: \"size\" must be a whole number",
                "'layers | no JSON: line 1"
            },
            quoteCharacter = '~')
    void whatCannotBeTrainedIsSaidInOneLine(String rest, String words) {
        refused(folder.resolve("model.json") + ": " + words, () -> build(described(rest), DIGIT, 10));
    }

    private static void refused(String start, org.junit.jupiter.api.function.Executable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }
}
