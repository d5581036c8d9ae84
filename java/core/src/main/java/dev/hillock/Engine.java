package dev.hillock;

import java.util.Locale;

/** Where a kernel runs. {@code NATIVE}, {@code VECTOR} and {@code SCALAR} return the same bits. */
public enum Engine {
    /** The fastest engine that is available for the size at hand. */
    AUTO,
    /** The C++ kernel core. */
    NATIVE,
    /** oneDNN's primitives: oneDNN's results, held to a tolerance instead of to the bit. */
    ONEDNN,
    /** Java on {@code jdk.incubator.vector}. */
    VECTOR,
    /** Java, plain loops: works everywhere. */
    SCALAR,
    /** Java in double precision, for checking. */
    REFERENCE;

    /** The engine's word in configuration and on the command line, for example {@code native}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The engine of a word, read case-insensitively.
     *
     * @throws IllegalArgumentException listing the known words if there is no such engine
     */
    public static Engine of(String word) {
        Checks.notNull("word", word);
        for (Engine engine : values()) {
            if (engine.word().equalsIgnoreCase(word.trim())) {
                return engine;
            }
        }
        throw new IllegalArgumentException("unknown engine '" + word + "' (known: " + words() + ")");
    }

    private static String words() {
        StringBuilder words = new StringBuilder();
        for (Engine engine : values()) {
            words.append(words.length() == 0 ? "" : ", ").append(engine.word());
        }
        return words.toString();
    }
}
