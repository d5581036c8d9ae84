package dev.hillock.model.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** DL4J's configuration: every object with an activationFn is a layer. */
final class Dl4j {
    private static final int DEEPEST = 60;

    private final List<Use> uses = new ArrayList<>();
    private Model.Kind kind = Model.Kind.OTHER;
    private Named last;
    private String loss;
    private int outputs;

    private Dl4j() {}

    static boolean accepts(JsonNode tree) {
        return tree.path("confs").isArray() || tree.path("vertices").isObject() && tree.has("networkInputs");
    }

    static Model model(JsonNode tree) {
        Dl4j dl4j = new Dl4j();
        if (tree.has("confs")) {
            int index = 0;
            for (JsonNode conf : tree.path("confs")) {
                dl4j.walk(conf, "layer " + index++, 0);
            }
        } else {
            for (Map.Entry<String, JsonNode> vertex : tree.path("vertices").properties()) {
                dl4j.walk(vertex.getValue(), vertex.getKey(), 0);
            }
        }
        return new Model(
                "DL4J",
                "",
                dl4j.kind,
                dl4j.uses,
                dl4j.last == null ? null : dl4j.last.hillock(),
                dl4j.loss,
                dl4j.outputs,
                "");
    }

    private void walk(JsonNode node, String place, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("DL4J configuration nested deeper than " + DEEPEST);
        }
        String type = simpleName(node.path("@class").asText(""));
        if (type.contains("Convolution")) {
            kind = Model.Kind.CONVOLUTIONAL;
        } else if (type.contains("LSTM") || type.contains("Rnn")) {
            kind = Model.Kind.RECURRENT;
        }
        String name =
                node.path("layerName").isTextual() ? node.path("layerName").asText() : place;
        if (node.path("activationFn").isObject()) {
            use(name, node.path("activationFn"), node);
        }
        if (node.path("gateActivationFn").isObject()) {
            use(name + " (gates)", node.path("gateActivationFn"), node);
        }
        if (node.path("lossFn").isObject()) {
            loss = loss(simpleName(node.path("lossFn").path("@class").asText("")));
        }
        for (Map.Entry<String, JsonNode> child : node.properties()) {
            if (child.getValue().isContainerNode() && !child.getKey().endsWith("Fn")) {
                walk(child.getValue(), name, depth + 1);
            }
        }
    }

    private void use(String layer, JsonNode function, JsonNode owner) {
        // Older files write {"ReLU": {}}, newer ones {"@class": "….ActivationReLU"}.
        String word = simpleName(function.path("@class").asText(""));
        JsonNode values = function;
        if (word.isEmpty() && !function.isEmpty()) {
            word = function.fieldNames().next();
            values = function.path(word);
        }
        Named named = word(word, values);
        JsonNode size = owner.has("nout") ? owner.path("nout") : owner.path("nOut");
        boolean known = size.canConvertToLong() && size.asLong() > 0 && kind != Model.Kind.CONVOLUTIONAL;
        if (!named.isIdentity()) {
            uses.add(new Use(layer, named, known ? size.asLong() : null));
        }
        last = named;
        outputs = known ? (int) Math.min(size.asLong(), Integer.MAX_VALUE) : 0;
    }

    private static String simpleName(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private static String loss(String name) {
        return switch (name) {
            case "LossBinaryXENT" -> "bce";
            case "LossMSE", "LossL2" -> "mse";
            case "LossMAE", "LossL1" -> "mae";
            // DL4J's MCXENT and NEGATIVELOGLIKELIHOOD take the softmax's output, unlike Hillock's losses.
            default -> null;
        };
    }

    private static Named word(String word, JsonNode values) {
        String bare = word.startsWith("Activation") ? word.substring("Activation".length()) : word;
        return switch (bare.toLowerCase(Locale.ROOT)) {
            case "gelu" ->
                values.path("precise").asBoolean(false)
                        ? Named.of(
                                word,
                                "gelu_tanh",
                                "nearest: DL4J's precise form misplaces the cubic term, off by up to 0.034")
                        : Named.of(word, "gelu_sigmoid", "DL4J's GELU is x s(1.702 x)");
            case "hardsigmoid" -> Named.of(word, "hardsigmoid(slope=0.2, offset=0.5)", "DL4J has slope 0.2");
            case "lrelu", "leakyrelu" -> Named.of(word, "leaky_relu(alpha=" + number(values, 0.01, "alpha") + ")");
            case "elu" -> Named.of(word, "elu(alpha=" + number(values, 1, "alpha") + ")");
            case "relu" -> relu(word, values);
            case "rrelu" ->
                Named.of(
                        word,
                        "leaky_relu(alpha=" + (number(values, 1.0 / 8, "l") + number(values, 1.0 / 3, "u")) / 2 + ")",
                        "rrelu, as it is after training");
            case "thresholdedrelu" -> Named.of(word, "thresholded_relu(theta=" + number(values, 1, "theta") + ")");
            case "hardtanh" -> Named.of(word, "hardtanh", "its slope at -1 and 1 is 1 there, 0 here");
            default -> {
                Named named = Named.ofOwnName(bare);
                yield new Named(word, named.hillock(), named.note());
            }
        };
    }

    private static Named relu(String word, JsonNode values) {
        double max = number(values, 0, "max");
        double slope = number(values, 0, "negativeSlope");
        double theta = number(values, 0, "threshold");
        if (max == 0 && slope == 0 && theta == 0) {
            return Named.of(word, "relu");
        }
        String limit = max == 0 ? "" : "max=" + max + ", ";
        return Named.of(word, "relu_ex(" + limit + "theta=" + theta + ", slope=" + slope + ")");
    }

    private static double number(JsonNode values, double otherwise, String name) {
        JsonNode value = values.path(name);
        return value.isNumber() && Float.isFinite((float) value.asDouble()) ? value.asDouble() : otherwise;
    }
}
