package dev.hillock.cli;

import java.util.Locale;

/** Numbers as people type them. */
final class Numbers {
    private Numbers() {}

    /** A number, {@code inf}, {@code -inf} or {@code nan}; where says which argument it is when it is none of these. */
    static double parse(String word, String where) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> {
                try {
                    yield Double.parseDouble(word);
                } catch (NumberFormatException e) {
                    throw new UsageException(where + ": '" + word + "' is not a number");
                }
            }
        };
    }
}
