package dev.hillock.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The hashes that every identical engine must reproduce on every machine: {@code identity.txt}, one line
 * {@code function direction sweep hash} each.
 */
final class Golden {
    private static final String RESOURCE = "/dev/hillock/identity.txt";
    private static final Map<String, String> HASHES = read();

    private Golden() {}

    /** The hash of a case over a sweep, or null if it has not been recorded. */
    static String hash(Case tested, String sweep) {
        return hash(tested.key() + " " + sweep);
    }

    /** The hash of a line by what stands before it, or null if it has not been recorded. */
    static String hash(String key) {
        return HASHES.get(key);
    }

    static String line(Case tested, String sweep, String hash) {
        return tested.key() + " " + sweep + " " + hash;
    }

    private static Map<String, String> read() {
        Map<String, String> hashes = new HashMap<>();
        try (InputStream in = Golden.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                return hashes;
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        int last = line.lastIndexOf(' ');
                        hashes.put(line.substring(0, last), line.substring(last + 1));
                    });
            return hashes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
