package dev.hillock.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts the page together: one document that holds its style, its scripts and its data, and loads nothing. */
final class Page {
    // In the order in which they need each other.
    private static final List<String> SCRIPTS = List.of(
            "source.js",
            "dom.js",
            "chart.js",
            "curves.js",
            "family.js",
            "gates.js",
            "gradients.js",
            "plane.js",
            "softmax.js",
            "sheet.js",
            "machine.js",
            "main.js");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Page() {}

    /**
     * The document.
     *
     * @param data what is written into it
     * @param connect where its scripts may connect to, in the words of a content security policy
     */
    static String html(Object data, String connect) {
        StringBuilder scripts = new StringBuilder();
        for (String script : SCRIPTS) {
            scripts.append("<script>\n").append(resource(script)).append("</script>\n");
        }
        return resource("page.html")
                .replace("{{connect}}", connect)
                .replace("{{style}}", resource("style.css"))
                .replace("{{scripts}}", scripts)
                .replace("{{data}}", json(data).replace("<", "\\u003c"));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
