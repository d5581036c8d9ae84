package dev.hillock.catalogue;

import dev.hillock.GateLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One gated unit, act(gate) * value.
 *
 * @param name its name in lower snake case
 * @param aliases other names
 * @param activation what the gate passes through, as the element-wise catalogue calls it
 * @param general what it passes through where parameters are given: the function that the activation is a case of, or
 *     the activation
 * @param layout which half is the gate where one array holds both
 * @param text the formula
 * @param derivative the gradients as text
 * @param limit infinite, or what the gate is cut off at from above and the value, to which 1 is then added, on both sides
 */
public record GatedDefinition(
        String name,
        List<String> aliases,
        String activation,
        String general,
        GateLayout layout,
        String text,
        String derivative,
        float limit) {
    /** Whether gate and value are cut off. */
    public boolean isClamped() {
        return limit != Float.POSITIVE_INFINITY;
    }

    /** The parameters: those of the general function. */
    public List<Parameter> parameters() {
        return Catalogue.function(general).parameters();
    }

    /** What it costs an element, in times of relu, where that was measured. */
    public Optional<Cost> relativeCost() {
        return Cost.of(name);
    }

    /** The name and the aliases. */
    public Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    @Override
    public String toString() {
        return name;
    }
}
