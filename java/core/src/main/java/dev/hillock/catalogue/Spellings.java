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

    /** What a name means with these parameters. */
    public static Meaning meaning(String name, Map<String, ? extends Number> values) {
        String normal = Names.normal(name);
        if (normal.equals("gelu") && values.containsKey(APPROXIMATE)) {
            Map<String, Number> others = new LinkedHashMap<>(values);
            boolean tanh = others.remove(APPROXIMATE).doubleValue() != 0;
            return new Meaning(tanh ? "gelu_tanh" : name, others);
        }
        if (normal.equals("swish") && values.containsKey("beta")) {
            return new Meaning("swish_beta", values);
        }
        return new Meaning(name, values);
    }
}
