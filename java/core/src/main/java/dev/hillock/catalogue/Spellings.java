package dev.hillock.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Other frameworks' ways to name a function by a parameter: {@code gelu(approximate=tanh)} is {@code gelu_tanh} and
 * {@code swish(beta=2)} is {@code swish_beta(beta=2)}.
 */
public final class Spellings {
    private static final String APPROXIMATE = "approximate";
    private static final Map<String, Double> WORDS = Map.of("true", 1.0, "false", 0.0, "none", 0.0, "tanh", 1.0);

    /**
     * What a spelling means.
     *
     * @param name of a function of the catalogue, or what was given
     * @param values its parameters
     */
    public record Meaning(String name, Map<String, ? extends Number> values) {}

    private Spellings() {}

    /** The number that a word stands for as a parameter's value; null if there is none. */
    public static Double word(String word) {
        return WORDS.get(word);
    }

    /**
     * Checks a word that is no number.
     *
     * @throws IllegalArgumentException naming the known ones if the parameter is one that takes words
     */
    public static void requireKnown(String parameter, String word) {
        if (parameter.equals(APPROXIMATE) && !WORDS.containsKey(word)) {
            throw new IllegalArgumentException(
                    "parameter '" + APPROXIMATE + "' is 'none' or 'tanh', not '" + word + "'");
        }
    }

    /**
     * What a name means with these parameters.
     *
     * @throws IllegalArgumentException if {@code approximate} is neither 0 nor 1
     */
    public static Meaning meaning(String name, Map<String, ? extends Number> values) {
        String normal = Names.normal(name);
        if (normal.equals("gelu") && values.containsKey(APPROXIMATE)) {
            Map<String, Number> others = new LinkedHashMap<>(values);
            double number = others.remove(APPROXIMATE).doubleValue();
            if (number != 0 && number != 1) {
                requireKnown(APPROXIMATE, String.valueOf(number));
            }
            return new Meaning(number == 1 ? "gelu_tanh" : name, others);
        }
        if (normal.equals("swish") && values.containsKey("beta")) {
            return new Meaning("swish_beta", values);
        }
        return new Meaning(name, values);
    }
}
