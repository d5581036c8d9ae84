package dev.hillock.model.scan;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that lie: each is refused in one line that names it, and none takes memory or time. */
class HostileFilesTest {
    private static final int FLIPS = 400;

    @TempDir
    private Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model"), bytes);
    }

    private String refusal(byte[] bytes) throws IOException {
        Path file = write(bytes);
        String message = assertThrows(IllegalArgumentException.class, () -> Scanner.scan(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        return message;
    }

    // Anything but an answer or a refusal fails the test.
    private void answerOrRefusal(byte[] bytes, String what) throws IOException {
        Path file = write(bytes);
        try {
            Report.of(Scanner.scan(file));
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith(file + ": "), what + ": " + e.getMessage());
            assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), what + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    @Test
    void truncatedAnywhere() throws IOException {
        for (Map.Entry<String, byte[]> sample : Samples.all().entrySet()) {
            byte[] whole = sample.getValue();
            for (int length = 0; length < whole.length; length++) {
                answerOrRefusal(Arrays.copyOf(whole, length), sample.getKey() + " cut to " + length);
            }
        }
    }

    @Test
    void withBitsFlipped() throws IOException {
        Random random = new Random(5);
        for (Map.Entry<String, byte[]> sample : Samples.all().entrySet()) {
            for (int i = 0; i < FLIPS; i++) {
                byte[] bytes = sample.getValue().clone();
                for (int flip = random.nextInt(4); flip >= 0; flip--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                answerOrRefusal(bytes, sample.getKey() + ", round " + i);
            }
        }
    }

    @Test
    void declaringMoreThanThereIs() throws IOException {
        ByteBuffer gguf = ByteBuffer.wrap(Samples.gguf("llama")).order(ByteOrder.LITTLE_ENDIAN);
        for (long count : new long[] {Long.MAX_VALUE, -1, 1L << 40, 1000}) {
            assertTrue(refusal(gguf.putLong(16, count).array().clone()).contains("ends too early"));
        }
        gguf.putLong(16, 5);
        assertTrue(refusal(gguf.putLong(24, 1L << 40).array().clone()).contains("a key of 1099511627776 bytes"));

        ByteBuffer tensors = ByteBuffer.wrap(Samples.safetensors()).order(ByteOrder.LITTLE_ENDIAN);
        refusal(tensors.putLong(0, 1L << 40).array().clone());
        refusal(tensors.putLong(0, 10_000_000).array().clone());

        // A graph of 2 GiB less one byte, of which nothing is there.
        refusal(new byte[] {8, 8, 58, -1, -1, -1, -1, 7});
        refusal(new byte[] {8, 8, 58, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
    }

    @Test
    void zipBombs() throws IOException {
        String spaces = " ".repeat(64 << 20);
        assertTrue(refusal(Samples.zip("config.json", "{" + spaces + "}")).contains("JSON of more than 16 MiB"));
        assertTrue(refusal(Samples.zip("archive/data.pkl", "x")).contains("PyTorch"));
        assertTrue(refusal(Samples.zip("other", "x")).contains("without a model"));
    }

    @Test
    void nestedDeeply() throws IOException {
        refusal(Samples.utf8("[".repeat(1_000_000)));
        refusal(Samples.utf8("{\"layers\":".repeat(100_000)));
        String keras = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [";
        assertTrue(refusal(Samples.utf8(keras.repeat(200) + "]}}".repeat(200))).contains("nested deeper"));
    }

    @Test
    void graphsThatGoInCircles() throws IOException {
        String circle = Onnx.node("Mul", "b", "c", "a")
                + Onnx.node("Sigmoid", "a", "b")
                + Onnx.node("Softplus", "b", "c")
                + Onnx.node("Tanh", "c", "a");
        answerOrRefusal(Onnx.model(circle), "a circle");
        String inner = Onnx.node("Relu", "a", "b");
        for (int i = 0; i < 3000; i++) {
            inner = Onnx.nodeAround(inner);
        }
        assertTrue(refusal(Onnx.model(inner)).contains("nested deeper"));
    }

    @Test
    void ofManyOperationsOnOneValue() throws IOException {
        int many = 50_000;
        String readers = Onnx.node("Add", "a", "b", "c").repeat(many);
        StringBuilder gates = new StringBuilder();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < many; i++) {
            gates.append(Onnx.node("Sigmoid", "x", "z" + i));
            all.append(Onnx.field(1, "z" + i));
        }
        String product = Onnx.field(1, all + Onnx.field(2, "q") + Onnx.field(4, "Mul"));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String op : new String[] {"Softplus", "Sigmoid", "Tanh"}) {
                Scanner.scan(write(Onnx.model(Onnx.node(op, "x", "a").repeat(many) + readers)));
            }
            Scanner.scan(write(Onnx.model(gates + product)));
        });
        assertTrue(refusal(Onnx.model(readers.repeat(5))).contains("more than 200000 operations"));
    }

    @Test
    void ofManySmallParts() throws IOException {
        assertTrue(refusal(Samples.utf8("[" + "{},".repeat(5_000_000) + "{}]")).contains("no JSON"));
        ByteBuffer gguf = ByteBuffer.allocate(4_000_000).order(ByteOrder.LITTLE_ENDIAN);
        gguf.put(Samples.utf8("GGUF")).putInt(3).putLong(0).putLong(100_000);
        for (int i = 0; i < 100_000; i++) {
            byte[] key = Samples.utf8(i + ".block_count");
            gguf.putLong(key.length).put(key).putInt(4).putInt(1);
        }
        assertTrue(refusal(gguf.array()).contains("more than 100"));
    }

    @Test
    void withControlCharactersInNames() throws IOException {
        assertTrue(refusal(Samples.utf8(Samples.OWN.replace("lrelu", "re\\u001b[2J\\nlu")))
                .contains("unknown function 're?[2J?lu'"));
    }

    @Test
    void numbersThatAreTooLarge() throws IOException {
        assertTrue(refusal(Samples.utf8(
                        Samples.LLAMA.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 2000000000")))
                .contains("layers"));
        refusal(Samples.utf8(Samples.OWN.replace("16", "1e400")));
        refusal(Samples.utf8(Samples.OWN.replace("16", "9".repeat(900))));
        refusal(Samples.utf8(Samples.OWN.replace("16", "0")));
    }

    @Test
    void thatAreNoModels() throws IOException {
        assertTrue(refusal(new byte[0]).contains("not a model file"));
        assertTrue(refusal(Samples.utf8("hello")).contains("not a model file"));
        assertTrue(refusal(Samples.utf8("{}")).contains("no model that is known"));
        assertTrue(refusal(Samples.utf8("{\"a\": 1} x")).contains("no JSON"));
        assertTrue(refusal(Samples.utf8("{\"layers\": []}")).contains("1 to"));
        assertTrue(refusal(Samples.utf8(Samples.OWN.replace("lrelu", "lerlu"))).contains("hidden: unknown function"));
        assertThrows(NoSuchFileException.class, () -> Scanner.scan(folder.resolve("absent")));
        assertThrows(NoSuchFileException.class, () -> Scanner.scan(folder));
    }
}
