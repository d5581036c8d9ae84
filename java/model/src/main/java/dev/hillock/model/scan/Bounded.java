package dev.hillock.model.scan;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Little-endian values from a file, none of them believed beyond the file's end. */
final class Bounded implements Closeable {
    private final InputStream stream;
    private long remaining;

    Bounded(Path file) throws IOException {
        remaining = Files.size(file);
        stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private void claim(long bytes) throws EOFException {
        if (bytes < 0 || bytes > remaining) {
            throw new EOFException();
        }
        remaining -= bytes;
    }

    /** Whole numbers of 1 to 8 bytes. */
    long unsigned(int bytes) throws IOException {
        claim(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int next = stream.read();
            if (next < 0) {
                throw new EOFException();
            }
            value |= (long) next << (8 * i);
        }
        return value;
    }

    /** How many things follow, each of at least some bytes. */
    long count(long announced, long atLeastBytes) throws EOFException {
        if (announced < 0 || announced > remaining / atLeastBytes) {
            throw new EOFException();
        }
        return announced;
    }

    byte[] bytes(long length, int longest, String what) throws IOException {
        if (length > longest || length < 0) {
            throw new IllegalArgumentException(what + " of " + Long.toUnsignedString(length) + " bytes");
        }
        claim(length);
        byte[] bytes = stream.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    String text(long length, int longest, String what) throws IOException {
        return new String(bytes(length, longest, what), StandardCharsets.UTF_8);
    }

    void skip(long bytes) throws IOException {
        claim(bytes);
        stream.skipNBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
