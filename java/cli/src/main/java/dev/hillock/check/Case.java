package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.catalogue.Direction;

/** One function with its parameters, in one direction, on elements of a type: floats or doubles. */
public record Case(Activation activation, Direction direction, ElementType type) {
    /** The case of floats. */
    public Case(Activation activation, Direction direction) {
        this(activation, direction, ElementType.FLOAT32);
    }

    /** The line of the golden hashes: function with parameters and direction, without spaces. */
    String key() {
        return activation.toString().replace(" ", "") + " " + direction.name().toLowerCase(java.util.Locale.ROOT);
    }
}
