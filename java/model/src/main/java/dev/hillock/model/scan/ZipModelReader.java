package dev.hillock.model.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hillock.model.JsonFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Zip files: Keras's .keras and DL4J's models. Only their JSON is unpacked, and never more than its limit. */
final class ZipModelReader implements ModelReader {
    @Override
    public boolean accepts(byte[] start, long length) {
        return Scanner.startsWith(start, "PK\3\4");
    }

    @Override
    public Model read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonNode dl4j = entry(zip, "configuration.json");
            if (dl4j != null && Dl4j.accepts(dl4j)) {
                return Dl4j.model(dl4j);
            }
            JsonNode keras = entry(zip, "config.json");
            if (keras != null && Keras.accepts(keras)) {
                JsonNode metadata = entry(zip, "metadata.json");
                return Keras.model(
                        keras,
                        metadata == null ? "3" : metadata.path("keras_version").asText("3"));
            }
            if (zip.stream().anyMatch(entry -> entry.getName().endsWith("data.pkl"))) {
                throw new IllegalArgumentException(
                        "a PyTorch file, which holds a program: export the model to ONNX or safetensors");
            }
        }
        throw new IllegalArgumentException("a zip file without a model of Keras or DL4J");
    }

    private static JsonNode entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return null;
        }
        try (InputStream stream = zip.getInputStream(entry)) {
            return JsonFiles.read(stream);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " in it: " + e.getMessage(), e);
        }
    }
}
