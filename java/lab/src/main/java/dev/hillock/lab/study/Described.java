package dev.hillock.lab.study;

import dev.hillock.Loss;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Logit;
import dev.hillock.lab.net.MaxPool;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import dev.hillock.model.LayerDescription;
import dev.hillock.model.ModelDescription;
import dev.hillock.model.Profiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** A network from a model description. What the lab cannot train is refused in one line that names the layer. */
public final class Described implements Blueprint {
    private static final long serialVersionUID = 1;
    private static final List<String> TRAINABLE =
            List.of("dense", "gated", "convolution", "max_pool", "batch_norm", "layer_norm", "dropout", "flatten");
    private static final String HINT = " (--fit takes the sizes of the data)";
    // Activations over all outputs are part of the network, and not of what is compared.
    private static final List<String> OVER_OUTPUTS = List.of("identity", "softmax", "log_softmax");

    private final String file;
    private final ModelDescription model;
    private final boolean fitted;

    private Described(String file, ModelDescription model, boolean fitted) {
        this.file = file;
        this.model = model;
        this.fitted = fitted;
        for (LayerDescription layer : model.layers()) {
            if (!TRAINABLE.contains(layer.type())) {
                throw wrong(
                        layer,
                        "a layer of type " + layer.type() + " is not supported here (supported: "
                                + String.join(", ", TRAINABLE) + ")");
            }
            if (layer.type().equals("max_pool") && layer.option("padding", 0) != 0) {
                throw wrong(layer, "padding of a max_pool is not supported here");
            }
            if (isPlace(layer)) {
                Choice choice;
                try {
                    choice = Choice.of(layer.activation());
                } catch (RuntimeException e) {
                    throw wrong(layer, "activation '" + layer.activation() + "' is not supported here");
                }
                // Nothing is built: it only says what cannot be a gate.
                add(Network.of(Shape.flat(1)), layer, choice);
            }
        }
        if (!model.loss().isEmpty()) {
            try {
                Loss.of(model.loss());
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        }
        if (places().isEmpty()) {
            throw new IllegalArgumentException(file + ": no layer has an activation");
        }
    }

    /**
     * Reads a description, or a profile by its name.
     *
     * @throws IllegalArgumentException in one line if something is wrong with it
     * @throws IOException if it cannot be read
     */
    public static Described of(Path file) throws IOException {
        var tree = Profiles.read(file);
        try {
            return new Described(file.toString(), ModelDescription.of(tree), false);
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            throw message.startsWith(file + ": ") ? e : new IllegalArgumentException(file + ": " + message, e);
        }
    }

    /**
     * The same network for data of any size: the shape of its input and the size of its last layer are those of the data.
     */
    public Described fitted() {
        return new Described(file, model, true);
    }

    private IllegalArgumentException wrong(LayerDescription layer, String words) {
        return new IllegalArgumentException(file + ": " + layer.name() + ": " + words);
    }

    private static boolean isPlace(LayerDescription layer) {
        return layer.type().equals("gated") || !OVER_OUTPUTS.contains(layer.activation());
    }

    private List<LayerDescription> activated() {
        return model.layers().stream().filter(Described::isPlace).toList();
    }

    @Override
    public List<String> places() {
        return activated().stream().map(LayerDescription::name).toList();
    }

    // Of one logit and two classes, cross-entropy with the other logit at 0 is bce_with_logits.
    @Override
    public String loss() {
        return model.loss().equals("bce_with_logits") && lastSize() == 1 ? "cross_entropy" : model.loss();
    }

    private int lastSize() {
        return model.layers().get(model.layers().size() - 1).size();
    }

    /** The activations that the description has. */
    public Candidate unchanged() {
        return new Candidate(
                "unchanged",
                activated().stream().map(layer -> Choice.of(layer.activation())).toList());
    }

    @Override
    public Network build(Shape data, int outputs, List<Choice> choices, Compute compute, long seed) {
        Network.Builder builder = Network.of(input(data));
        Iterator<Choice> next = choices.iterator();
        for (LayerDescription layer : layers(outputs)) {
            add(builder, layer, isPlace(layer) ? next.next() : null);
        }
        if (!fitted && lastSize() == 1 && outputs == 2) {
            builder.layer((unused, shape) -> new Logit(shape));
        }
        Network network;
        try {
            network = builder.build(compute, seed);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        if (network.outputs() != outputs) {
            throw new IllegalArgumentException(file + ": the network has " + network.outputs() + " outputs, the data "
                    + outputs + " classes" + HINT);
        }
        return network;
    }

    private List<LayerDescription> layers(int outputs) {
        List<LayerDescription> layers = new ArrayList<>(model.layers());
        LayerDescription last = layers.get(layers.size() - 1);
        if (fitted && last.size() != 0) {
            layers.set(layers.size() - 1, last.withSize(outputs));
        }
        return layers;
    }

    private void add(Network.Builder builder, LayerDescription layer, Choice choice) {
        try {
            if (layer.type().equals("gated")) {
                builder.gated(layer.size(), choice.asGate());
                return;
            }
            addPlain(builder, layer);
            switch (layer.activation()) {
                case "identity" -> {}
                case "softmax" -> builder.softmax();
                case "log_softmax" -> builder.logSoftmax();
                default -> choice.addTo(builder);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(layer, e.getMessage());
        }
    }

    private static void addPlain(Network.Builder builder, LayerDescription layer) {
        int kernel = layer.option("kernel", 3);
        switch (layer.type()) {
            case "dense" -> builder.dense(layer.size());
            case "convolution" ->
                builder.convolution(layer.size(), kernel, layer.option("padding", 0), layer.option("stride", 1));
            case "max_pool" ->
                builder.layer((compute, shape) ->
                        new MaxPool(compute, shape, kernel, layer.option("stride", layer.option("kernel", 2))));
            case "batch_norm" -> builder.batchNorm();
            case "layer_norm" -> builder.layerNorm();
            case "dropout" -> builder.dropout(layer.rate());
            // A dense layer takes an image as it is.
            default -> {}
        }
    }

    // The description's shape, where it fits the data: one channel more or less changes nothing in memory.
    private Shape input(Shape data) {
        List<Integer> input = model.input();
        if (fitted) {
            return input.size() == 1 ? Shape.flat(data.size()) : data;
        }
        Shape shape =
                switch (input.size()) {
                    case 0 -> data;
                    case 1 -> Shape.flat(input.get(0));
                    case 3 -> new Shape(input.get(1), input.get(2), input.get(0));
                    default ->
                        throw new IllegalArgumentException(
                                file + ": \"input\" must be [values] or [channels, height, width]");
                };
        boolean sameOrder = shape.equals(data)
                || shape.height() == 1 && shape.width() == 1
                || shape.channels() == 1 && data.height() == 1 && data.width() == 1;
        if (shape.size() != data.size() || !sameOrder) {
            throw new IllegalArgumentException(
                    file + ": the network takes " + shape + " values, the data have " + data + HINT);
        }
        return shape;
    }

    @Override
    public String describe() {
        String layers = model.layers().stream()
                .filter(layer -> !layer.type().equals("flatten"))
                .map(Described::words)
                .collect(Collectors.joining(", "));
        String input = fitted ? "fitted to the data, " : model.input().isEmpty() ? "" : "input " + model.input() + ", ";
        return (model.name().isEmpty() ? file : model.name()) + ": " + input + layers;
    }

    private static String words(LayerDescription layer) {
        List<String> words = new ArrayList<>();
        words.add(layer.type() + (layer.size() == 0 ? "" : " " + layer.size()));
        layer.options().forEach((name, value) -> words.add(name + " " + value));
        if (layer.type().equals("dropout")) {
            words.add("rate " + layer.rate());
        }
        if (!isPlace(layer) && !layer.activation().equals("identity")) {
            words.add(layer.activation());
        }
        return String.join(" ", words);
    }
}
