package dev.hillock.npy;

import dev.hillock.kernel.NarrowFloats;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a {@code .npy} file beside its destination and moves it there when it is complete: a destination that exists
 * is replaced in one step or not touched at all.
 *
 * <pre>{@code
 * try (NpyWriter writer = NpyWriter.create(file, new NpyHeader(NpyType.FLOAT32, rows, columns))) {
 *     writer.write(values, values.length);
 *     writer.commit();
 * }
 * }</pre>
 */
public final class NpyWriter implements Closeable {
    private static final int BLOCK = 1 << 16;

    private final Path destination;
    // Where the bytes go first; the destination itself where that is a device.
    private final Path beside;
    private final NpyType type;
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);

    private NpyWriter(NpyType type, Path destination, Path beside) throws IOException {
        this.type = type;
        this.destination = destination;
        this.beside = beside;
        channel = destination.equals(beside)
                ? FileChannel.open(beside, StandardOpenOption.WRITE)
                : FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        if (!destination.equals(beside)) {
            // Cleans up if the process is interrupted.
            beside.toFile().deleteOnExit();
        }
    }

    /**
     * Starts a file. Nothing is seen at its place before {@link #commit}.
     *
     * @throws NpyException if the place is a directory
     * @throws IOException if the folder is not there or cannot be written
     */
    public static NpyWriter create(Path file, NpyHeader header) throws IOException {
        if (Files.isDirectory(file)) {
            throw new NpyException("is a directory");
        }
        // A link stays a link; what it points to is replaced.
        Path destination = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = destination.getParent();
        if (!Files.isDirectory(folder)) {
            throw Files.exists(folder)
                    ? new NotDirectoryException(folder.toString())
                    : new NpyException("folder " + folder + " does not exist");
        }
        boolean device = Files.exists(destination) && !Files.isRegularFile(destination);
        String name = "." + destination.getFileName() + "."
                + ProcessHandle.current().pid() + "." + System.nanoTime() + ".part";
        NpyWriter writer = new NpyWriter(header.type(), destination, device ? destination : folder.resolve(name));
        try {
            writer.write(ByteBuffer.wrap(header.bytes()));
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
        return writer;
    }

    /**
     * Writes the next elements: count of them from the start of values, rounded if the type is one of 16 bits.
     *
     * @throws IllegalStateException if the file's elements are of a type without floats
     */
    public void write(float[] values, int count) throws IOException {
        if (!type.fitsFloat()) {
            throw new IllegalStateException("floats in a file of " + type.word());
        }
        for (int done = 0; done < count; ) {
            int next = Math.min(BLOCK / type.bytes(), count - done);
            block.clear();
            switch (type) {
                case FLOAT32 -> block.asFloatBuffer().put(values, done, next);
                case FLOAT16 -> {
                    for (int i = 0; i < next; i++) {
                        block.putShort(i * Short.BYTES, NarrowFloats.toFloat16(values[done + i]));
                    }
                }
                default -> {
                    for (int i = 0; i < next; i++) {
                        block.putShort(i * Short.BYTES, NarrowFloats.toBfloat16(values[done + i]));
                    }
                }
            }
            write(block.limit(next * type.bytes()));
            done += next;
        }
    }

    /**
     * Writes the next elements: count of them from the start of values.
     *
     * @throws IllegalStateException if the file's elements are not doubles
     */
    public void write(double[] values, int count) throws IOException {
        if (type != NpyType.FLOAT64) {
            throw new IllegalStateException("doubles in a file of " + type.word());
        }
        for (int done = 0; done < count; ) {
            int next = Math.min(BLOCK / Double.BYTES, count - done);
            block.clear();
            block.asDoubleBuffer().put(values, done, next);
            write(block.limit(next * Double.BYTES));
            done += next;
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Puts the file in its place. */
    public void commit() throws IOException {
        channel.close();
        if (!destination.equals(beside)) {
            try {
                Files.move(beside, destination, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, destination, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!destination.equals(beside)) {
            Files.deleteIfExists(beside);
        }
    }
}
