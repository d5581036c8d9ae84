package dev.hillock.lab.study;

import dev.hillock.Activation;
import dev.hillock.GatedUnit;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.AxisOperationDefinition;
import dev.hillock.catalogue.AxisOperations;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.Losses;
import dev.hillock.catalogue.Names;
import dev.hillock.lab.net.Network;
import java.io.Serializable;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
        for (GatedDefinition known : GatedCatalogue.units()) {
            if (isIn(known.names(), text)) {
                return new Choice(known.name(), null, () -> GatedUnit.of(known.name()));
            }
        }
        requireElementwise(text);
        Activation activation = Activation.of(text);
        return new Choice(
                activation.toString(), builder -> builder.activation(activation), () -> GatedUnit.of(activation));
    }

    private static void requireElementwise(String text) {
        int open = text.indexOf('(');
        String bare = open < 0 ? text : text.substring(0, open);
        if (isIn(Catalogue.functions().stream().flatMap(Function::names), bare)) {
            return;
        }
        String reason;
        if (isIn(Losses.all().stream().flatMap(LossFunction::names), bare)) {
            reason = bare + " is a loss: use --loss";
        } else if (isIn(AxisCatalogue.functions().stream().flatMap(AxisDefinition::names), bare)
                || isIn(AxisOperations.all().stream().flatMap(AxisOperationDefinition::names), bare)) {
            reason = bare + " is a function over an axis: no activation of hidden layers";
        } else {
            // "nearest: none" would read as if there were no such name.
            reason = "nearest: "
                    + Names.nearest(
                            bare,
                            Catalogue.functions().stream()
                                    .flatMap(Function::names)
                                    .filter(name -> !name.equals("none")));
        }
        throw new NoSuchElementException("unknown function '" + bare + "' (" + reason + ")");
    }

    private static boolean isIn(Stream<String> names, String word) {
        String wanted = Names.normal(word);
        return names.anyMatch(name -> Names.normal(name).equals(wanted));
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
