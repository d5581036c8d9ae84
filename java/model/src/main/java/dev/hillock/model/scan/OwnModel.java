package dev.hillock.model.scan;

import dev.hillock.model.LayerDescription;
import dev.hillock.model.ModelDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hillock's own descriptions; shapes are followed from layer to layer as far as they are given. */
final class OwnModel {
    private static final Map<String, String> UNITS =
            Map.of("silu", "swiglu", "gelu", "geglu", "gelu_tanh", "geglu_tanh", "relu", "reglu", "sigmoid", "glu");

    private OwnModel() {}

    static Model model(ModelDescription description) {
        List<Use> uses = new ArrayList<>();
        List<Integer> shape = description.input();
        Model.Kind kind = Model.Kind.OTHER;
        for (LayerDescription layer : description.layers()) {
            shape = shape(shape, layer);
            if (layer.type().equals("convolution")) {
                kind = Model.Kind.CONVOLUTIONAL;
            } else if (layer.type().equals("gated") || layer.type().equals("attention")) {
                kind = Model.Kind.TRANSFORMER;
            }
            if (!layer.activation().equals("identity")) {
                uses.add(use(layer, shape));
            }
        }
        LayerDescription last = description.layers().get(description.layers().size() - 1);
        return new Model(
                "Hillock description",
                description.name(),
                kind,
                uses,
                last.activation(),
                description.loss().isEmpty() ? null : description.loss(),
                last.type().equals("dense") ? last.size() : 0,
                "");
    }

    private static Use use(LayerDescription layer, List<Integer> shape) {
        Long elements = shape.isEmpty()
                ? null
                : shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        String unit = layer.type().equals("gated") ? UNITS.get(layer.activation()) : null;
        return unit == null
                ? new Use(layer.name(), layer.activation(), layer.activation(), elements, "")
                : new Use(layer.name(), layer.activation(), unit, elements, "gated");
    }

    // An empty list once the shape is no longer known.
    private static List<Integer> shape(List<Integer> shape, LayerDescription layer) {
        return switch (layer.type()) {
            case "dense", "gated" -> List.of(layer.size());
            case "convolution" -> window(shape, layer, layer.size(), 1);
            case "max_pool" -> window(shape, layer, shape.isEmpty() ? 0 : shape.get(0), layer.option("kernel", 2));
            default -> shape;
        };
    }

    private static List<Integer> window(List<Integer> shape, LayerDescription layer, int channels, int otherwise) {
        if (shape.size() != 3) {
            return List.of();
        }
        int kernel = layer.option("kernel", 3);
        int stride = Math.max(1, layer.option("stride", otherwise));
        int padding = layer.option("padding", 0);
        long height = (shape.get(1) + 2L * padding - kernel) / stride + 1;
        long width = (shape.get(2) + 2L * padding - kernel) / stride + 1;
        if (height < 1 || width < 1 || height > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(layer.name() + ": its window does not fit into " + shape);
        }
        return List.of(channels, (int) height, (int) width);
    }
}
