package dev.hillock.catalogue;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which part of the catalogue a name belongs to; no name belongs to two. */
public enum Kind {
    ELEMENTWISE(() -> Catalogue.functions().stream().flatMap(Function::names)),
    OVER_AN_AXIS(() -> AxisCatalogue.functions().stream().flatMap(AxisDefinition::names)),
    /** An operation over an axis that only Java has, or that changes the length. */
    AXIS_OPERATION(() -> AxisOperations.all().stream().flatMap(AxisOperationDefinition::names)),
    GATED(() -> GatedCatalogue.units().stream().flatMap(GatedDefinition::names)),
    FUSED(() -> FusedCatalogue.operations().stream().map(FusedCatalogue.Operation::name)),
    LOSS(() -> Losses.all().stream().flatMap(LossFunction::names));

    private final Supplier<Stream<String>> names;

    Kind(Supplier<Stream<String>> names) {
        this.names = names;
    }

    /** The names and aliases of everything of this kind. */
    public Stream<String> names() {
        return names.get();
    }

    /**
     * Whether a text names something of this kind, read as {@link Names} does; parameters in parentheses behind the name
     * do not matter.
     */
    public boolean has(String text) {
        return Names.isOneOf(text, names());
    }
}
