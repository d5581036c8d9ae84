package dev.hillock.catalogue;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** How names are compared: without regard to case, {@code _}, {@code -} and spaces. */
public final class Names {
    private Names() {}

    /** The form in which two spellings of one name are equal. */
    public static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
    }

    /** A name without the parameters in parentheses behind it. */
    public static String bare(String text) {
        int open = text.indexOf('(');
        return open < 0 ? text : text.substring(0, open);
    }

    /** Whether a text is one of the known names; the parameters in parentheses behind it do not matter. */
    public static boolean isOneOf(String text, Stream<String> known) {
        String wanted = normal(bare(text));
        return known.anyMatch(name -> normal(name).equals(wanted));
    }

    /**
     * The known name nearest to a word, by the number of single-character edits; {@code none} only if nothing else is
     * known.
     *
     * @throws java.util.NoSuchElementException if nothing is known
     */
    public static String nearest(String word, Stream<String> known) {
        return known.min(byDistance(word)).orElseThrow();
    }

    // "nearest: none" would read as if there were no such name.
    private static Comparator<String> byDistance(String word) {
        String wanted = normal(word);
        return Comparator.comparingInt(name -> name.equals("none") ? Integer.MAX_VALUE : edits(wanted, normal(name)));
    }

    // Levenshtein's distance, one row at a time.
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
