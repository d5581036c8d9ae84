package dev.hillock.model;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * One layer of a described network.
 *
 * @param name what it is called; {@code layer 3} where the file says nothing
 * @param type one of {@link #TYPES}
 * @param size units, or filters of a convolution; 0 for layers that have none
 * @param activation with its parameters, for example {@code leaky_relu(alpha=0.2)}; {@code identity} if there is none;
 *     for {@code gated} that of the gate
 * @param rate the share that {@code dropout} drops; 0 for all others
 * @param options whole numbers by name: {@code kernel}, {@code stride}, {@code padding}, {@code heads}, …
 */
public record LayerDescription(
        String name, String type, int size, String activation, double rate, Map<String, Integer> options)
        implements Serializable {
    /** The types of layers; {@code gated} is two projections, one activated and multiplied with the other. */
    public static final List<String> TYPES = List.of(
            "dense",
            "gated",
            "convolution",
            "max_pool",
            "attention",
            "embedding",
            "batch_norm",
            "layer_norm",
            "dropout",
            "flatten");

    /** The types that need a size. */
    static final List<String> SIZED = List.of("dense", "gated", "convolution", "embedding");

    /** The same layer of another size. */
    public LayerDescription withSize(int other) {
        return new LayerDescription(name, type, other, activation, rate, options);
    }

    /** An option, or what it is otherwise. */
    public int option(String option, int otherwise) {
        return options.getOrDefault(option, otherwise);
    }
}
