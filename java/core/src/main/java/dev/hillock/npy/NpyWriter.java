package dev.hillock.npy;

import dev.hillock.file.WholeFile;
import dev.hillock.kernel.NarrowFloats;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

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

    private final WholeFile whole;
    private final NpyType type;
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);

    private NpyWriter(NpyType type, Path file) throws IOException {
        this.type = type;
        whole = new WholeFile(file);
        channel = FileChannel.open(whole.beside(), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    /**
     * Starts a file. Nothing is seen at its place before {@link #commit}.
     *
     * @throws NpyException if the place is a directory
     * @throws IOException if the folder is not there or cannot be written
     */
    public static NpyWriter create(Path file, NpyHeader header) throws IOException {
        Optional<String> obstacle = WholeFile.obstacle(file);
        if (obstacle.isPresent()) {
            Path folder = file.toAbsolutePath().getParent();
            throw Files.isDirectory(file) || !Files.exists(folder)
                    ? new NpyException(obstacle.get())
                    : new NotDirectoryException(folder.toString());
        }
        NpyWriter writer = new NpyWriter(header.type(), file);
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
        whole.commit();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        whole.close();
    }
}
