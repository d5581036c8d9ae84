package dev.hillock.cli;

import dev.hillock.Activation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of {@code --param k=v}. */
final class ParameterOption {
    private ParameterOption() {}

    /** A function by its name, or by its name with parameters in parentheses, and the values of the options. */
    static Activation activation(String name, List<String> pairs) {
        if (pairs.isEmpty()) {
            return Activation.of(name);
        }
        if (name.contains("(")) {
            throw new UsageException("argument --param beside parameters in parentheses is not supported");
        }
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
        return Activation.of(name, values);
    }

    private static double number(String pair, String value) {
        if (value.startsWith("@")) {
            throw new UsageException("argument --param " + pair + " is not supported: it takes a number");
        }
        return Numbers.parse(value, "--param " + pair);
    }
}
