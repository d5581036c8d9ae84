package dev.hillock.lab.data;

import dev.hillock.lab.net.Shape;
import dev.hillock.npy.NpyException;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyReader;
import dev.hillock.npy.NpyType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The user's own examples from two {@code .npy} files: inputs {@code <f4} of shape [rows, …], and one integer label
 * ({@code <i4} or {@code <i8}) per row. Whatever is wrong with them is an {@link IllegalArgumentException} that names the
 * file.
 */
public final class UserData {
    private UserData() {}

    /**
     * Reads both files. [rows, height, width] and [rows, height, width, channels] keep their shape; anything else counts
     * as vectors. There are as many classes as the largest label says.
     *
     * @throws IllegalArgumentException saying which file is wrong, and where
     * @throws IOException if a file cannot be read
     */
    public static Dataset load(Path inputs, Path labels) throws IOException {
        Floats x = floats(inputs);
        int[] classes = labels(labels, x.rows());
        int count = 0;
        for (int label : classes) {
            count = Math.max(count, label + 1);
        }
        return Dataset.labelled(x.values(), shape(x.shape()), classes, count);
    }

    /**
     * Reads inputs, and numbers {@code <f4} to predict: one a row, or [rows, numbers].
     *
     * @throws IllegalArgumentException saying which file is wrong, and where
     * @throws IOException if a file cannot be read
     */
    public static Dataset loadNumbers(Path inputs, Path numbers) throws IOException {
        Floats x = floats(inputs);
        Floats y = floats(numbers, 1);
        if (y.rows() != x.rows()) {
            throw wrong(numbers, y.rows() + " rows for " + x.rows() + " examples");
        }
        return Dataset.regression(x.values(), shape(x.shape()), y.values(), (int) (y.values().length / y.rows()));
    }

    /** Whether a file holds numbers, which cannot be labels. */
    public static boolean holdsNumbers(Path file) throws IOException {
        try (NpyReader reader = NpyReader.open(file)) {
            return reader.header().type() == NpyType.FLOAT32;
        } catch (NpyException e) {
            throw wrong(file, e.getMessage());
        }
    }

    private record Floats(float[] values, long[] shape) {
        long rows() {
            return shape[0];
        }
    }

    private static Floats floats(Path file) throws IOException {
        return floats(file, 2);
    }

    private static Floats floats(Path file, int fewestDimensions) throws IOException {
        float[] values;
        long[] shape;
        try (NpyReader reader = NpyReader.open(file)) {
            shape = checkedShape(file, reader.header(), fewestDimensions);
            values = reader.readFloats();
        } catch (NpyException e) {
            throw wrong(file, e.getMessage());
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw wrong(file, "row " + i / (values.length / shape[0]) + " contains " + values[i]);
            }
        }
        return new Floats(values, shape);
    }

    private static long[] checkedShape(Path file, NpyHeader header, int fewestDimensions) {
        long[] shape = header.shape();
        if (header.type() != NpyType.FLOAT32) {
            throw wrong(file, "element type '" + header.type().word() + "' is not supported for inputs, <f4 is");
        }
        if (shape.length < fewestDimensions) {
            throw wrong(file, "inputs must have the shape [rows, …], not " + header.shapeText());
        }
        if (header.elements() == 0) {
            throw wrong(file, "there are no examples in " + header.shapeText());
        }
        return shape;
    }

    private static Shape shape(long[] shape) {
        if (shape.length == 3 || shape.length == 4) {
            return new Shape((int) shape[1], (int) shape[2], shape.length == 4 ? (int) shape[3] : 1);
        }
        long size = 1;
        for (int i = 1; i < shape.length; i++) {
            size *= shape[i];
        }
        return Shape.flat((int) size);
    }

    private static int[] labels(Path file, long rows) throws IOException {
        long[] values;
        try (NpyReader reader = NpyReader.open(file)) {
            NpyHeader header = reader.header();
            if (header.type() == NpyType.FLOAT32) {
                throw wrong(
                        file,
                        "element type '" + header.type().word()
                                + "' is not supported for labels, <i4 and <i8 are (numbers are predicted by train --loss mse)");
            }
            long[] shape = header.shape();
            if (shape.length != 1 && !(shape.length == 2 && shape[1] == 1)) {
                throw wrong(file, "labels must have the shape [rows], not " + header.shapeText());
            }
            if (shape[0] != rows) {
                throw wrong(file, shape[0] + " labels for " + rows + " examples");
            }
            values = reader.readIntegers();
        } catch (NpyException e) {
            throw wrong(file, e.getMessage());
        }
        int[] labels = new int[values.length];
        boolean several = false;
        for (int i = 0; i < labels.length; i++) {
            // Classes are counted from 0, and a class without an example cannot be learned.
            if (values[i] < 0 || values[i] >= rows) {
                throw wrong(file, "row " + i + " has label " + values[i] + ", not one of 0 to " + (rows - 1));
            }
            labels[i] = (int) values[i];
            several |= labels[i] != labels[0];
        }
        if (!several) {
            throw wrong(file, "all labels are " + labels[0] + ": there is nothing to tell apart");
        }
        return labels;
    }

    private static IllegalArgumentException wrong(Path file, String what) {
        return new IllegalArgumentException(file + ": " + what);
    }
}
