package dev.hillock.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void whatWasThereStaysUntilTheFileIsWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        try (WholeFile whole = new WholeFile(file)) {
            Files.writeString(whole.beside(), "ne");
        }
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), inFolder());
        try (WholeFile whole = new WholeFile(file)) {
            Files.writeString(whole.beside(), "new");
            assertEquals("old", Files.readString(file));
            whole.commit();
        }
        assertEquals("new", Files.readString(file));
        assertEquals(List.of(file), inFolder());
    }

    @Test
    void aTextIsWrittenInUtf8() throws IOException {
        Path file = folder.resolve("file");
        WholeFile.write(file, "x² − α");
        assertEquals("x² − α", Files.readString(file));
        assertEquals(List.of(file), inFolder());
    }

    @Test
    void aTextThatCannotBePutInItsPlaceLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("file");
        Files.createDirectories(file.resolve("in the way"));
        assertThrows(FileSystemException.class, () -> WholeFile.write(file, "new"));
        assertEquals(List.of(file), inFolder());
    }

    @Test
    void twoWritersOfOnePlaceDoNotMeet() throws IOException {
        Path file = folder.resolve("file");
        try (WholeFile first = new WholeFile(file);
                WholeFile second = new WholeFile(file)) {
            assertNotEquals(first.beside(), second.beside());
            Files.writeString(first.beside(), "first");
            Files.writeString(second.beside(), "second");
            first.commit();
            assertEquals("first", Files.readString(file));
            second.commit();
            assertEquals("second", Files.readString(file));
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path target = Files.writeString(other.resolve("target"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        WholeFile.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(target));
    }

    @Test
    void aLinkToWhatIsNotThereYetStaysALink() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("other", "target"));
        WholeFile.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(other.resolve("target")));
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Path one = folder.resolve("one");
        Path two = Files.createSymbolicLink(folder.resolve("two"), one);
        Files.createSymbolicLink(one, two);
        assertThrows(FileSystemLoopException.class, () -> WholeFile.write(one, "new"));
    }

    @Test
    void whoMayReadAFileStaysAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"), "no permissions here");
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-r-----");
        Files.setPosixFilePermissions(file, permissions);
        WholeFile.write(file, "new");
        assertEquals(permissions, Files.getPosixFilePermissions(file));
    }

    @Test
    void aFullDeviceIsNamed() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "no such device here");
        IOException e = assertThrows(IOException.class, () -> WholeFile.write(full, "new"));
        assertTrue(e.getMessage().startsWith("/dev/full: "), e.getMessage());
    }

    // Not a device: were this wrong, it would be gone.
    @Test
    void aPipeIsWrittenDirectly() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no pipes here");
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        WholeFile.write(pipe, "new");
        assertEquals("new", read.get(1, TimeUnit.MINUTES));
        assertEquals(List.of(pipe), inFolder());
    }

    @Test
    void aFolderThatTakesNoFilesIsToldByTheNameOfTheFile() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked), "this user may write anywhere");
        Path file = locked.resolve("file");
        AccessDeniedException e = assertThrows(AccessDeniedException.class, () -> WholeFile.write(file, "new"));
        assertEquals(file.toString(), e.getFile());
    }

    @Test
    void whatStandsInTheWayIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path missing = folder.resolve("none");
        assertEquals(Optional.empty(), WholeFile.obstacle(file));
        assertEquals(Optional.empty(), WholeFile.obstacle(missing));
        assertEquals(Optional.empty(), WholeFile.obstacle(Path.of("a-name-alone")));
        assertEquals(Optional.of("is a directory"), WholeFile.obstacle(folder));
        assertEquals(Optional.of("is a directory"), WholeFile.obstacle(folder.getRoot()));
        assertEquals(Optional.of("folder " + missing + " does not exist"), WholeFile.obstacle(missing.resolve("file")));
        assertEquals(Optional.of("folder " + file + " is not a folder"), WholeFile.obstacle(file.resolve("file")));
    }

    @Test
    void theFileIsNamedWithWhatStandsInItsWay() {
        WholeFile.requirePlace(folder.resolve("file"));
        assertEquals(
                folder + ": is a directory",
                assertThrows(IllegalArgumentException.class, () -> WholeFile.requirePlace(folder))
                        .getMessage());
    }

    private List<Path> inFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
