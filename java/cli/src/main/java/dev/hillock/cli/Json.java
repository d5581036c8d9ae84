package dev.hillock.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Prints maps, iterables, numbers, words, booleans and null as JSON, indented. */
public final class Json {
    private Json() {}

    /** Prints a value and ends the line. */
    public static void print(PrintStream out, Object value) {
        try {
            JsonGenerator generator = new JsonFactory()
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .createGenerator(out);
            generator.useDefaultPrettyPrinter();
            write(generator, value);
            generator.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            // JSON has no such number; the word parses back in Java, Python and JavaScript.
            generator.writeString(number.toString());
        } else {
            generator.writePOJO(value);
        }
    }
}
