package dev.hillock.lab.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.Losses;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TrainCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) throws IOException {
        out.reset();
        err.reset();
        TrainCommand command = new TrainCommand(new Terminal(stream(out), stream(err), false));
        new CommandLine(command).parseArgs(args);
        return command.call();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private double accuracy() {
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        Matcher last = Pattern.compile("test accuracy: (\\d+\\.\\d\\d) %").matcher(lines.get(lines.size() - 1));
        assertTrue(last.matches(), lines.get(lines.size() - 1));
        return Double.parseDouble(last.group(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relu",
                "leaky_relu",
                "elu",
                "selu",
                "silu",
                "gelu_tanh",
                "mish",
                "hardswish",
                "tanh",
                "sigmoid",
                "softplus",
                "relu,gelu"
            })
    void everySensibleActivationReachesNinetySixPercent(String activation) throws IOException {
        assertEquals(0, run("--activation", activation));
        assertTrue(accuracy() >= 96, activation + ": " + accuracy());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void geluReachesNinetySevenPercentFromEverySeed(int seed) throws IOException {
        assertEquals(0, run("--activation", "gelu", "--seed", "" + seed));
        assertTrue(accuracy() >= 97, "seed " + seed + ": " + accuracy());
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-classifier", "language-model", "recommendation-tower"})
    void everyProfileLearnsTheDigits(String profile) throws IOException {
        assertEquals(0, run("--model", profile, "--epochs", "12"));
        assertTrue(accuracy() >= 97, profile + ": " + accuracy());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossOfTheCatalogueTeachesTheDigits(String loss) throws IOException {
        assertEquals(0, run("--loss", loss, "--epochs", "5"));
        assertTrue(accuracy() >= 80, loss + ": " + accuracy());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("loss       " + loss), loss);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    // hinge_embedding compares pairs.
    static Stream<String> losses() {
        return Stream.concat(
                Losses.all().stream()
                        .map(LossFunction::name)
                        .filter(name -> !name.equals("hinge_embedding") && !name.equals("mape")),
                Stream.of("huber(delta=2.0)"));
    }

    @Test
    void numbersAreLearnedWhereTheLossTakesThem(@TempDir Path directory) throws IOException {
        float[] inputs = new float[900];
        float[] sums = new float[300];
        Random random = new Random(4);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextFloat();
            sums[i / 3] += inputs[i];
        }
        Path x = floats(directory.resolve("x.npy"), inputs, 300, 3);
        Path y = floats(directory.resolve("y.npy"), sums, 300);
        String[] data = {"--data", x.toString(), y.toString(), "--engine", "scalar"};
        for (String loss : new String[] {"mse", "huber", "mae", "quantile"}) {
            assertEquals(0, run(with(data, "--loss", loss)));
            List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
            String last = lines.get(lines.size() - 1);
            assertTrue(last.matches("test variance explained: 9\\d\\.\\d\\d %"), last);
        }
        assertThrows(IllegalArgumentException.class, () -> run(data), "cross_entropy takes labels");
        Path few = floats(directory.resolve("few.npy"), new float[299], 299);
        String[] wrong = {"--data", x.toString(), few.toString(), "--loss", "mse"};
        assertTrue(assertThrows(IllegalArgumentException.class, () -> run(wrong))
                .getMessage()
                .contains("few.npy: 299 rows for 300 examples"));
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void patienceStopsATrainingThatLearnsNothingMore() throws IOException {
        assertEquals(0, run("--patience", "3", "--epochs", "200"));
        String text = out.toString(StandardCharsets.UTF_8);
        Matcher stopped = Pattern.compile("stopped: no epoch after (\\d+) was better\n(\\d+) epochs")
                .matcher(text);
        assertTrue(stopped.find(), text);
        assertEquals(Integer.parseInt(stopped.group(1)) + 3, Integer.parseInt(stopped.group(2)));
        assertTrue(text.contains("validation loss"), text);
        assertTrue(accuracy() >= 95, "" + accuracy());
        assertThrows(IllegalArgumentException.class, () -> run("--patience", "0"));
    }

    @Test
    void activationsOfTheKernelsTakeAThirdOfThePlainLoopsTime() throws IOException {
        double best = 0;
        for (int i = 0; i < 4 && best < 3; i++) {
            best = Math.max(best, activationSeconds("scalar") / activationSeconds("auto"));
        }
        assertTrue(best >= 3, "activations are " + best + " times faster than plain Java loops");
    }

    private double activationSeconds(String engine) throws IOException {
        assertEquals(0, run("--engine", engine));
        Matcher times = Pattern.compile("epochs in (\\d+\\.\\d+) s, (\\d+\\.\\d) % of it in activation kernels")
                .matcher(out.toString(StandardCharsets.UTF_8));
        assertTrue(times.find());
        double seconds = Double.parseDouble(times.group(1)) * Double.parseDouble(times.group(2)) / 100;
        System.out.printf("activations on %s: %.0f ms%n", engine, 1000 * seconds);
        return seconds;
    }

    @Test
    void aProfileIsFittedToTheUsersOwnData(@TempDir Path directory) throws IOException {
        Path x = floats(directory.resolve("x.npy"), separable(90), 90, 3);
        Path y = integers(directory.resolve("y.npy"), IntStream.range(0, 90).mapToLong(i -> i % 3), 90);
        assertEquals(0, run("--data", x.toString(), y.toString(), "--model", "language-model", "--fit"));
        assertEquals(100, accuracy());
    }

    @Test
    void theUsersOwnDataAreLearned(@TempDir Path directory) throws IOException {
        Path x = floats(directory.resolve("x.npy"), separable(90), 90, 3);
        Path y = integers(directory.resolve("y.npy"), IntStream.range(0, 90).mapToLong(i -> i % 3), 90);
        assertEquals(0, run("--data", x.toString(), y.toString(), "--epochs", "40", "--engine", "scalar"));
        assertEquals(100, accuracy());
    }

    private static float[] separable(int rows) {
        float[] x = new float[rows * 3];
        IntStream.range(0, rows).forEach(i -> x[i * 3 + i % 3] = 1 + 0.01f * i);
        return x;
    }

    @Test
    void wrongDataAreAnsweredWithOneLineThatNamesTheFile(@TempDir Path directory) throws IOException {
        Path x = floats(directory.resolve("x.npy"), separable(90), 90, 3);
        Path y = integers(directory.resolve("y.npy"), IntStream.range(0, 90).mapToLong(i -> i % 3), 90);
        float[] holes = separable(90);
        holes[100] = Float.NaN;
        refused("holes.npy: row 33 contains NaN", floats(directory.resolve("holes.npy"), holes, 90, 3), y);
        refused("flat.npy: inputs must", floats(directory.resolve("flat.npy"), new float[90], 90), y);
        refused("empty.npy: there are no examples", floats(directory.resolve("empty.npy"), new float[0], 0, 3), y);
        refused("few.npy: 80 labels for 90", x, integers(directory.resolve("few.npy"), labels(80, 0), 80));
        refused("below.npy: row 4 has label -1", x, integers(directory.resolve("below.npy"), labels(90, -1), 90));
        refused("above.npy: row 4 has label 90", x, integers(directory.resolve("above.npy"), labels(90, 90), 90));
        refused("one.npy: all labels are 0", x, integers(directory.resolve("one.npy"), labels(90, 0), 90));
        refused("x.npy: element type '<f4' is not supported for labels", x, x);
        refused("y.npy: element type '<i8' is not supported for inputs", y, y);
    }

    private static LongStream labels(int rows, long fifth) {
        return IntStream.range(0, rows).mapToLong(i -> i == 4 ? fifth : 0);
    }

    private void refused(String start, Path x, Path y) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> run("--data", x.toString(), y.toString(), "--engine", "scalar"));
        assertTrue(e.getMessage().contains(start), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void theInstrumentsAreReadAndDeadUnitsWarnedOf() throws IOException {
        assertEquals(0, run("--activation", "relu", "--epochs", "3", "--diagnose"));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                Pattern.compile("activation 2 \\(relu\\) +\\d+/64 \\(")
                        .matcher(text)
                        .find(),
                text);
        assertTrue(text.contains("the instruments took "), text);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        accuracy();
        String[] wild = {"--activation", "relu", "--optimizer", "sgd", "--rate", "1", "--epochs", "3", "--diagnose"};
        assertEquals(0, run(wild));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("hillock: activation "), err.toString());
        assertThrows(IllegalArgumentException.class, () -> run("--diagnose", "--warn-dead", "2"));
    }

    @Test
    void aLossThatIsNoNumberIsSaid() throws IOException {
        assertEquals(1, run("--activation", "identity", "--optimizer", "sgd", "--rate", "1e30"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("hillock: training diverged in epoch 1, step "));
    }

    @Test
    void unknownWordsAndSizesAreRefused() {
        assertThrows(RuntimeException.class, () -> run("--activation", "gelo"));
        assertThrows(RuntimeException.class, () -> run("--engine", "quick"));
        assertThrows(IllegalArgumentException.class, () -> run("--epochs", "0"));
        assertThrows(IllegalArgumentException.class, () -> run("--loss", "hinge_embedding"));
        assertThrows(RuntimeException.class, () -> run("--loss", "mze"));
        assertThrows(IllegalArgumentException.class, () -> run("--hidden", "8,0"));
        assertThrows(IllegalArgumentException.class, () -> run("--activation", "relu,gelu,elu"));
        assertThrows(IllegalArgumentException.class, () -> run("--optimizer", "lbfgs"));
        assertThrows(IllegalArgumentException.class, () -> run("--resume"));
    }

    @Test
    void whereNoCheckpointCanBeIsSaidFirst(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(folder + ": is a directory", folder);
        assertRefused(folder + "/none/c: folder " + folder + "/none does not exist", folder.resolve("none/c"));
        assertRefused(file + "/c: folder " + file + " is not a folder", file.resolve("c"));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    private void assertRefused(String complaint, Path checkpoint) {
        assertEquals(
                complaint,
                assertThrows(IllegalArgumentException.class, () -> run("--checkpoint", checkpoint.toString()))
                        .getMessage());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void resumingFromNothingIsSaid(@TempDir Path folder) throws IOException {
        String file = folder.resolve("c").toString();
        String[] words = {"--hidden", "8", "--epochs", "1", "--resume", "--checkpoint", file};
        assertEquals(0, run(words));
        assertEquals(
                "hillock: " + file + ": no checkpoint there yet: starting at epoch 1",
                err.toString(StandardCharsets.UTF_8).trim());
        assertEquals(0, run(words));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    private static Path floats(Path file, float[] values, long... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return write(file, new NpyHeader(NpyType.FLOAT32, shape), bytes.array());
    }

    private static Path integers(Path file, LongStream values, long... shape) throws IOException {
        long[] all = values.toArray();
        ByteBuffer bytes = ByteBuffer.allocate(all.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : all) {
            bytes.putLong(value);
        }
        return write(file, new NpyHeader(NpyType.INT64, shape), bytes.array());
    }

    private static Path write(Path file, NpyHeader header, byte[] data) throws IOException {
        String text = "{'descr': '" + header.type().word() + "', 'fortran_order': False, 'shape': " + header.shapeText()
                + ", }";
        String padded = text + " ".repeat(63 - (text.length() + 10) % 64) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + padded.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .put(data);
        Files.write(file, bytes.array());
        return file;
    }
}
