package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The values of {@code --param k=v}. */
final class ParameterOption {
    private ParameterOption() {}

    /** An element-wise function by its name, or its name with parameters in parentheses, and the options' values. */
    static Activation activation(String name, List<String> pairs) {
        return read(name, pairs, Activation::of, Activation::of);
    }

    /** A function over an axis, likewise. */
    static AxisFunction axisFunction(String name, List<String> pairs) {
        return read(name, pairs, AxisFunction::of, AxisFunction::of);
    }

    /** A loss, likewise; its name has no parentheses. */
    static Loss loss(String name, List<String> pairs) {
        return read(name, pairs, Loss::of, Loss::of);
    }

    private static <T> T read(
            String name,
            List<String> pairs,
            Function<String, T> plain,
            BiFunction<String, Map<String, Double>, T> full) {
        if (pairs.isEmpty()) {
            return plain.apply(name);
        }
        if (name.contains("(")) {
            throw new UsageException("argument --param beside parameters in parentheses is not supported");
        }
        return full.apply(name, values(pairs));
    }

    private static Map<String, Double> values(List<String> pairs) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--param " + pair + ": a name, '=' and a value are needed");
            }
            String key = pair.substring(0, equals);
            if (values.put(key, number(pair, pair.substring(equals + 1))) != null) {
                throw new UsageException("--param " + key + " is given twice");
            }
        }
        return values;
    }

    private static double number(String pair, String value) {
        return switch (value) {
            case "true" -> 1;
            case "false" -> 0;
            default -> {
                if (value.startsWith("@")) {
                    throw new UsageException("argument --param " + pair + " is not supported: it takes a number");
                }
                yield Numbers.parse(value, "--param " + pair);
            }
        };
    }
}
