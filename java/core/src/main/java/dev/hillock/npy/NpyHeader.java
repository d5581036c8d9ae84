package dev.hillock.npy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a {@code .npy} file says about its elements.
 *
 * @param type how one is stored
 * @param fortranOrder whether the first index runs fastest in the file
 * @param shape the dimensions; none for a single value
 */
public record NpyHeader(NpyType type, boolean fortranOrder, long... shape) {
    /** A header in C order. */
    public NpyHeader(NpyType type, long... shape) {
        this(type, false, shape);
    }

    /** Copies the shape. */
    public NpyHeader {
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** The number of elements. */
    public long elements() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** The shape as NumPy writes it, for example {@code (3, 4)}. */
    public String shapeText() {
        String inside = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return shape.length == 1 ? "(" + inside + ",)" : "(" + inside + ")";
    }

    // Magic, version, length and dictionary, padded so that the elements start on a multiple of 64 bytes.
    byte[] bytes() {
        String dictionary = "{'descr': '" + type.word() + "', 'fortran_order': " + (fortranOrder ? "True" : "False")
                + ", 'shape': " + shapeText() + ", }";
        boolean small = dictionary.length() + 64 < 1 << 16;
        int fixed = small ? 10 : 12;
        int total = (fixed + dictionary.length() + 1 + 63) / 64 * 64;
        byte[] bytes = new byte[total];
        Arrays.fill(bytes, (byte) ' ');
        bytes[total - 1] = '\n';
        System.arraycopy(NpyHeaderParser.MAGIC, 0, bytes, 0, NpyHeaderParser.MAGIC.length);
        bytes[6] = (byte) (small ? 1 : 2);
        bytes[7] = 0;
        int length = total - fixed;
        for (int i = 8; i < fixed; i++) {
            bytes[i] = (byte) (length >>> 8 * (i - 8));
        }
        byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, fixed, text.length);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NpyHeader that
                && type == that.type
                && fortranOrder == that.fortranOrder
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return type.word() + " " + shapeText();
    }
}
