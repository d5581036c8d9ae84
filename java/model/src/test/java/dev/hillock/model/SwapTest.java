package dev.hillock.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SwapTest {
    @TempDir
    private Path folder;

    private int swap(String... args) throws IOException {
        SwapCommand command =
                new SwapCommand(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        new CommandLine(command).parseArgs(args);
        return command.call();
    }

    @Test
    void onlyTheNamedLayerChanges() throws IOException {
        Path copy = folder.resolve("copy.json");
        assertEquals(0, swap("recommendation-tower", "dense1:gelu", copy.toString()));
        JsonNode before = Profiles.read(Path.of("recommendation-tower"));
        JsonNode after = Profiles.read(copy);
        assertEquals("gelu", ModelDescription.of(after).layers().get(0).activation());
        assertFalse(after.path("layers").get(0).has("parameters"));
        assertEquals(before.path("about"), after.path("about"));
        for (int i = 1; i < before.path("layers").size(); i++) {
            assertEquals(before.path("layers").get(i), after.path("layers").get(i));
        }
        assertEquals(0, swap(copy.toString(), "3:leaky_relu(alpha=0.2)", copy.toString()));
        assertEquals(
                "leaky_relu(alpha=0.2)",
                ModelDescription.of(Profiles.read(copy)).layers().get(2).activation());
    }

    @Test
    void wrongSwapsWriteNothing() throws IOException {
        String out = folder.resolve("out.json").toString();
        assertThrows(NoSuchElementException.class, () -> swap("image-classifier", "conv1:gellu", out));
        for (String change : List.of("conv9:gelu", "pool1:gelu", "conv1", ":gelu", "conv1:", "0:gelu")) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> swap("image-classifier", change, out), change);
            assertEquals(1, refused.getMessage().lines().count());
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> swap("image-classifier", "conv9:gelu", out))
                .getMessage()
                .contains("unknown layer 'conv9' (nearest: conv"));
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void everyProfileIsAllThatItSays() throws IOException {
        for (String name : Profiles.NAMES) {
            JsonNode tree = Profiles.read(Path.of(name));
            assertTrue(ModelDescription.accepts(tree));
            assertEquals(name, ModelDescription.of(tree).name());
        }
    }
}
