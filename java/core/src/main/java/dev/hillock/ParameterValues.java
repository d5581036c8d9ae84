package dev.hillock;

import dev.hillock.catalogue.Parameter;
import dev.hillock.catalogue.Spellings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Parameters by name: read, checked, printed. */
final class ParameterValues {
    private ParameterValues() {}

    // A name with the parameters that were written behind it.
    record Spelling(String name, Map<String, Double> values) {}

    // Reads `name` or `name(key=value, …)`.
    static Spelling spelling(String text) {
        Checks.notNull("text", text);
        int open = text.indexOf('(');
        if (open < 0 || !text.trim().endsWith(")")) {
            return new Spelling(text, Map.of());
        }
        Map<String, Double> values = new LinkedHashMap<>();
        String inside = text.trim().substring(open + 1, text.trim().length() - 1);
        for (String pair : inside.isBlank() ? new String[0] : inside.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("parameter '" + pair.trim() + "' has no value");
            }
            String value = pair.substring(equals + 1).trim();
            Double word = Spellings.word(value);
            try {
                values.put(pair.substring(0, equals).trim(), word != null ? word : Double.valueOf(value));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("parameter '" + pair.trim() + "' is not a number", e);
            }
        }
        return new Spelling(text.substring(0, open).trim(), values);
    }

    // Values in the parameters' order; those that are not given take their defaults.
    static double[] of(String owner, List<Parameter> parameters, Map<String, ? extends Number> given) {
        double[] values = new double[parameters.size()];
        Arrays.fill(values, Double.NaN);
        for (Map.Entry<String, ? extends Number> entry : given.entrySet()) {
            double value = entry.getValue().doubleValue();
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException(owner + ": parameter " + entry.getKey() + " is NaN");
            }
            values[index(owner, parameters, entry.getKey())] = value;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = checked(owner, parameters.get(i), values[i]);
        }
        return values;
    }

    private static int index(String owner, List<Parameter> parameters, String word) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).isCalled(word)) {
                return i;
            }
        }
        String known =
                String.join(", ", parameters.stream().map(Parameter::name).toList());
        throw new IllegalArgumentException("unknown parameter '" + word + "' of " + owner
                + (known.isEmpty() ? " (it has none)" : " (nearest: " + known + ")"));
    }

    private static double checked(String owner, Parameter parameter, double given) {
        double value = given;
        if (Double.isNaN(value)) {
            if (parameter.defaultValue() == null) {
                throw new IllegalArgumentException(owner + ": parameter " + parameter.name() + " must be given");
            }
            value = parameter.defaultValue();
        }
        if (!Double.isFinite((float) value) && !(parameter.infinite() && Double.isInfinite(value))) {
            throw new IllegalArgumentException(owner + ": parameter " + parameter.name() + " must be finite");
        }
        if (value < parameter.minimum()) {
            throw new IllegalArgumentException(
                    owner + ": parameter " + parameter.name() + " must be at least " + parameter.minimum());
        }
        return value;
    }

    // The owner's name with the parameters that differ from their defaults, as `name(key=value, …)`.
    static String text(String owner, List<Parameter> parameters, double[] values) {
        StringJoiner text = new StringJoiner(", ", owner + "(", ")").setEmptyValue(owner);
        for (int i = 0; i < values.length; i++) {
            Parameter parameter = parameters.get(i);
            if (parameter.defaultValue() == null || values[i] != parameter.defaultValue()) {
                text.add(parameter.name() + "=" + values[i]);
            }
        }
        return text.toString();
    }
}
