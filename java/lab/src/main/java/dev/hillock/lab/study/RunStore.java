package dev.hillock.lab.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hillock.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Finished work, one file for each piece. A file is named after everything that decides its contents and says it within,
 * so that work of other settings can lie beside it and is never taken for this. Whatever ends the program, a file
 * is whole or not there.
 */
final class RunStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    // What a file holds.
    private record Kept<T>(String key, T value) {}

    RunStore(Path folder) {
        this.folder = folder;
    }

    /** What was kept under a key; nothing if there is none, or if its file was damaged. */
    <T> Optional<T> find(String name, String key, Class<T> type) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file(name, key));
            Kept<T> kept = JSON.readValue(bytes, JSON.getTypeFactory().constructParametricType(Kept.class, type));
            return kept != null && key.equals(kept.key()) ? Optional.ofNullable(kept.value()) : Optional.empty();
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Keeps a piece of work. */
    void keep(String name, String key, Object value) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(
                file(name, key), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Kept<>(key, value)));
    }

    private Path file(String name, String key) {
        String words = name.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        String shortened = words.substring(0, Math.min(60, words.length()));
        return folder.resolve(shortened + "-" + digest(key.getBytes(StandardCharsets.UTF_8)) + ".json");
    }

    /** The first 64 bits of SHA-256, in hexadecimal. */
    static String digest(byte[] bytes) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(all, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
