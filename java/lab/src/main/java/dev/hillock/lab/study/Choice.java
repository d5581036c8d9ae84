package dev.hillock.lab.study;

import dev.hillock.Activation;
import dev.hillock.GatedUnit;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.Kind;
import dev.hillock.catalogue.Names;
import dev.hillock.lab.net.Network;
import java.io.Serializable;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What stands in one place of a network: a function of the catalogue, or one whose parameter is learned. */
public final class Choice implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Map<String, Choice> LEARNED = Map.of(
            "prelu", new Choice("prelu", builder -> builder.prelu(false), null),
            "prelu(perchannel)", new Choice("prelu(per_channel)", builder -> builder.prelu(true), null),
            "swish(beta=learned)", new Choice("swish(beta=learned)", Network.Builder::swish, null));

    private final String name;
    // As a layer behind another, and as the gate of a gated layer; null where it cannot be that.
    private final transient UnaryOperator<Network.Builder> layer;
    private final transient Supplier<GatedUnit> unit;

    private Choice(String name, UnaryOperator<Network.Builder> layer, Supplier<GatedUnit> unit) {
        this.name = name;
        this.layer = layer;
        this.unit = unit;
    }

    /**
     * A function's name with its parameters, {@code prelu} (one learned slope), {@code prelu(per_channel)} (one per unit
     * or channel), {@code swish(beta=learned)}, or, for the gated layers of a description, a gated unit.
     *
     * @throws java.util.NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is wrong
     */
    public static Choice of(String text) {
        Choice learned = LEARNED.get(Names.normal(text));
        if (learned != null) {
            return learned;
        }
        // A gated unit takes no parameters.
        if (Kind.GATED.has(text) && !text.contains("(")) {
            String name = GatedCatalogue.unit(text).name();
            return new Choice(name, null, () -> GatedUnit.of(name));
        }
        requireElementwise(text);
        Activation activation = Activation.of(text);
        return new Choice(
                activation.toString(), builder -> builder.activation(activation), () -> GatedUnit.of(activation));
    }

    private static void requireElementwise(String text) {
        if (Kind.ELEMENTWISE.has(text)) {
            return;
        }
        String bare = Names.bare(text);
        String reason;
        if (Kind.LOSS.has(text)) {
            reason = bare + " is a loss: use --loss";
        } else if (Kind.OVER_AN_AXIS.has(text) || Kind.AXIS_OPERATION.has(text)) {
            reason = bare + " is a function over an axis: no activation of hidden layers";
        } else {
            reason = "nearest: " + Names.nearest(bare, Kind.ELEMENTWISE.names());
        }
        throw new NoSuchElementException("unknown function '" + bare + "' (" + reason + ")");
    }

    // What travels is the name.
    private Object readResolve() {
        return of(name);
    }

    /** @throws IllegalArgumentException if it is a gated unit */
    Network.Builder addTo(Network.Builder builder) {
        if (layer == null) {
            throw new IllegalArgumentException(
                    name + " is a gated unit: it needs a layer of type gated in a model description");
        }
        return layer.apply(builder);
    }

    /** @throws IllegalArgumentException if it cannot be a gate */
    GatedUnit asGate() {
        if (unit == null) {
            throw new IllegalArgumentException(name + " cannot be the gate of a gated layer");
        }
        return unit.get();
    }

    /** A form that {@link #of} reads. */
    @Override
    public String toString() {
        return name;
    }
}
