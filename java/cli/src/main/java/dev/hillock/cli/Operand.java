package dev.hillock.cli;

import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyReader;
import dev.hillock.npy.NpyType;

/**
 * An array in a file.
 *
 * @param file its name, for messages
 */
record Operand(String file, NpyReader reader) {
    NpyHeader header() {
        return reader.header();
    }

    /** The shape, for operations that hold the whole array in memory. */
    int[] shape() {
        long[] shape = header().shape();
        int[] sizes = new int[shape.length];
        for (int i = 0; i < sizes.length; i++) {
            if (shape[i] > Integer.MAX_VALUE) {
                throw new UsageException(file + ": shape " + header().shapeText() + " is too large");
            }
            sizes[i] = (int) shape[i];
        }
        return sizes;
    }

    float[] floats() {
        return ArrayFiles.named(file, reader::readFloats);
    }

    void read(float[] into, int count) {
        ArrayFiles.named(file, () -> {
            reader.read(into, count);
            return null;
        });
    }

    boolean isDouble() {
        return header().type() == NpyType.FLOAT64;
    }

    double[] doubles() {
        return ArrayFiles.named(file, reader::readDoubles);
    }

    void read(double[] into, int count) {
        ArrayFiles.named(file, () -> {
            reader.read(into, count);
            return null;
        });
    }
}
