package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.AxisOperation;
import dev.hillock.GateLayout;
import dev.hillock.GatedUnit;
import dev.hillock.Loss;
import dev.hillock.RandomizedRelu;
import dev.hillock.catalogue.Spellings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The values of {@code --param k=v}. */
final class ParameterOption {
    private ParameterOption() {}

    /** An element-wise function by its name, or its name with parameters in parentheses, and the options' values. */
    static Activation activation(String name, List<String> pairs) {
        return read(name, pairs, Activation::of);
    }

    /** rrelu in training if a seed is given, else null. */
    static RandomizedRelu randomizedRelu(String name, List<String> pairs) {
        return read(name, pairs, (bare, values) -> {
            Double seed = values.remove("seed");
            if (seed == null) {
                return null;
            }
            double[] bounds = Activation.of(bare, values).parameters();
            return RandomizedRelu.of(
                    values.getOrDefault("lower", bounds[0]), values.getOrDefault("upper", bounds[1]), seed.longValue());
        });
    }

    /** A function over an axis, likewise. */
    static AxisFunction axisFunction(String name, List<String> pairs) {
        return read(name, pairs, AxisFunction::of);
    }

    /** An operation over an axis, likewise. */
    static AxisOperation axisOperation(String name, List<String> pairs) {
        return read(name, pairs, AxisOperation::of);
    }

    /** A gated unit, with the layout of its halves. */
    static GatedUnit gatedUnit(String name, List<String> pairs) {
        Spelling spelling = Spelling.of(name);
        GatedUnit unit = GatedUnit.of(spelling.name() + "(" + String.join(", ", spelling.pairs(pairs)) + ")");
        if (unit.layout() == GateLayout.TWO_INPUTS) {
            throw new UsageException("argument layout=two_inputs is not supported: gate_first, value_first or"
                    + " interleaved_gate_first");
        }
        return unit;
    }

    /** A loss, likewise. */
    static Loss loss(String name, List<String> pairs) {
        return read(name, pairs, Loss::of);
    }

    /**
     * The parameters of an element-wise function in its order, as they were written: for computing in double, where the
     * activation's own, which are floats, would be too coarse.
     */
    static double[] unrounded(dev.hillock.catalogue.Function function, String name, List<String> pairs) {
        Map<String, Double> given = values(Spelling.of(name).pairs(pairs));
        return function.parameters().stream()
                .mapToDouble(parameter -> given.entrySet().stream()
                        .filter(entry -> parameter.isCalled(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseGet(parameter::defaultValue))
                .toArray();
    }

    /** Whether a parameter is given a value, in the name's parentheses or by an option. */
    static boolean has(String parameter, String name, List<String> pairs) {
        return Spelling.of(name).pairs(pairs).stream().anyMatch(pair -> pair.startsWith(parameter + "="));
    }

    // `elu(alpha=0.5)` says the same as `elu --param alpha=0.5`.
    private record Spelling(String name, List<String> inside) {
        static Spelling of(String text) {
            int open = text.indexOf('(');
            if (open < 0 || !text.endsWith(")")) {
                return new Spelling(text, List.of());
            }
            String inside = text.substring(open + 1, text.length() - 1);
            return new Spelling(
                    text.substring(0, open),
                    inside.isBlank()
                            ? List.of()
                            : Arrays.stream(inside.split(",")).map(String::trim).toList());
        }

        List<String> pairs(List<String> further) {
            return Stream.concat(inside.stream(), further.stream()).toList();
        }
    }

    private static <T> T read(String text, List<String> pairs, BiFunction<String, Map<String, Double>, T> create) {
        Spelling spelling = Spelling.of(text);
        return create.apply(spelling.name(), values(spelling.pairs(pairs)));
    }

    private static Map<String, Double> values(List<String> pairs) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--param " + pair + ": a name, '=' and a value are needed");
            }
            String key = pair.substring(0, equals);
            if (values.put(key, number(key, pair, pair.substring(equals + 1))) != null) {
                throw new UsageException("--param " + key + " is given twice");
            }
        }
        return values;
    }

    private static double number(String key, String pair, String value) {
        if (value.startsWith("@")) {
            throw new UsageException("argument --param " + pair + " is not supported: it takes a number");
        }
        Double word = Spellings.word(value);
        if (word != null) {
            return word;
        }
        Spellings.requireKnown(key, value);
        return Numbers.parse(value, "--param " + pair);
    }
}
