package dev.hillock.bench;

import dev.hillock.file.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document that a program writes: between {@code <!-- bench -->} and {@code <!-- /bench -->}. */
public final class MarkedSection {
    private static final String START = "<!-- bench -->";
    private static final String END = "<!-- /bench -->";

    private MarkedSection() {}

    /**
     * Makes sure that there is one.
     *
     * @throws IllegalArgumentException if the document has no such part, or is no text
     */
    public static void require(Path document) throws IOException {
        String whole;
        try {
            whole = Files.readString(document);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(document + " is not UTF-8 text", e);
        }
        if (whole.indexOf(END, whole.indexOf(START) + 1) < 0 || !whole.contains(START)) {
            throw new IllegalArgumentException(document + " has no part between " + START + " and " + END);
        }
    }

    /**
     * Replaces it; everything else stays.
     *
     * @throws IllegalArgumentException if the document has no such part
     */
    public static void replace(Path document, String text) throws IOException {
        require(document);
        String whole = Files.readString(document);
        int start = whole.indexOf(START);
        int end = whole.indexOf(END, start);
        WholeFile.write(
                document,
                whole.substring(0, start + START.length()) + "\n" + text.strip() + "\n" + whole.substring(end));
    }
}
