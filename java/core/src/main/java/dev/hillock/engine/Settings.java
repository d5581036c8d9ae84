package dev.hillock.engine;

import dev.hillock.Engine;
import java.util.List;
import java.util.Locale;

/** Configuration: a system property {@code hillock.engine}, or the environment variable {@code HILLOCK_ENGINE}, …. */
public final class Settings {
    private static final List<String> INSTRUCTION_SETS = List.of("avx512", "avx2", "neon", "portable");

    // A call that is judged takes some sixty times as long: so all of them together take half as long again.
    private static final int SAMPLE = 128;

    private Settings() {}

    /** The engine every call uses unless it names one; {@code AUTO} by default.
     *
     * @throws IllegalArgumentException listing the known words if the configured one is not known
     */
    public static Engine engine() {
        String word = read("engine");
        return word == null ? Engine.AUTO : Engine.of(word);
    }

    /** The best instruction set allowed, or null for the machine's best.
     *
     * @throws IllegalArgumentException listing the known words if the configured one is not known
     */
    public static String isa() {
        String word = read("isa");
        if (word == null) {
            return null;
        }
        String isa = word.trim().toLowerCase(Locale.ROOT);
        if (!INSTRUCTION_SETS.contains(isa)) {
            throw new IllegalArgumentException(
                    "unknown instruction set '" + word + "' (known: " + String.join(", ", INSTRUCTION_SETS) + ")");
        }
        return isa;
    }

    /** Threads that a call may use; 1 by default.
     *
     * @throws IllegalArgumentException if the configured value is not a positive number
     */
    public static int threads() {
        String word = read("threads");
        if (word == null) {
            return 1;
        }
        try {
            int threads = Integer.parseInt(word.trim());
            if (threads > 0) {
                return threads;
            }
        } catch (NumberFormatException e) {
            // Said below, as for zero.
        }
        throw new IllegalArgumentException("hillock.threads must be a positive number, not '" + word + "'");
    }

    /** The way to call the native library, {@code ffm} or {@code jni}, or null for the best that works. */
    public static String binding() {
        String word = read("binding");
        return word == null ? null : word.trim().toLowerCase(Locale.ROOT);
    }

    /** One in how many calls {@link ShadowCheck} is to judge; 0 for none, the default.
     *
     * @throws IllegalArgumentException listing the known words if the configured one is not known
     */
    public static int check() {
        String word = read("check");
        if (word == null) {
            return 0;
        }
        return switch (word.trim().toLowerCase(Locale.ROOT)) {
            case "true" -> 1;
            case "sample" -> SAMPLE;
            case "false" -> 0;
            default -> throw new IllegalArgumentException("unknown check '" + word + "' (known: true, sample, false)");
        };
    }

    private static String read(String key) {
        String property = System.getProperty("hillock." + key);
        String word = property != null ? property : System.getenv("HILLOCK_" + key.toUpperCase(Locale.ROOT));
        return word == null || word.isBlank() ? null : word;
    }
}
