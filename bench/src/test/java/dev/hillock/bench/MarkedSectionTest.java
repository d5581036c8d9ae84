package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedSectionTest {
    @TempDir
    Path folder;

    @Test
    void onlyWhatIsBetweenTheMarksChanges() throws IOException {
        Path document =
                Files.writeString(folder.resolve("a.md"), "before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n");
        MarkedSection.replace(document, "\nnew\n\n");
        assertEquals("before\n<!-- bench -->\nnew\n<!-- /bench -->\nafter\n", Files.readString(document));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing is left beside it");
        }
    }

    @Test
    void aDocumentWithoutMarksStaysAsItIs() throws IOException {
        Path document = Files.writeString(folder.resolve("a.md"), "text");
        assertThrows(IllegalArgumentException.class, () -> MarkedSection.replace(document, "new"));
        assertEquals("text", Files.readString(document));
    }
}
