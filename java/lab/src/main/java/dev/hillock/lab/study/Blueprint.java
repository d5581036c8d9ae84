package dev.hillock.lab.study;

import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.io.Serializable;
import java.util.List;

/** A network that waits for its activations. */
public interface Blueprint extends Serializable {
    /** The places where an activation stands, by name, first to last. */
    List<String> places();

    /**
     * The network with these activations.
     *
     * @param choices one for each place
     * @throws IllegalArgumentException if it cannot be built for data of this shape
     */
    Network build(Shape input, int outputs, List<Choice> choices, Compute compute, long seed);

    /** The loss that goes with it, by name; empty where the network names none. */
    default String loss() {
        return "";
    }

    /** Everything that decides what is built but the activations, in words. */
    String describe();
}
