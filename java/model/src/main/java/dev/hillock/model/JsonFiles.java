package dev.hillock.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** JSON of moderate size from strangers: limits on length and depth, one line for what is wrong. */
public final class JsonFiles {
    /** The longest document that is read. */
    public static final int LONGEST_BYTES = 16 << 20;

    // A tree takes about a hundred bytes a token, whatever the text's length.
    private static final long MOST_TOKENS = 2_000_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonFiles() {}

    /**
     * Reads a document to its end.
     *
     * @throws IllegalArgumentException in one line if it is not JSON, too long or too deep
     */
    public static JsonNode read(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(LONGEST_BYTES + 1);
        if (bytes.length > LONGEST_BYTES) {
            throw new IllegalArgumentException("JSON of more than " + (LONGEST_BYTES >> 20) + " MiB");
        }
        return parse(bytes);
    }

    /** As {@link #read}, from memory. */
    public static JsonNode parse(byte[] bytes) throws IOException {
        try {
            JsonNode tree = JSON.readTree(bytes);
            if (tree.isMissingNode()) {
                throw new IllegalArgumentException("no JSON: the document is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(
                    "no JSON: line " + line + ": "
                            + withoutSources(
                                    e.getOriginalMessage().lines().findFirst().orElse("malformed")),
                    e);
        }
    }

    // Jackson names where a bracket opened together with its own settings.
    private static String withoutSources(String message) {
        return message.replaceAll("\\[Source: [^\\]]*; line: (\\d+), column: (\\d+)\\]", "line $1, column $2");
    }

    /** A value as indented text with a newline at its end. */
    public static String text(Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        try {
            return JSON.writer(printer).writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
