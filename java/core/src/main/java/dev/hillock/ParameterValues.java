package dev.hillock;

import dev.hillock.catalogue.Names;
import dev.hillock.catalogue.Parameter;
import dev.hillock.catalogue.Spellings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Parameters by name: read, checked, printed. */
final class ParameterValues {
    private ParameterValues() {}

    // A name with the parameters that were written behind it.
    record Spelling(String name, Map<String, String> words) {
        // What a parameter is that is not among the formula's; null if it was not written.
        String take(String parameter) {
            return words.remove(parameter);
        }

        // The axis; null if it was not written.
        Integer takeAxis() {
            String word = take("axis");
            if (word == null) {
                return null;
            }
            double number = number("axis", word);
            if (number != (int) number) {
                throw new IllegalArgumentException(name + ": parameter axis must be a whole number");
            }
            return (int) number;
        }

        // What is written behind the name, as numbers.
        Map<String, Double> values() {
            Map<String, Double> values = new LinkedHashMap<>();
            words.forEach((parameter, word) -> values.put(parameter, number(parameter, word)));
            return values;
        }

        private static double number(String parameter, String word) {
            Double meant = Spellings.word(word);
            try {
                return meant != null ? meant : Double.parseDouble(word);
            } catch (NumberFormatException e) {
                Spellings.requireKnown(parameter, word);
                throw new IllegalArgumentException("parameter '" + parameter + "=" + word + "' is not a number", e);
            }
        }
    }

    // Reads `name` or `name(key=value, …)`.
    static Spelling spelling(String text) {
        Checks.notNull("text", text);
        Map<String, String> words = new LinkedHashMap<>();
        for (String pair : inside(text)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("parameter '" + pair + "' has no value");
            }
            String parameter = pair.substring(0, equals).trim();
            if (words.put(parameter, pair.substring(equals + 1).trim()) != null) {
                throw new IllegalArgumentException("parameter '" + parameter + "' is given twice");
            }
        }
        return new Spelling(hasInside(text) ? Names.bare(text).trim() : text, words);
    }

    private static boolean hasInside(String text) {
        return text.indexOf('(') >= 0 && text.trim().endsWith(")");
    }

    // What stands in the outermost parentheses, cut at the commas that are in no others.
    static List<String> inside(String text) {
        List<String> parts = new ArrayList<>();
        if (!hasInside(text)) {
            return parts;
        }
        String inside =
                text.trim().substring(text.trim().indexOf('(') + 1, text.trim().length() - 1);
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(inside.substring(start, i).trim());
                start = i + 1;
            }
        }
        if (!inside.isBlank()) {
            parts.add(inside.substring(start).trim());
        }
        return parts;
    }

    // A text with one more parameter behind it.
    static String with(String text, String parameter, Object value) {
        return text.endsWith(")")
                ? text.substring(0, text.length() - 1) + ", " + parameter + "=" + value + ")"
                : text + "(" + parameter + "=" + value + ")";
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
