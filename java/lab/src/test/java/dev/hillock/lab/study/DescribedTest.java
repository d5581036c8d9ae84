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
    void ownProfilesAreBuiltWhereTheLabCan() throws IOException {
        Described tower = Described.of(Path.of("recommendation-tower"));
        assertEquals("leaky_relu+prelu+prelu", tower.unchanged().spelled());
        build(tower, Shape.flat(256), 2);
        Described images = Described.of(Path.of("image-classifier"));
        assertEquals(7, images.places().size());
        refused(
                "image-classifier: the network takes 224x224x3 values, the data have 8x8x1",
                () -> build(images, DIGIT, 10));
        refused(
                "language-model: block3.gate: a layer of type gated is not supported here",
                () -> Described.of(Path.of("language-model")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'layers': [{'type': 'attention', 'size': 4}] | layer 1: a layer of type attention is not supported here",
                "'layers': [{'type': 'dropout'}] | layer 1: a layer of type dropout is not supported here",
                "'layers': [{'type': 'dense', 'size': 10}] | no layer has an activation",
                "'loss': 'mse', 'layers': [{'type': 'dense', 'size': 10, 'activation': 'relu'}] | loss 'mse' is not supported",
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
