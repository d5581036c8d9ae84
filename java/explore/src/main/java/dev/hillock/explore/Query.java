package dev.hillock.explore;

import dev.hillock.Activation;
import dev.hillock.catalogue.Names;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields behind the question mark, checked: what is not understood is refused in one sentence. */
final class Query {
    private static final int LONGEST = 1000;

    private final Map<String, String> fields = new LinkedHashMap<>();

    private Query() {}

    /**
     * Reads a raw query.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Query of(String raw) {
        Query query = new Query();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        if (raw.length() > LONGEST) {
            throw new IllegalArgumentException("the query is longer than " + LONGEST + " characters");
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("field '" + decoded(pair) + "' has no value");
            }
            String name = decoded(pair.substring(0, equals));
            if (query.fields.put(name, decoded(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("field '" + name + "' is given twice");
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Takes a field out. */
    String take(String name) {
        String value = fields.remove(name);
        if (value == null) {
            throw new IllegalArgumentException("field '" + name + "' is missing");
        }
        return value;
    }

    /** Takes a whole number out. */
    int takeInteger(String name, int from, int to) {
        String word = take(name);
        try {
            int value = Integer.parseInt(word);
            if (value >= from && value <= to) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, as numbers out of range are.
        }
        throw new IllegalArgumentException(
                "field '" + name + "' must be a whole number from " + from + " to " + to + ", not '" + word + "'");
    }

    /** Takes a positive number out. */
    double takePositive(String name, double from, double to) {
        double value = number(name, take(name));
        if (!(value >= from && value <= to)) {
            throw new IllegalArgumentException("field '" + name + "' must be from " + from + " to " + to);
        }
        return value;
    }

    /** Takes finite numbers out that are separated by commas. */
    float[] takeNumbers(String name, int most) {
        String[] words = take(name).split(",", -1);
        if (words.length > most) {
            throw new IllegalArgumentException("field '" + name + "' has more than " + most + " numbers");
        }
        float[] values = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = (float) number(name, words[i]);
        }
        return values;
    }

    /** Takes a word of an enumeration out. */
    <E extends Enum<E>> E takeWord(String name, Class<E> words) {
        String word = take(name);
        StringBuilder known = new StringBuilder();
        for (E value : words.getEnumConstants()) {
            if (Names.normal(value.name()).equals(Names.normal(word))) {
                return value;
            }
            known.append(known.length() == 0 ? "" : ", ").append(Names.normal(value.name()));
        }
        throw new IllegalArgumentException("field '" + name + "': unknown word '" + word + "' (known: " + known + ")");
    }

    /** Takes the field {@code function} and all that is left as its parameters. */
    Activation takeActivation() {
        String name = take("function");
        Map<String, Double> parameters = new LinkedHashMap<>();
        fields.forEach((field, word) -> parameters.put(field, number(field, word)));
        fields.clear();
        return Activation.of(name, parameters);
    }

    private static double number(String name, String word) {
        double value;
        try {
            value = Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("field '" + name + "': '" + word + "' is not a number", e);
        }
        if (!Float.isFinite((float) value)) {
            throw new IllegalArgumentException("field '" + name + "': '" + word + "' is not finite");
        }
        return value;
    }

    /** Refuses what was not taken. */
    void end() {
        if (!fields.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown field '" + fields.keySet().iterator().next() + "'");
        }
    }
}
