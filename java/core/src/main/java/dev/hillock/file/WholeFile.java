package dev.hillock.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;

/**
 * A file that is written beside its place and then moved there, so that whatever ends the program, the place has all of
 * it or what was there before.
 *
 * <pre>{@code
 * try (WholeFile whole = new WholeFile(place)) {
 *     Files.write(whole.beside(), bytes);
 *     whole.commit();
 * }
 * }</pre>
 *
 * <p>A link stays a link; what it points to is replaced, or written if it is not there yet. A device or a pipe, such as {@code /dev/stdout}, is written
 * directly.
 */
public final class WholeFile implements Closeable {
    // As many as Linux follows.
    private static final int LINKS = 40;

    private final Path place;
    private final Path beside;

    /**
     * Chooses a name beside a place, in the same folder; nothing is written yet.
     *
     * @throws IOException if a link in the place cannot be followed
     */
    public WholeFile(Path place) throws IOException {
        if (Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place)) {
            this.place = place;
            beside = place;
            return;
        }
        this.place = target(place);
        // Another program may write to the same place.
        String unique = ProcessHandle.current().pid() + "." + System.nanoTime();
        beside = this.place.resolveSibling("." + place.getFileName() + "." + unique + ".part");
        // Cleans up if the process is interrupted.
        beside.toFile().deleteOnExit();
    }

    // A link may point to a file that is yet to be written.
    private static Path target(Path place) throws IOException {
        Path at = place.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(at); links++) {
            if (links == LINKS) {
                throw new FileSystemLoopException(place.toString());
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        return at;
    }

    /**
     * Writes a text in UTF-8.
     *
     * @throws AccessDeniedException naming the place if no file may be written to its folder
     * @throws IOException naming the place if the text cannot be written or moved for another reason
     */
    public static void write(Path place, String text) throws IOException {
        try (WholeFile whole = new WholeFile(place)) {
            Files.writeString(whole.beside, text);
            whole.commit();
        } catch (AccessDeniedException e) {
            throw named(place, e);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(place + ": " + e.getMessage(), e);
        }
    }

    // The name beside is nobody's business.
    private static AccessDeniedException named(Path place, AccessDeniedException e) {
        AccessDeniedException named = new AccessDeniedException(place.toString(), null, e.getReason());
        named.initCause(e);
        return named;
    }

    /** What stands in the way of a file at a place, such as {@code folder /a/b does not exist}; empty if nothing does. */
    public static Optional<String> obstacle(Path place) {
        Path folder = place.toAbsolutePath().getParent();
        if (Files.isDirectory(place)) {
            return Optional.of("is a directory");
        }
        if (Files.isDirectory(folder)) {
            return Optional.empty();
        }
        return Optional.of("folder " + folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
    }

    /**
     * Makes sure, before the work that the file is to hold, that nothing stands in its way.
     *
     * @throws IllegalArgumentException naming the place and the {@link #obstacle}
     */
    public static void requirePlace(Path place) {
        obstacle(place).ifPresent(obstacle -> {
            throw new IllegalArgumentException(place + ": " + obstacle);
        });
    }

    /** Where the file is to be written first: the place itself if it is a device or a pipe. */
    public Path beside() {
        return beside;
    }

    /**
     * Moves what was written to its place, in one step where the file system has one. Who may read and write a file
     * that is replaced stays as it is.
     *
     * @throws IOException if nothing was written, or it cannot be moved
     */
    public void commit() throws IOException {
        if (beside == place) {
            return;
        }
        if (Files.exists(place) && Files.getFileStore(place).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(place));
        }
        try {
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes what was not moved. */
    @Override
    public void close() throws IOException {
        if (beside != place) {
            Files.deleteIfExists(beside);
        }
    }
}
