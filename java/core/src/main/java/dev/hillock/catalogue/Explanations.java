package dev.hillock.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What each entry of the catalogue is, in plain words. */
public final class Explanations {
    private static final Properties TEXTS = read();

    private Explanations() {}

    private static Properties read() {
        Properties texts = new Properties();
        try (InputStream in = Explanations.class.getResourceAsStream("explanations.properties")) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The explanation of a canonical name; an empty string if there is none. */
    public static String of(String name) {
        return TEXTS.getProperty(name, "");
    }
}
