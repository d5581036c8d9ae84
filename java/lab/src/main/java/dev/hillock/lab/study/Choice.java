package dev.hillock.lab.study;

import dev.hillock.Activation;
import dev.hillock.catalogue.Names;
import dev.hillock.lab.net.Network;
import java.io.Serializable;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What stands in one place of a network: a function of the catalogue, or one whose parameter is learned. */
public final class Choice implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Map<String, Choice> LEARNED = Map.of(
            "prelu", new Choice("prelu", builder -> builder.prelu(false)),
            "prelu(perchannel)", new Choice("prelu(per_channel)", builder -> builder.prelu(true)),
            "swish(beta=learned)", new Choice("swish(beta=learned)", Network.Builder::swish));

    private final String name;
    private final transient UnaryOperator<Network.Builder> layer;

    private Choice(String name, UnaryOperator<Network.Builder> layer) {
        this.name = name;
        this.layer = layer;
    }

    /**
     * A function's name with its parameters, {@code prelu} (one learned slope), {@code prelu(per_channel)} (one per unit
     * or channel), or {@code swish(beta=learned)}.
     *
     * @throws java.util.NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is wrong
     */
    public static Choice of(String text) {
        Choice learned = LEARNED.get(Names.normal(text));
        if (learned != null) {
            return learned;
        }
        Activation activation = Activation.of(text);
        return new Choice(activation.toString(), builder -> builder.activation(activation));
    }

    // What travels is the name.
    private Object readResolve() {
        return of(name);
    }

    Network.Builder addTo(Network.Builder builder) {
        return layer.apply(builder);
    }

    /** A form that {@link #of} reads. */
    @Override
    public String toString() {
        return name;
    }
}
