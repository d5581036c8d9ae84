package dev.hillock.npy;

import dev.hillock.kernel.NarrowFloats;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a {@code .npy} file, version 1.0 to 3.0, little endian, as much at a time as the caller asks for. The header is
 * checked against the length of the file before anything is allocated by it. Arrays in Fortran order are handed out in C
 * order; they are read whole.
 */
public final class NpyReader implements Closeable {
    private static final int MAX_HEADER = 1 << 20;
    private static final int BLOCK = 1 << 16;
    // The longest array that virtual machines allocate.
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final FileChannel channel;
    private final NpyHeader header;
    private final long dataOffset;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    private float[] reordered;
    private double[] reorderedDoubles;
    private long position;

    private NpyReader(FileChannel channel) throws IOException {
        this.channel = channel;
        long fileLength = channel.size();
        ByteBuffer start = bytes(12, Math.min(12, fileLength));
        if (start.remaining() < 10 || !Arrays.equals(start.array(), 0, 6, NpyHeaderParser.MAGIC, 0, 6)) {
            throw new NpyException("not a .npy file");
        }
        int major = start.get(6);
        if (major < 1 || major > 3 || start.get(7) != 0) {
            throw new NpyException(
                    ".npy version " + (major & 0xff) + "." + (start.get(7) & 0xff) + " is not known (1.0 to 3.0 are)");
        }
        int fixed = major == 1 ? 10 : 12;
        if (start.remaining() < fixed) {
            throw new NpyException("truncated in the header");
        }
        long length = major == 1 ? start.getShort(8) & 0xffff : start.getInt(8) & 0xffff_ffffL;
        if (length > fileLength - fixed) {
            throw new NpyException("truncated in the header");
        }
        if (length > MAX_HEADER) {
            throw new NpyException("a header of " + length + " bytes is too long");
        }
        channel.position(fixed);
        ByteBuffer text = bytes((int) length, length);
        header = NpyHeaderParser.parse(new String(
                text.array(), 0, (int) length, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        dataOffset = fixed + length;
        long expected = header.elements() * header.type().bytes();
        long present = fileLength - dataOffset;
        if (present < expected) {
            throw new NpyException("truncated: " + header.shapeText() + " needs " + expected + " bytes of data, "
                    + present + " are there");
        }
        if (present > expected) {
            throw new NpyException((present - expected) + " bytes after the data of " + header.shapeText());
        }
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws NpyException saying what is wrong if it is not such a file
     * @throws IOException if it cannot be read
     */
    public static NpyReader open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new NpyException(Files.isDirectory(file) ? "is a directory" : "is not a regular file");
        }
        FileChannel channel = FileChannel.open(file);
        try {
            return new NpyReader(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What the file says about its elements. */
    public NpyHeader header() {
        return header;
    }

    /**
     * Reads the next elements, in C order.
     *
     * @param into written from its start
     * @param count how many
     * @throws NpyException if the elements are neither {@code <f4} nor one of the 16-bit types, which are widened
     */
    public void read(float[] into, int count) throws IOException {
        requireFloats();
        if (inFileOrder()) {
            sequential(into, count);
        } else {
            if (reordered == null) {
                float[] raw = new float[length()];
                sequential(raw, raw.length);
                reordered = new float[raw.length];
                toCOrder((from, to) -> reordered[to] = raw[from]);
                position = 0;
            }
            System.arraycopy(reordered, (int) position, into, 0, count);
            position += count;
        }
    }

    /**
     * Reads the next elements, in C order.
     *
     * @param into written from its start
     * @param count how many
     * @throws NpyException if the elements are not {@code <f8}
     */
    public void read(double[] into, int count) throws IOException {
        requireDoubles();
        if (inFileOrder()) {
            sequential(into, count);
        } else {
            if (reorderedDoubles == null) {
                double[] raw = new double[length()];
                sequential(raw, raw.length);
                reorderedDoubles = new double[raw.length];
                toCOrder((from, to) -> reorderedDoubles[to] = raw[from]);
                position = 0;
            }
            System.arraycopy(reorderedDoubles, (int) position, into, 0, count);
            position += count;
        }
    }

    // In one dimension both orders are the same.
    private boolean inFileOrder() {
        return !header.fortranOrder()
                || Arrays.stream(header.shape()).filter(n -> n != 1).count() <= 1;
    }

    /**
     * Reads every element, in C order.
     *
     * @throws NpyException if the elements are neither {@code <f4} nor one of the 16-bit types, which are widened; or more
     *     than an array can hold
     */
    public float[] readFloats() throws IOException {
        requireFloats();
        float[] values = new float[length()];
        read(values, values.length);
        return values;
    }

    /**
     * Reads every element, in C order.
     *
     * @throws NpyException if the elements are not {@code <f8}, or more than an array can hold
     */
    public double[] readDoubles() throws IOException {
        requireDoubles();
        double[] values = new double[length()];
        read(values, values.length);
        return values;
    }

    /**
     * Reads every integer, in C order.
     *
     * @throws NpyException if the elements are not integers, or more than an array can hold
     */
    public long[] readIntegers() throws IOException {
        if (header.type() != NpyType.INT32 && header.type() != NpyType.INT64) {
            throw new NpyException("element type '" + header.type().word() + "' is not supported here: integers are");
        }
        long[] values = new long[length()];
        int bytes = header.type().bytes();
        for (int done = 0; done < values.length; ) {
            int count = Math.min(BLOCK / bytes, values.length - done);
            fill((long) done * bytes, count * bytes);
            for (int i = 0; i < count; i++) {
                values[done++] = bytes == 4 ? block.getInt() : block.getLong();
            }
        }
        if (inFileOrder()) {
            return values;
        }
        long[] ordered = new long[values.length];
        toCOrder((from, to) -> ordered[to] = values[from]);
        return ordered;
    }

    private void requireFloats() throws NpyException {
        if (!header.type().fitsFloat()) {
            throw new NpyException("element type '" + header.type().word() + "' is not supported here");
        }
    }

    private int length() throws NpyException {
        if (header.elements() > MAX_ARRAY) {
            throw new NpyException(header.shapeText() + " is more than one array can hold");
        }
        return (int) header.elements();
    }

    private void requireDoubles() throws NpyException {
        if (header.type() != NpyType.FLOAT64) {
            throw new NpyException("element type '" + header.type().word() + "' is not supported here");
        }
    }

    private void sequential(float[] into, int count) throws IOException {
        int bytes = header.type().bytes();
        for (int done = 0; done < count; ) {
            int next = Math.min(BLOCK / bytes, count - done);
            fill(position * bytes, next * bytes);
            switch (header.type()) {
                case FLOAT32 -> block.asFloatBuffer().get(into, done, next);
                case FLOAT16 -> {
                    for (int i = 0; i < next; i++) {
                        into[done + i] = NarrowFloats.fromFloat16(block.getShort());
                    }
                }
                default -> {
                    for (int i = 0; i < next; i++) {
                        into[done + i] = NarrowFloats.fromBfloat16(block.getShort());
                    }
                }
            }
            done += next;
            position += next;
        }
    }

    private void sequential(double[] into, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int next = Math.min(BLOCK / Double.BYTES, count - done);
            fill(position * Double.BYTES, next * Double.BYTES);
            block.asDoubleBuffer().get(into, done, next);
            done += next;
            position += next;
        }
    }

    private void fill(long offset, int bytes) throws IOException {
        block.clear().limit(bytes);
        while (block.hasRemaining()) {
            if (channel.read(block, dataOffset + offset + block.position()) < 0) {
                throw new EOFException("truncated while it was read");
            }
        }
        block.flip();
    }

    @FunctionalInterface
    private interface Move {
        void element(int from, int to);
    }

    // The place in C order of every element, in the order of the file.
    private void toCOrder(Move move) throws NpyException {
        long[] shape = header.shape();
        int[] index = new int[shape.length];
        int length = length();
        for (int from = 0; from < length; from++) {
            int to = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                to = to * (int) shape[axis] + index[axis];
            }
            move.element(from, to);
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0;
            }
        }
    }

    private ByteBuffer bytes(int capacity, long count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
        buffer.limit((int) count);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Until it is full or the file ends.
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
