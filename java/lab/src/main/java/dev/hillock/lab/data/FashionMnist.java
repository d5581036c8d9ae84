package dev.hillock.lab.data;

import dev.hillock.lab.net.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Fashion-MNIST, 70,000 pictures of clothes of 28 x 28 pixels, from the IDX files where Debian's package {@code
 * dataset-fashion-mnist} installs them. What is wrong with a file is an {@link IllegalArgumentException} that names it.
 */
public final class FashionMnist {
    /** Where the package puts its files. */
    public static final Path FOLDER = Path.of("/usr/share/datasets/fashion-mnist");

    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;
    private static final int CLASSES = 10;
    private static final int MOST = 1 << 24;

    private FashionMnist() {}

    /** The parts as they are published: 60,000 to learn from, 10,000 to test. */
    public static Split load(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("fashion-mnist: no folder " + folder
                    + " (Debian and Ubuntu have it in the package dataset-fashion-mnist)");
        }
        return new Split(part(folder, "train"), part(folder, "t10k"));
    }

    private static Dataset part(Path folder, String name) throws IOException {
        Path images = folder.resolve(name + "-images-idx3-ubyte.gz");
        Path labels = folder.resolve(name + "-labels-idx1-ubyte.gz");
        int[] shape = new int[3];
        byte[] pixels = read(images, IMAGES, shape);
        int[] count = new int[1];
        byte[] classes = read(labels, LABELS, count);
        if (count[0] != shape[0]) {
            throw new IllegalArgumentException(labels + ": " + count[0] + " labels for " + shape[0] + " images");
        }
        float[] x = new float[pixels.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (pixels[i] & 0xFF) / 255f;
        }
        int[] y = new int[count[0]];
        for (int i = 0; i < y.length; i++) {
            if (classes[i] < 0 || classes[i] >= CLASSES) {
                throw new IllegalArgumentException(labels + ": label " + classes[i] + " at " + i);
            }
            y[i] = classes[i];
        }
        return Dataset.labelled(x, new Shape(shape[1], shape[2], 1), y, CLASSES);
    }

    // The bytes of an IDX file: a magic number, the dimensions, the elements.
    private static byte[] read(Path file, int magic, int[] dimensions) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
            if (in.readInt() != magic) {
                throw new IllegalArgumentException(file + ": not an IDX file of " + dimensions.length + " dimensions");
            }
            long elements = 1;
            for (int i = 0; i < dimensions.length; i++) {
                dimensions[i] = in.readInt();
                elements = dimensions[i] < 1 || dimensions[i] > MOST ? Long.MAX_VALUE : elements * dimensions[i];
                if (elements > Integer.MAX_VALUE / 8) {
                    throw new IllegalArgumentException(file + ": dimensions " + Arrays.toString(dimensions));
                }
            }
            byte[] bytes = in.readNBytes((int) elements);
            if (bytes.length < elements || in.read() >= 0) {
                throw new IllegalArgumentException(file + ": not " + elements + " elements, as it announces");
            }
            return bytes;
        } catch (EOFException | ZipException e) {
            throw new IllegalArgumentException(file + ": not a whole IDX file", e);
        }
    }
}
