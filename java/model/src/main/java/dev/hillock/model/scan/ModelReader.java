package dev.hillock.model.scan;

import java.io.IOException;
import java.nio.file.Path;

/** Reads one kind of model file. */
interface ModelReader {
    /**
     * Whether a file is of this kind.
     *
     * @param start its first bytes, fewer if it is short
     */
    boolean accepts(byte[] start, long length);

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException in one line if its content is wrong
     * @throws IOException if it cannot be read, or ends too early
     */
    Model read(Path file) throws IOException;
}
