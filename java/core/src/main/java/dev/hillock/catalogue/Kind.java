package dev.hillock.catalogue;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which part of the catalogue a name belongs to; no name belongs to two. */
public enum Kind {
    ELEMENTWISE("an element-wise function: use Activation", () -> Catalogue.functions().stream()
            .flatMap(Function::names)),
    OVER_AN_AXIS("a function over an axis: use AxisFunction", () -> AxisCatalogue.functions().stream()
            .flatMap(AxisDefinition::names)),
    /** An operation over an axis that only Java has, or that changes the length. */
    AXIS_OPERATION("an operation over an axis: use AxisOperation", () -> AxisOperations.all().stream()
            .flatMap(AxisOperationDefinition::names)),
    GATED("a gated unit: use GatedUnit", () -> GatedCatalogue.units().stream().flatMap(GatedDefinition::names)),
    FUSED("a fused operation: FusedCatalogue says of which class", () -> FusedCatalogue.operations().stream()
            .map(FusedCatalogue.Operation::name)),
    LOSS("a loss: use Loss", () -> Losses.all().stream().flatMap(LossFunction::names));

    private static final List<String> PRELU = List.of("prelu", "parametric_relu");

    // What such a thing is, and where it is.
    private final String words;
    private final Supplier<Stream<String>> names;

    Kind(String words, Supplier<Stream<String>> names) {
        this.words = words;
        this.names = names;
    }

    // The answer to a name that is not among the known ones: where else it is, or else the nearest.
    static NoSuchElementException unknown(String what, String name, Stream<String> known) {
        Stream<String> here = is(name, PRELU.stream())
                ? Stream.of("a function with learned slopes: use Prelu")
                : Stream.of(values()).filter(kind -> is(name, kind.names())).map(kind -> kind.words);
        String hint = here.findFirst()
                .map(words -> name + " is " + words)
                .orElseGet(() -> "nearest: " + Names.nearest(name, known));
        return new NoSuchElementException("unknown " + what + " '" + name + "' (" + hint + ")");
    }

    private static boolean is(String name, Stream<String> names) {
        return names.anyMatch(known -> Names.normal(known).equals(Names.normal(name)));
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
