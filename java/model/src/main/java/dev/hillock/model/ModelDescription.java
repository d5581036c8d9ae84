package dev.hillock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hillock.Activation;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.catalogue.Names;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A network as JSON: its layers in order. Fields that are not named here are kept and mean nothing.
 *
 * <pre>{@code
 * {"name": "digits", "input": [64], "loss": "cross_entropy", "layers": [
 *   {"name": "hidden", "type": "dense", "size": 128, "activation": "leaky_relu", "parameters": {"alpha": 0.2}},
 *   {"name": "output", "type": "dense", "size": 10}]}
 * }</pre>
 *
 * @param name what the model is called, or an empty string
 * @param about what it is, or an empty string
 * @param input the shape of one example, empty if the file does not say
 * @param layers in order
 * @param loss by Hillock's name, or an empty string
 */
public record ModelDescription(
        String name, String about, List<Integer> input, List<LayerDescription> layers, String loss)
        implements Serializable {
    private static final int MOST_LAYERS = 10_000;
    private static final int LARGEST = 1_000_000_000;
    private static final double USUAL_RATE = 0.5;

    /** Whether a document looks like a description. */
    public static boolean accepts(JsonNode tree) {
        JsonNode layers = tree.path("layers");
        return layers.isArray()
                && !tree.has("class_name")
                && (layers.isEmpty() || layers.get(0).has("type"));
    }

    /**
     * The description in a document.
     *
     * @throws IllegalArgumentException in one line that names the layer if something is wrong
     */
    public static ModelDescription of(JsonNode tree) {
        JsonNode list = tree.path("layers");
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_LAYERS) {
            throw new IllegalArgumentException("\"layers\" must be a list of 1 to " + MOST_LAYERS + " layers");
        }
        List<LayerDescription> layers = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            LayerDescription layer = layer(list.get(i), "layer " + (i + 1));
            if (layers.stream().anyMatch(earlier -> earlier.name().equals(layer.name()))) {
                throw new IllegalArgumentException("two layers are named '" + layer.name() + "'");
            }
            layers.add(layer);
        }
        List<Integer> input = new ArrayList<>();
        for (JsonNode dimension : tree.path("input")) {
            input.add(whole("\"input\"", dimension, 1));
        }
        return new ModelDescription(
                tree.path("name").asText(""),
                tree.path("about").asText(""),
                input,
                layers,
                tree.path("loss").asText(""));
    }

    private static LayerDescription layer(JsonNode node, String place) {
        if (!node.path("type").isTextual()) {
            throw new IllegalArgumentException(place + " has no \"type\"");
        }
        String name = node.path("name").asText(place);
        String type = Names.normal(node.path("type").asText());
        String known = LayerDescription.TYPES.stream()
                .filter(candidate -> Names.normal(candidate).equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": unknown type '"
                        + node.path("type").asText() + "' (known: " + String.join(", ", LayerDescription.TYPES) + ")"));
        boolean sized = LayerDescription.SIZED.contains(known);
        int size = sized || node.has("size") ? whole(name + ": \"size\"", node.path("size"), 1) : 0;
        Map<String, Integer> options = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isIntegralNumber() && !field.getKey().equals("size")) {
                options.put(field.getKey(), whole(name + ": \"" + field.getKey() + "\"", field.getValue(), 0));
            }
        }
        return new LayerDescription(
                name,
                known,
                size,
                activation(node, name, known),
                known.equals("dropout") ? rate(node, name) : 0,
                options);
    }

    private static double rate(JsonNode node, String name) {
        JsonNode rate = node.path("rate");
        if (node.has("rate") && !(rate.isNumber() && rate.asDouble() >= 0 && rate.asDouble() < 1)) {
            throw new IllegalArgumentException(name + ": \"rate\" must be a number from 0 to below 1");
        }
        return rate.asDouble(USUAL_RATE);
    }

    private static int whole(String what, JsonNode value, int from) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < from || value.asInt() > LARGEST) {
            throw new IllegalArgumentException(what + " must be a whole number from " + from + " to " + LARGEST);
        }
        return value.asInt();
    }

    private static String activation(JsonNode node, String name, String type) {
        if (!node.has("activation")) {
            return "identity";
        }
        if (!node.path("activation").isTextual()) {
            throw new IllegalArgumentException(name + ": \"activation\" must be a name");
        }
        String word = node.path("activation").asText();
        List<String> parameters = new ArrayList<>();
        for (Map.Entry<String, JsonNode> parameter : node.path("parameters").properties()) {
            parameters.add(parameter.getKey() + "=" + parameter.getValue().asText());
        }
        try {
            return canonical(parameters.isEmpty() ? word : word + "(" + String.join(", ", parameters) + ")", type);
        } catch (NoSuchElementException | IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    // prelu is learned, and so has no values to check. A gated layer takes the name of a whole unit, too.
    private static String canonical(String text, String type) {
        String wanted = Names.normal(text);
        Optional<GatedDefinition> unit = GatedCatalogue.units().stream()
                .filter(known ->
                        known.names().anyMatch(name -> Names.normal(name).equals(wanted)))
                .findFirst();
        if (unit.isPresent() && !type.equals("gated")) {
            throw new IllegalArgumentException(
                    unit.get().name() + " is a gated unit, which a layer of type " + type + " cannot have");
        }
        if (unit.isPresent()) {
            return Float.isFinite(unit.get().limit())
                    ? unit.get().name()
                    : Activation.of(unit.get().activation()).toString();
        }
        if (wanted.equals("prelu")) {
            return "prelu";
        }
        boolean overAxis = AxisCatalogue.functions().stream()
                .flatMap(function -> function.names())
                .anyMatch(name -> Names.normal(name).equals(wanted));
        return overAxis
                ? AxisCatalogue.function(text).name()
                : Activation.of(text).toString();
    }

    /**
     * Changes the activation of one layer in a document and leaves all else as it is.
     *
     * @param tree the document, changed
     * @param layer a name, or a number from 1
     * @param to the new activation, with parameters in brackets if it is to have any
     * @return what the layer's activation was
     * @throws IllegalArgumentException if there is no such layer, or it has no activation
     * @throws NoSuchElementException if the activation is not known
     */
    public static String swap(JsonNode tree, String layer, String to) {
        ModelDescription description = of(tree);
        int index = description.index(layer);
        if (!(tree.path("layers").get(index) instanceof ObjectNode node) || !node.has("activation")) {
            throw new IllegalArgumentException(
                    "layer '" + layer + "' has no activation (layers that have one: " + description.activated() + ")");
        }
        LayerDescription before = description.layers.get(index);
        try {
            node.put("activation", canonical(to, before.type()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(before.name() + ": " + e.getMessage(), e);
        }
        node.remove("parameters");
        return before.activation();
    }

    private int index(String layer) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(layer) || String.valueOf(i + 1).equals(layer)) {
                return i;
            }
        }
        throw new IllegalArgumentException("unknown layer '" + layer + "' (nearest: "
                + Names.nearest(layer, layers.stream().map(LayerDescription::name)) + ")");
    }

    private String activated() {
        return String.join(
                ", ",
                layers.stream()
                        .filter(layer -> !layer.activation().equals("identity"))
                        .map(LayerDescription::name)
                        .toList());
    }
}
