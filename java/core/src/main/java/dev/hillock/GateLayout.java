package dev.hillock;

import dev.hillock.catalogue.Names;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a gated unit finds its two halves. Families of models disagree, so it is never implied by a name alone. */
public enum GateLayout {
    /** Gate and value are two arrays. */
    TWO_INPUTS,
    /** One array; along the axis the first half is the gate. */
    GATE_FIRST,
    /** One array; along the axis the first half is the value. */
    VALUE_FIRST,
    /** One array; along the axis gate and value take turns, the gate first. */
    INTERLEAVED_GATE_FIRST;

    /** Its name in lower snake case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The layout of a word, read as names of functions are.
     *
     * @throws IllegalArgumentException listing the known words if there is no such layout
     */
    public static GateLayout of(String word) {
        Checks.notNull("word", word);
        return Arrays.stream(values())
                .filter(layout -> Names.normal(layout.name()).equals(Names.normal(word)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown layout '" + word + "' (known: "
                        + Arrays.stream(values()).map(GateLayout::word).collect(Collectors.joining(", ")) + ")"));
    }
}
