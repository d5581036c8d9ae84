package dev.hillock.lab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        images("train", 3);
        labels("train", 0, 9, 4);
        images("t10k", 2);
        labels("t10k", 1, 2);
    }

    private void images(String part, int rows) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(16 + rows * 6);
        bytes.putInt(0x803).putInt(rows).putInt(2).putInt(3);
        for (int i = 0; i < rows * 6; i++) {
            bytes.put((byte) (i == 1 ? 255 : i));
        }
        write(part + "-images-idx3-ubyte.gz", bytes.array());
    }

    private void labels(String part, int... labels) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
        bytes.putInt(0x801).putInt(labels.length);
        Arrays.stream(labels).forEach(label -> bytes.put((byte) label));
        write(part + "-labels-idx1-ubyte.gz", bytes.array());
    }

    private void write(String name, byte[] bytes) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(bytes);
        }
    }

    @Test
    void picturesAndLabelsAreRead() throws IOException {
        Split split = FashionMnist.load(folder);
        assertEquals("2x3x1", split.train().shape().toString());
        assertArrayEquals(new int[] {0, 9, 4}, split.train().labels());
        assertEquals(1f, split.train().inputs()[1]);
        assertEquals(17 / 255f, split.train().inputs()[17]);
        assertEquals(2, split.test().rows());
    }

    @Test
    void wrongFilesAreAnsweredWithOneLineThatNamesThem() throws IOException {
        labels("train", 0, 10, 4);
        refused("train-labels-idx1-ubyte.gz: label 10 at 1");
        labels("train", 0, 1);
        refused("train-labels-idx1-ubyte.gz: 2 labels for 3 images");
        write("train-images-idx3-ubyte.gz", new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});
        refused("train-images-idx3-ubyte.gz: not an IDX file of 3 dimensions");
        write("train-images-idx3-ubyte.gz", new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 7});
        refused("train-images-idx3-ubyte.gz: not 4 elements");
        write("train-images-idx3-ubyte.gz", new byte[] {0, 0, 8, 3, 127, 0, 0, 0, 127, 0, 0, 0, 127, 0, 0, 0});
        refused("train-images-idx3-ubyte.gz: dimensions");
        write("train-images-idx3-ubyte.gz", new byte[] {0, 0, 8});
        refused("train-images-idx3-ubyte.gz: not a whole IDX file");
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
        refused("train-images-idx3-ubyte.gz: not a whole IDX file");
    }

    private void refused(String words) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> FashionMnist.load(folder));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void wrongWordsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> FashionMnist.load(folder.resolve("none")));
        assertThrows(IllegalArgumentException.class, () -> Examples.of(List.of("fashion")));
        assertThrows(IllegalArgumentException.class, () -> Examples.of(null).first(0));
        assertThrows(IllegalArgumentException.class, () -> Examples.of(null).first(2000));
    }
}
