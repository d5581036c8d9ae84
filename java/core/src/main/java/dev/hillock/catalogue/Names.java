package dev.hillock.catalogue;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How names are compared: without regard to case, {@code _}, {@code -} and spaces. */
public final class Names {
    private Names() {}

    /** The form in which two spellings of one name are equal. */
    public static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
    }

    /** The known name nearest to a word, by the number of single-character edits. */
    public static String nearest(String word, Stream<String> known) {
        String wanted = normal(word);
        return known.min(Comparator.comparingInt(name -> edits(wanted, normal(name))))
                .orElseThrow();
    }

    /** The names nearest to a word, the nearest first. */
    public static List<String> nearest(String word, Stream<String> known, int count) {
        String wanted = normal(word);
        return known.sorted(Comparator.comparingInt(name -> edits(wanted, normal(name))))
                .limit(count)
                .toList();
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
