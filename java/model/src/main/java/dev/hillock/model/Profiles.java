package dev.hillock.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The descriptions that ship with Hillock. Wherever a description's file is asked for, their names serve too. */
public final class Profiles {
    /** Their names. */
    public static final List<String> NAMES = List.of("image-classifier", "language-model", "recommendation-tower");

    private Profiles() {}

    /** Whether a word is the name of a profile and no file. */
    public static boolean isProfile(Path word) {
        return NAMES.contains(word.toString()) && !Files.exists(word);
    }

    /**
     * The document of a file, or of a profile.
     *
     * @throws IllegalArgumentException in one line that names the file if it is no JSON
     * @throws IOException if it cannot be read
     */
    public static JsonNode read(Path file) throws IOException {
        try (InputStream stream = isProfile(file)
                ? Profiles.class.getResourceAsStream("profiles/" + file + ".json")
                : Files.newInputStream(file)) {
            return JsonFiles.read(stream);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
