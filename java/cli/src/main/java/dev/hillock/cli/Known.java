package dev.hillock.cli;

import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.AxisOperationDefinition;
import dev.hillock.catalogue.AxisOperations;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.FusedCatalogue;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.Losses;
import dev.hillock.catalogue.Names;
import java.util.stream.Stream;

/** Which part of the catalogue a name belongs to; parameters in parentheses behind it do not matter. */
final class Known {
    private Known() {}

    private static Stream<String> elementwise() {
        return Catalogue.functions().stream().flatMap(Function::names);
    }

    private static Stream<String> overAnAxis() {
        return AxisCatalogue.functions().stream().flatMap(AxisDefinition::names);
    }

    private static Stream<String> losses() {
        return Losses.all().stream().flatMap(LossFunction::names);
    }

    /** The parametric ReLU, whose alpha may be an array. */
    static boolean isPrelu(String text) {
        return isIn(prelu(), text);
    }

    /** The randomised ReLU, which draws slopes where a seed is given. */
    static boolean isRandomizedRelu(String text) {
        return isIn(Catalogue.function("rrelu").names(), text);
    }

    private static Stream<String> prelu() {
        return Stream.of("prelu", "parametric_relu");
    }

    static boolean isElementwise(String text) {
        return isIn(elementwise(), text);
    }

    static boolean isOverAnAxis(String text) {
        return isIn(overAnAxis(), text);
    }

    /** An operation over an axis that only Java has, or that changes the length. */
    static boolean isAxisOperation(String text) {
        return isIn(axisOperations(), text);
    }

    private static Stream<String> axisOperations() {
        return AxisOperations.all().stream().flatMap(AxisOperationDefinition::names);
    }

    static boolean isGated(String text) {
        return isIn(gated(), text);
    }

    private static Stream<String> gated() {
        return GatedCatalogue.units().stream().flatMap(GatedDefinition::names);
    }

    static boolean isLoss(String text) {
        return isIn(losses(), text);
    }

    private static boolean isFused(String text) {
        return isIn(FusedCatalogue.operations().stream().map(FusedCatalogue.Operation::name), text);
    }

    private static boolean isIn(Stream<String> names, String text) {
        String wanted = Names.normal(bare(text));
        return names.anyMatch(name -> Names.normal(name).equals(wanted));
    }

    private static String bare(String text) {
        int open = text.indexOf('(');
        return open < 0 ? text : text.substring(0, open);
    }

    /** No function that the command takes. */
    static UsageException unknownFunction(String text) {
        return unknown("function", text, functions());
    }

    /** No loss. */
    static UsageException unknownLoss(String text) {
        return unknown("loss", text, losses());
    }

    /** Nowhere in the catalogue. */
    static UsageException unknownEntry(String text) {
        return unknown("function", text, Stream.concat(functions(), losses()));
    }

    /** What a command does not take: what else it is, or the nearest of the names that it takes. */
    static UsageException unknown(String kind, String text, Stream<String> taken) {
        String elsewhere = elsewhere(text);
        return elsewhere == null
                ? UsageException.unknown(kind, text, nearest(text, taken))
                : new UsageException("unknown " + kind + " '" + text + "' (" + bare(text) + " is " + elsewhere + ")");
    }

    private static String elsewhere(String text) {
        if (isLoss(text)) {
            return "a loss: use hillock loss";
        }
        if (isGated(text)) {
            return "a gated unit: use hillock apply";
        }
        if (isOverAnAxis(text) || isAxisOperation(text)) {
            return "a function over an axis: use hillock apply";
        }
        if (isElementwise(text) || isPrelu(text)) {
            return "an element-wise function: use hillock apply";
        }
        return isFused(text) ? "a fused operation: use the API" : null;
    }

    // "nearest: none" would read as if there were no such name.
    private static String nearest(String text, Stream<String> names) {
        return Names.nearest(bare(text), names.map(Known::bare).filter(name -> !name.equals("none")));
    }

    private static Stream<String> functions() {
        return Stream.of(elementwise(), prelu(), overAnAxis(), axisOperations(), gated())
                .flatMap(names -> names);
    }
}
