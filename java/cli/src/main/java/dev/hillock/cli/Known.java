package dev.hillock.cli;

import dev.hillock.bench.Case;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Kind;
import dev.hillock.catalogue.Names;
import java.util.stream.Stream;

/** Names that a command treats in its own way, and what is said of one that it does not take. */
final class Known {
    private Known() {}

    /** The parametric ReLU, whose alpha may be an array. */
    static boolean isPrelu(String text) {
        return Names.isOneOf(text, prelu());
    }

    private static Stream<String> prelu() {
        return Stream.of("prelu", "parametric_relu");
    }

    /** The randomised ReLU, which draws slopes where a seed is given. */
    static boolean isRandomizedRelu(String text) {
        return Names.isOneOf(text, Catalogue.function("rrelu").names());
    }

    /** No function that the command takes. */
    static UsageException unknownFunction(String text) {
        return unknown("function", text, functions());
    }

    /** No loss. */
    static UsageException unknownLoss(String text) {
        return unknown("loss", text, Kind.LOSS.names());
    }

    /** A loss, of a command that has none or not this one. */
    static UsageException lossNotOf(String command, String text) {
        return new UsageException("unknown function '" + text + "' (" + text + " is a loss that " + command
                + " does not have; losses of bench: " + String.join(", ", Case.LOSSES) + ")");
    }

    /** Nowhere in the catalogue. */
    static UsageException unknownEntry(String text) {
        return unknown("function", text, Stream.concat(functions(), Kind.LOSS.names()));
    }

    private static Stream<String> functions() {
        return Stream.of(
                        Kind.ELEMENTWISE.names(),
                        prelu(),
                        Kind.OVER_AN_AXIS.names(),
                        Kind.AXIS_OPERATION.names(),
                        Kind.GATED.names())
                .flatMap(names -> names);
    }

    /** What a command does not take: what else it is, or the nearest of the names that it takes. */
    static UsageException unknown(String kind, String text, Stream<String> taken) {
        String bare = Names.bare(text);
        String elsewhere = elsewhere(text);
        return elsewhere == null
                ? UsageException.unknown(kind, text, Names.nearest(bare, taken.map(Names::bare)))
                : new UsageException("unknown " + kind + " '" + text + "' (" + bare + " is " + elsewhere + ")");
    }

    private static String elsewhere(String text) {
        if (Kind.LOSS.has(text)) {
            return "a loss: use hillock loss";
        }
        if (Kind.GATED.has(text)) {
            return "a gated unit: use hillock apply";
        }
        if (Kind.OVER_AN_AXIS.has(text) || Kind.AXIS_OPERATION.has(text)) {
            return "a function over an axis: use hillock apply";
        }
        if (Kind.ELEMENTWISE.has(text) || isPrelu(text)) {
            return "an element-wise function: use hillock apply";
        }
        return Kind.FUSED.has(text) ? "a fused operation: use the API" : null;
    }
}
