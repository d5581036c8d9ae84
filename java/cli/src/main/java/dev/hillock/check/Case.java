package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.catalogue.Direction;

/** One function with its parameters, in one direction. */
public record Case(Activation activation, Direction direction) {
    /** The line of the golden hashes: function with parameters and direction, without spaces. */
    String key() {
        return activation.toString().replace(" ", "") + " " + direction.name().toLowerCase(java.util.Locale.ROOT);
    }
}
