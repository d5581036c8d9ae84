package dev.hillock.model.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keras: layers that carry an activation as a field, and layers that are one. */
final class Keras {
    private static final int DEEPEST = 50;

    private final boolean old;
    private final List<Use> uses = new ArrayList<>();
    private Model.Kind kind = Model.Kind.OTHER;
    private Named last;
    private int outputs;

    // In Keras 2 hard_sigmoid had another slope.
    private Keras(String version) {
        old = version.startsWith("1") || version.startsWith("2");
    }

    static boolean accepts(JsonNode tree) {
        return tree.path("class_name").isTextual() && tree.has("config");
    }

    static Model model(JsonNode tree, String version) {
        Keras keras = new Keras(version);
        keras.layers(tree, "", 0);
        JsonNode loss = tree.path("compile_config").path("loss");
        String name = loss.isTextual() ? loss.asText() : loss.path("class_name").asText("");
        boolean fromLogits = loss.path("config").path("from_logits").asBoolean(false);
        return new Model(
                "Keras",
                tree.path("config").path("name").asText(""),
                keras.kind,
                keras.uses,
                keras.last == null ? null : keras.last.hillock(),
                loss(name, fromLogits),
                keras.outputs,
                "");
    }

    private static String loss(String name, boolean fromLogits) {
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "binarycrossentropy" -> fromLogits ? "bce_with_logits" : "bce";
            // From probabilities Keras takes the logarithm itself, so only the form from logits can be paired wrongly.
            case "categoricalcrossentropy", "sparsecategoricalcrossentropy" -> fromLogits ? "cross_entropy" : null;
            case "meansquarederror", "mse" -> "mse";
            case "meanabsoluteerror", "mae" -> "mae";
            case "huber" -> "huber";
            default -> null;
        };
    }

    private void layers(JsonNode layer, String prefix, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("Keras layers nested deeper than " + DEEPEST);
        }
        JsonNode config = layer.path("config");
        String type = layer.path("class_name").asText("");
        String name = prefix + config.path("name").asText(layer.path("name").asText(type));
        note(type);
        Named named = layerAsActivation(type, config);
        if (named != null) {
            add(name, named, null);
        } else {
            Long units = config.path("units").canConvertToLong()
                    ? Long.valueOf(config.path("units").asLong())
                    : null;
            field(name, config.path("activation"), units);
            field(name + " (gates)", config.path("recurrent_activation"), units);
        }
        JsonNode inner = config.isArray() ? config : config.path("layers");
        for (JsonNode child : inner) {
            layers(child, depth == 0 ? "" : name + "/", depth + 1);
        }
        for (String wrapped : List.of("layer", "forward_layer", "cell")) {
            if (config.path(wrapped).isObject()) {
                layers(config.path(wrapped), name + "/", depth + 1);
            }
        }
    }

    private void note(String type) {
        if (type.contains("Conv")) {
            kind = Model.Kind.CONVOLUTIONAL;
        } else if (type.equals("LSTM") || type.equals("GRU") || type.equals("SimpleRNN")) {
            kind = Model.Kind.RECURRENT;
        } else if (type.contains("Attention")) {
            kind = Model.Kind.TRANSFORMER;
        }
    }

    private void field(String layer, JsonNode activation, Long units) {
        if (activation.isTextual()) {
            add(layer, word(activation.asText()), units);
        } else if (activation.isObject()) {
            Named named = layerAsActivation(activation.path("class_name").asText(), activation.path("config"));
            JsonNode function = activation.path("config");
            add(
                    layer,
                    named != null
                            ? named
                            : word(
                                    function.isTextual()
                                            ? function.asText()
                                            : activation.path("class_name").asText("?")),
                    units);
        }
    }

    private void add(String layer, Named named, Long units) {
        if (!named.isIdentity()) {
            uses.add(new Use(layer, named, units));
        }
        last = named;
        outputs = units == null ? 0 : (int) Math.min(units, Integer.MAX_VALUE);
    }

    private Named word(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "hard_sigmoid" ->
                old
                        ? Named.of(word, "hardsigmoid(slope=0.2, offset=0.5)", "Keras 2 has slope 0.2")
                        : Named.of(word, "hardsigmoid");
            case "leaky_relu" -> Named.of(word, "leaky_relu(alpha=0.2)", "Keras's function has slope 0.2");
            case "exponential" -> Named.of(word, "exp");
            case "hard_silu", "hard_swish" -> Named.of(word, "hardswish");
            case "hard_shrink" -> Named.of(word, "hardshrink");
            case "soft_shrink" -> Named.of(word, "softshrink");
            case "tanh_shrink" -> Named.of(word, "tanhshrink");
            default -> Named.ofOwnName(word);
        };
    }

    // Layers that are an activation; null for any other.
    private Named layerAsActivation(String type, JsonNode config) {
        return switch (type) {
            case "ReLU" -> relu(config);
            case "LeakyReLU" ->
                Named.of(
                        type,
                        "leaky_relu(alpha=" + number(config, 0.3, "negative_slope", "alpha") + ")",
                        "Keras's layer has slope 0.3 unless told");
            case "ELU" -> Named.of(type, "elu(alpha=" + number(config, 1, "alpha") + ")");
            case "PReLU" -> Named.of(type, "prelu", "starts from slope 0 there");
            case "Softmax" -> Named.of(type, "softmax");
            case "ThresholdedReLU" -> Named.of(type, "thresholded_relu(theta=" + number(config, 1, "theta") + ")");
            default -> null;
        };
    }

    private static Named relu(JsonNode config) {
        double max = number(config, Double.POSITIVE_INFINITY, "max_value");
        double slope = number(config, 0, "negative_slope");
        double theta = number(config, 0, "threshold");
        if (theta == 0 && slope == 0 && max == Double.POSITIVE_INFINITY) {
            return Named.of("ReLU", "relu");
        }
        if (theta == 0 && slope == 0 && max == 6) {
            return Named.of("ReLU", "relu6");
        }
        String limit = max == Double.POSITIVE_INFINITY ? "" : "max=" + max + ", ";
        return Named.of("ReLU", "relu_ex(" + limit + "theta=" + theta + ", slope=" + slope + ")");
    }

    private static double number(JsonNode config, double otherwise, String... names) {
        for (String name : names) {
            // A scalar may be wrapped as a serialised array.
            JsonNode value = config.path(name).isObject()
                    ? config.path(name).path("config").path("value")
                    : config.path(name);
            if (value.isNumber() && Float.isFinite((float) value.asDouble())) {
                return value.asDouble();
            }
        }
        return otherwise;
    }
}
