package dev.hillock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportTest {
    @TempDir
    private Path folder;

    private static ExploreCommand command(String... args) {
        ExploreCommand command =
                new ExploreCommand(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        new CommandLine(command).parseArgs(args);
        return command;
    }

    @Test
    void theFileHoldsEverythingItsSlidersReach() throws Exception {
        Path file = folder.resolve("page.html");
        assertEquals(0, command("--export", file.toString()).call());
        String page = Files.readString(file);
        assertTrue(page.contains("connect-src 'none'"));
        JsonNode data = new ObjectMapper()
                .readTree(page.substring(
                        page.indexOf('{', page.indexOf("id=\"data\"")),
                        page.indexOf("</script>", page.indexOf("id=\"data\""))));
        for (Function function : Catalogue.functions()) {
            StringBuilder start = new StringBuilder(function.name());
            for (JsonNode card : data.get("functions")) {
                if (card.get("name").asText().equals(function.name())) {
                    card.get("sliders").forEach(slider -> start.append(':')
                            .append(slider.get("start").asInt()));
                }
            }
            assertTrue(data.get("curves").has(start.toString()), start.toString());
            assertTrue(data.get("gradients").has(function.name() + "|5|he"), function.name());
        }
        assertTrue(data.get("softmax").has("0|5"));
        assertEquals(
                Catalogue.functions().size(), data.get("machine").get("rows").size());
    }

    @Test
    void aFailureLeavesTheFileAsItWas() throws IOException {
        Path existing = Files.createDirectory(folder.resolve("page.html"));
        Files.writeString(existing.resolve("keep"), "kept");
        assertThrows(IllegalArgumentException.class, () -> command("--export", existing.toString())
                .call());
        assertEquals("kept", Files.readString(existing.resolve("keep")));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
        Path missing = folder.resolve("no");
        assertEquals(
                missing + "/page.html: folder " + missing + " does not exist",
                assertThrows(IllegalArgumentException.class, () -> command("--export", missing + "/page.html")
                                .call())
                        .getMessage());
    }

    @Test
    void portsAreChecked() throws IOException {
        assertThrows(
                IllegalArgumentException.class, () -> command("--port", "65536").call());
        try (ExploreServer server = ExploreServer.start(0)) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> command("--port", String.valueOf(server.port()))
                            .call());
            assertFalse(refused.getMessage().contains("\n"));
            assertTrue(refused.getMessage().contains("port " + server.port()));
        }
    }
}
