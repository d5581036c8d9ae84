package dev.hillock.cli;

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

    private static boolean isIn(Stream<String> names, String text) {
        String wanted = Names.normal(bare(text));
        return names.anyMatch(name -> Names.normal(name).equals(wanted));
    }

    private static String bare(String text) {
        int open = text.indexOf('(');
        return open < 0 ? text : text.substring(0, open);
    }

    /** Neither element-wise nor over an axis. */
    static UsageException unknownFunction(String text) {
        return UsageException.unknown("function", text, Names.nearest(bare(text), functions()));
    }

    /** Nowhere in the catalogue. */
    static UsageException unknownEntry(String text) {
        return UsageException.unknown(
                "function", text, Names.nearest(bare(text), Stream.concat(functions(), losses())));
    }

    /** Those of some names that are like a text, whose parameters do not matter. */
    static String nearest(String text, Stream<String> names) {
        return Names.nearest(bare(text), names.map(Known::bare));
    }

    private static Stream<String> functions() {
        return Stream.of(elementwise(), prelu(), overAnAxis(), axisOperations(), gated())
                .flatMap(names -> names);
    }
}
