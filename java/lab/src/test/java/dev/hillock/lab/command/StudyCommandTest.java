package dev.hillock.lab.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StudyCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String run(boolean person, String... words) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StudyCommand command = new StudyCommand(new Terminal(stream(out), stream(err), person));
        new CommandLine(command)
                .parseArgs(Stream.concat(
                                Stream.of("--out", folder.toString(), "--examples", "200", "--epochs", "2"),
                                Stream.of(words))
                        .toArray(String[]::new));
        assertEquals(0, command.call());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void writesThreeFilesAndGoesOnWhereItWas() throws Exception {
        String first = run(false, "--activations", "relu,gelu+tanh", "--seeds", "2");
        assertTrue(first.contains("report: " + folder.resolve("report.html")), first);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    Set.of("report.html", "results.json", "results.csv", "runs"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        String second = run(false, "--activations", "relu,gelu+tanh", "--seeds", "3");
        assertTrue(second.startsWith("4 of 6 trainings were finished before"), second);
        String third = run(false, "--activations", "relu,gelu+tanh", "--seeds", "3");
        assertTrue(third.startsWith("6 of 6 trainings were finished before"), third);
    }

    @Test
    void onlyWhatHasAnAccuracyIsCompared() throws Exception {
        Path model = folder.resolve("model.json");
        Files.writeString(
                model,
                "{\"loss\": \"mse\", \"layers\": [{\"type\": \"dense\", \"size\": 10, \"activation\": \"relu\"}]}");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> run(false, "--model", model.toString()))
                .getMessage()
                .contains("loss 'mse' is not supported"));
    }

    @Test
    void aSwapIsComparedWithReluAndAPersonSeesTheProgress() throws Exception {
        String out = run(true, "--swap", "1:gelu", "--swap", "2:leaky_relu", "--seeds", "1");
        assertTrue(out.contains("1:gelu") && out.contains("2:leaky_relu"), out);
        assertTrue(out.contains("from one seed alone"), out);
        String progress = err.toString(StandardCharsets.UTF_8);
        assertTrue(progress.contains("trainings, ") && progress.contains(" s left"), progress);
        assertTrue(progress.contains("timing epochs"), progress);
        assertTrue(progress.endsWith("\r\033[K"), "the line is taken away");
    }
}
