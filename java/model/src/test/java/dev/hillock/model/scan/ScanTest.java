package dev.hillock.model.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.model.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanTest {
    @TempDir
    private Path folder;

    private Report scan(byte[] bytes) throws IOException {
        return Report.of(Scanner.scan(Files.write(folder.resolve("model"), bytes)));
    }

    private Report scan(String text) throws IOException {
        return scan(Samples.utf8(text));
    }

    private static List<String> names(Report report) {
        List<String> names = new ArrayList<>();
        report.layers().forEach(layer -> names.add(layer.hillock()));
        return names;
    }

    @Test
    void onnxByOperationAndByPattern() throws IOException {
        Report report = scan(Samples.onnx());
        assertEquals("ONNX", report.format());
        assertEquals(
                List.of(
                        "relu",
                        "leaky_relu(alpha=0.2)",
                        "silu",
                        "hardsigmoid(slope=0.2)",
                        "relu6",
                        "gelu",
                        "tanh",
                        "gelu_tanh",
                        "mish",
                        "softmax"),
                names(report));
        assertEquals("relu1", report.layers().get(0).layer());
        assertEquals(128, report.layers().get(0).elements());
        assertEquals(
                1.0,
                report.layers().stream()
                        .filter(layer -> layer.share() != null)
                        .mapToDouble(Report.Layer::share)
                        .sum(),
                1e-9);
        assertTrue(report.advice().stream().anyMatch(line -> line.contains("three functions")));
    }

    @Test
    void everyNameIsOneThatHillockKnows() throws IOException {
        for (byte[] sample : Samples.all().values()) {
            for (String name : names(scan(sample))) {
                if (name != null && !List.of("softmax", "swiglu", "prelu").contains(name)) {
                    assertEquals(name, Activation.of(name).toString());
                }
            }
        }
    }

    @Test
    void ggufByItsArchitecture() throws IOException {
        Report report = scan(Samples.gguf("llama"));
        assertEquals(List.of("softmax", "swiglu", "softmax", "swiglu", "soft_cap(cap=30.0)"), names(report));
        assertEquals(96, report.layers().get(1).elements());
        assertEquals(0.5, report.layers().get(1).share());
        assertEquals("gelu_tanh", scan(Samples.gguf("gpt2")).layers().get(1).hillock());
        assertEquals(null, scan(Samples.gguf("unheard-of")).layers().get(1).hillock());
    }

    @Test
    void safetensorsAskTheConfigBesideThem() throws IOException {
        Report alone = scan(Samples.safetensors());
        assertEquals("gated unit", alone.layers().get(0).original());
        Files.writeString(folder.resolve("config.json"), Samples.LLAMA);
        Report both = scan(Samples.safetensors());
        assertEquals("safetensors", both.format());
        assertEquals(List.of("softmax", "swiglu", "softmax", "swiglu"), names(both));
        assertEquals(names(both), names(Report.of(Scanner.scan(folder))));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2,    activation_function, gelu_new,     gelu_tanh",
        "bert,    hidden_act,          gelu,         gelu",
        "clip,    hidden_act,          quick_gelu,   gelu_sigmoid",
        "opt,     activation_function, relu,         relu",
        "gemma,   hidden_act,          gelu,         geglu_tanh",
        "gemma2,  hidden_activation,   gelu_pytorch_tanh, geglu_tanh",
        "mistral, hidden_act,          silu,         swiglu",
        "t5,      feed_forward_proj,   gated-gelu,   geglu_tanh",
        "t5,      feed_forward_proj,   relu,         relu",
        "nemotron, hidden_act,         relu2,        relu_squared"
    })
    void configsByMeaning(String type, String field, String word, String hillock) throws IOException {
        Report report = scan("{\"model_type\": \"" + type + "\", \"" + field + "\": \"" + word + "\"}");
        assertEquals(List.of(hillock), names(report));
    }

    @Test
    void kerasWithItsOwnSlopes() throws IOException {
        Report report = scan(Samples.zip("config.json", Samples.KERAS));
        List<String> expected =
                new ArrayList<>(List.of("relu", "leaky_relu(alpha=0.3)", "hardsigmoid", "relu6", "tanh", "sigmoid"));
        expected.add(null);
        expected.add("sigmoid");
        assertEquals(expected, names(report));
        assertEquals("lstm (gates)", report.layers().get(5).layer());
        assertEquals(32, report.layers().get(2).elements());
        assertTrue(report.advice().stream().anyMatch(line -> line.startsWith("bce_with_logits contains the sigmoid")));
        String old = Samples.KERAS.replaceFirst("\\{", "{\"keras_version\": \"2.15.0\", ");
        assertEquals("hardsigmoid(slope=0.2)", names(scan(old)).get(2));
    }

    @Test
    void dl4jWithItsOwnGelu() throws IOException {
        Report report = scan(Samples.zip("configuration.json", Samples.DL4J));
        assertEquals(List.of("gelu_sigmoid", "leaky_relu(alpha=0.05)", "softmax"), names(report));
        assertEquals("hidden", report.layers().get(0).layer());
        assertEquals(20, report.layers().get(0).elements());
        assertEquals(names(report), names(scan(Samples.DL4J)));
    }

    @Test
    void ownDescriptionsAndProfiles() throws IOException {
        Report report = scan(Samples.OWN);
        assertEquals(List.of("leaky_relu(alpha=0.2)", "sigmoid"), names(report));
        assertEquals(1, report.advice().size());
        for (String profile : Profiles.NAMES) {
            Report found = Report.of(Scanner.scan(Path.of(profile)));
            assertEquals(profile, found.name());
            assertTrue(found.layers().stream().allMatch(layer -> layer.elements() != null));
        }
        // The first convolution: 32 filters of 8 by 8.
        assertEquals(
                32 * 8 * 8,
                Report.of(Scanner.scan(Path.of("image-classifier")))
                        .layers()
                        .get(0)
                        .elements());
    }

    @Test
    void oneWordMayBeUnknown() throws IOException {
        Report report = scan("{\"model_type\": \"x\", \"hidden_act\": \"gellu\"}");
        assertEquals("not known (nearest: gelu)", report.layers().get(0).note());
    }
}
