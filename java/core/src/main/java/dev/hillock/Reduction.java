package dev.hillock;

import java.util.Locale;

/** How the losses of the elements or samples become one number. */
public enum Reduction {
    /** They do not: one loss per element or sample. */
    NONE,
    /** The mean over elements; for class losses over samples, or over their summed class weights. */
    MEAN,
    /** The sum. */
    SUM,
    /** The sum divided by the size of the first dimension. */
    BATCH_MEAN;

    /**
     * The reduction of a word, read case-insensitively.
     *
     * @throws IllegalArgumentException listing the known words if there is no such reduction
     */
    public static Reduction of(String word) {
        Checks.notNull("word", word);
        for (Reduction reduction : values()) {
            if (reduction.name().replace("_", "").equalsIgnoreCase(word.trim().replace("_", ""))) {
                return reduction;
            }
        }
        throw new IllegalArgumentException(
                "unknown reduction '" + word.toLowerCase(Locale.ROOT) + "' (known: mean, sum, none, batch_mean)");
    }
}
