package dev.hillock.model.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small model files of every kind. */
final class Samples {
    static final String LLAMA =
            """
            {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_act": "silu", "hidden_size": 64,
             "intermediate_size": 172, "num_hidden_layers": 2, "num_attention_heads": 4}""";

    static final String KERAS =
            """
            {"class_name": "Sequential", "config": {"name": "net", "layers": [
              {"class_name": "Conv2D", "config": {"name": "conv", "activation": "relu"}},
              {"class_name": "LeakyReLU", "config": {"name": "leaky"}},
              {"class_name": "Dense", "config": {"name": "hidden", "units": 32, "activation": "hard_sigmoid"}},
              {"class_name": "ReLU", "config": {"name": "six", "max_value": 6.0}},
              {"class_name": "LSTM", "config": {"name": "lstm", "units": 8, "activation": "tanh",
                "recurrent_activation": "sigmoid"}},
              {"class_name": "Dense", "config": {"name": "odd", "units": 4, "activation": "wavy"}},
              {"class_name": "Dense", "config": {"name": "head", "units": 1, "activation": "sigmoid"}}]},
             "compile_config": {"loss": {"class_name": "BinaryCrossentropy", "config": {"from_logits": true}}}}""";

    static final String DL4J =
            """
            {"confs": [
              {"layer": {"@class": "org.deeplearning4j.nn.conf.layers.DenseLayer", "layerName": "hidden", "nout": 20,
                "activationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationGELU", "precise": false}}},
              {"layer": {"dense": {"activationFn": {"LReLU": {"alpha": 0.05}}, "nout": 10}}},
              {"layer": {"@class": "org.deeplearning4j.nn.conf.layers.OutputLayer", "layerName": "out", "nout": 3,
                "lossFn": {"@class": "org.nd4j.linalg.lossfunctions.impl.LossMCXENT"},
                "activationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationSoftmax"}}}]}""";

    static final String OWN =
            """
            {"name": "own", "input": [64], "loss": "bce_with_logits", "layers": [
              {"name": "hidden", "type": "dense", "size": 16, "activation": "lrelu", "parameters": {"slope": 0.2}},
              {"name": "out", "type": "dense", "size": 1, "activation": "sigmoid"}]}""";

    private Samples() {}

    /** All of them, by a name for messages. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("onnx", onnx());
        all.put("gguf", gguf("llama"));
        all.put("safetensors", safetensors());
        all.put("config", utf8(LLAMA));
        all.put("keras", utf8(KERAS));
        all.put("keras zip", zip("config.json", KERAS));
        all.put("dl4j", utf8(DL4J));
        all.put("dl4j zip", zip("configuration.json", DL4J));
        all.put("own", utf8(OWN));
        return all;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Written by the official Python package: 14 operations on a graph of a convolution. */
    static byte[] onnx() {
        try (InputStream stream = Samples.class.getResourceAsStream("net.onnx")) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] zip(String entry, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(utf8(text));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] safetensors() {
        byte[] header = utf8(
                """
                {"__metadata__": {"format": "pt"}, "model.layers.0.mlp.gate_proj.weight":
                 {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]}}""");
        return ByteBuffer.allocate(8 + header.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    static byte[] gguf(String architecture) {
        ByteBuffer bytes = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(utf8("GGUF")).putInt(3).putLong(0).putLong(5);
        text(bytes, "general.architecture").putInt(8);
        text(bytes, architecture);
        text(bytes, architecture + ".block_count").putInt(4).putInt(2);
        text(bytes, architecture + ".feed_forward_length")
                .putInt(9)
                .putInt(4)
                .putLong(2)
                .putInt(96)
                .putInt(96);
        text(bytes, "tokenizer.ggml.tokens").putInt(9).putInt(8).putLong(2);
        text(bytes, "a");
        text(bytes, "b");
        text(bytes, architecture + ".final_logit_softcapping").putInt(6).putFloat(30);
        byte[] file = new byte[bytes.position()];
        bytes.flip();
        bytes.get(file);
        return file;
    }

    private static ByteBuffer text(ByteBuffer bytes, String text) {
        return bytes.putLong(text.length()).put(utf8(text));
    }
}
