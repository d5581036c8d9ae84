package dev.hillock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The part of a document that a program writes: between {@code <!-- bench -->} and {@code <!-- /bench -->}. */
public final class MarkedSection {
    private static final String START = "<!-- bench -->";
    private static final String END = "<!-- /bench -->";

    private MarkedSection() {}

    /**
     * Replaces it; everything else stays.
     *
     * @throws IllegalArgumentException if the document has no such part
     */
    public static void replace(Path document, String text) throws IOException {
        String whole = Files.readString(document);
        int start = whole.indexOf(START);
        int end = whole.indexOf(END, start + 1);
        if (start < 0 || end < 0) {
            throw new IllegalArgumentException(document + " has no part between " + START + " and " + END);
        }
        Path beside = Files.createTempFile(document.toAbsolutePath().getParent(), ".bench", ".md");
        Files.writeString(
                beside, whole.substring(0, start + START.length()) + "\n" + text.strip() + "\n" + whole.substring(end));
        Files.move(beside, document, StandardCopyOption.REPLACE_EXISTING);
    }
}
