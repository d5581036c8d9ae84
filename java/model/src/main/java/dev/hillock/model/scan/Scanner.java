package dev.hillock.model.scan;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hillock.model.Profiles;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/** Finds out what kind of model a file is, by its content and never by its name, and reads it. */
public final class Scanner {
    private static final int START_BYTES = 64;

    // The protobuf of an ONNX file begins with no signature, so its reader comes last.
    private static final List<ModelReader> READERS = List.of(
            new GgufReader(), new ZipModelReader(), new SafetensorsReader(), new JsonModelReader(), new OnnxReader());

    private Scanner() {}

    /**
     * The activations of a model file, or of the config.json of a folder.
     *
     * @throws IllegalArgumentException in one line that names the file if it is not a model or damaged
     * @throws IOException if it cannot be read
     */
    public static Model scan(Path given) throws IOException {
        if (Profiles.isProfile(given)) {
            return JsonModelReader.model(Profiles.read(given));
        }
        Path file = Files.isDirectory(given) ? given.resolve("config.json") : given;
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": not a regular file");
        }
        byte[] start = start(file);
        try {
            for (ModelReader reader : READERS) {
                if (reader.accepts(start, Files.size(file))) {
                    return reader.read(file);
                }
            }
        } catch (IllegalArgumentException | ZipException e) {
            throw new IllegalArgumentException(file + ": " + oneLine(e.getMessage()), e);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(file + ": neither a known model file nor sound protobuf (ONNX)", e);
        } catch (EOFException e) {
            throw new IllegalArgumentException(file + ": the file ends too early", e);
        }
        throw new IllegalArgumentException(file + ": not a model file that is known (ONNX, GGUF, safetensors, Keras, "
                + "DL4J, a Hugging Face config.json, Hillock's own JSON)");
    }

    // A message may repeat words of a stranger's file.
    private static String oneLine(String message) {
        return String.valueOf(message).replaceAll("\\p{Cntrl}", "?");
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(START_BYTES);
        } catch (FileNotFoundException e) {
            throw new NoSuchFileException(file.toString());
        }
    }

    static boolean startsWith(byte[] start, String signature) {
        if (start.length < signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            if ((start[i] & 0xff) != signature.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
