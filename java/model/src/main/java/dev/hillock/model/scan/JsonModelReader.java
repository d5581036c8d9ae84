package dev.hillock.model.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hillock.model.JsonFiles;
import dev.hillock.model.ModelDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON: Hillock's own descriptions, Keras, DL4J and Hugging Face, told apart by their fields. */
final class JsonModelReader implements ModelReader {
    @Override
    public boolean accepts(byte[] start, long length) {
        for (byte b : start) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{' || b == '[';
            }
        }
        return false;
    }

    @Override
    public Model read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return model(JsonFiles.read(stream));
        }
    }

    static Model model(JsonNode tree) {
        if (ModelDescription.accepts(tree)) {
            return OwnModel.model(ModelDescription.of(tree));
        }
        if (Keras.accepts(tree)) {
            return Keras.model(tree, tree.path("keras_version").asText("3"));
        }
        if (Dl4j.accepts(tree)) {
            return Dl4j.model(tree);
        }
        if (HuggingFace.accepts(tree)) {
            return HuggingFace.model(tree);
        }
        throw new IllegalArgumentException(
                "JSON, but no model that is known: neither Hillock's \"layers\", nor Keras's "
                        + "\"class_name\", nor DL4J's \"confs\", nor a Hugging Face \"model_type\"");
    }
}
