package dev.hillock.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    Path folder;

    private static byte[] bytes(int major, String dictionary, int dataBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
        byte[] text = dictionary.getBytes(StandardCharsets.UTF_8);
        ByteBuffer length =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, text.length);
        out.write(length.array(), 0, major == 1 ? 2 : 4);
        out.writeBytes(text);
        out.writeBytes(new byte[dataBytes]);
        return out.toByteArray();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("in.npy"), content);
    }

    private String refusal(byte[] content) throws IOException {
        Path file = file(content);
        return assertThrows(NpyException.class, () -> NpyReader.open(file)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionIsRead(int major) throws IOException {
        Path file = file(bytes(major, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n", 24));
        try (NpyReader reader = NpyReader.open(file)) {
            assertArrayEquals(new long[] {2, 3}, reader.header().shape());
            assertEquals(6, reader.readFloats().length);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(), | 4 | 1",
                "(0,), | 0 | 0",
                "(5,) | 20 | 5",
                "(3L, 1) | 12 | 3",
                "(0, 999999999999, 999999999999), | 0 | 0",
                "(1, 1, 1, 1, 2), | 8 | 2"
            })
    void anyNumberOfDimensionsIsRead(String shape, int dataBytes, int elements) throws IOException {
        Path file = file(bytes(1, "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}", dataBytes));
        try (NpyReader reader = NpyReader.open(file)) {
            assertEquals(elements, reader.header().elements());
            assertEquals(elements, reader.readFloats().length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "None",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': 2}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2.0,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'extra': 1}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} + 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)",
                "{'descr': '<f4, 'fortran_order': False, 'shape': (2,)}",
                "{'descr' '<f4', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,)}"
            })
    void aHeaderThatIsNoneIsRefused(String dictionary) throws IOException {
        String message = refusal(bytes(1, dictionary, 8));
        assertEquals(1, message.lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f1", ">f8", ">f4", "|O", "<c8", "<U4", "|b1", "f4", "__import__"})
    void anotherElementTypeIsNamed(String type) throws IOException {
        assertEquals(
                "element type '" + type + "' is not supported",
                refusal(bytes(1, "{'descr': '" + type + "', 'fortran_order': False, 'shape': (1,)}", 8)));
    }

    @Test
    void recordsAreRefused() throws IOException {
        String message = refusal(bytes(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", 4));
        assertTrue(message.contains("element type") && message.contains("is not supported"), message);
    }

    @Test
    void aTruncatedFileIsRefusedBeforeAnythingIsAllocated() throws IOException {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000),}";
        assertTrue(refusal(bytes(1, dictionary, 100)).startsWith("truncated"));
    }

    @Test
    void everyPrefixOfAFileIsRefused() throws IOException {
        byte[] whole = bytes(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n", 8);
        for (int length = 0; length < whole.length; length++) {
            refusal(java.util.Arrays.copyOf(whole, length));
        }
    }

    @Test
    void trailingBytesAreRefused() throws IOException {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}";
        assertEquals("1 bytes after the data of (2,)", refusal(bytes(1, dictionary, 9)));
    }

    @Test
    void aHugeHeaderIsRefused() throws IOException {
        byte[] content = bytes(2, "", 0);
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
        assertEquals("truncated in the header", refusal(content));
        assertEquals("a header of 2000000 bytes is too long", refusal(bytes(2, " ".repeat(2_000_000), 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 127})
    void anUnknownVersionIsRefused(int major) throws IOException {
        assertTrue(refusal(bytes(major, "{}", 0)).contains("version"));
    }

    @Test
    void fortranOrderComesOutInCOrder() throws IOException {
        byte[] content = bytes(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3)}", 24);
        ByteBuffer data = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 6; i++) {
            data.putFloat(content.length - 24 + 4 * i, i);
        }
        try (NpyReader reader = NpyReader.open(file(content))) {
            assertArrayEquals(new float[] {0, 2, 4, 1, 3, 5}, reader.readFloats());
        }
    }

    @Test
    void classIndicesAreReadAsLongs() throws IOException {
        byte[] content = bytes(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (2,)}", 8);
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(content.length - 4, -7);
        try (NpyReader reader = NpyReader.open(file(content))) {
            assertArrayEquals(new long[] {0, -7}, reader.readIntegers());
        }
        try (NpyReader reader = NpyReader.open(folder.resolve("in.npy"))) {
            assertThrows(NpyException.class, reader::readFloats);
        }
    }

    @ParameterizedTest
    @CsvSource({"<f2, 3c00, 1", "<V2, 3f80, 1", "|V2, c000, -2", "bfloat16, 0001, 9.18354962e-41"})
    void sixteenBitsAreWidenedAndComeBack(String word, String bits, float value) throws IOException {
        byte[] content = bytes(1, "{'descr': '" + word + "', 'fortran_order': False, 'shape': (1,)}", 2);
        short pattern = (short) Integer.parseInt(bits, 16);
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putShort(content.length - 2, pattern);
        NpyType type;
        try (NpyReader reader = NpyReader.open(file(content))) {
            type = reader.header().type();
            assertArrayEquals(new float[] {value}, reader.readFloats());
        }
        Path out = folder.resolve("out.npy");
        try (NpyWriter writer = NpyWriter.create(out, new NpyHeader(type, 1))) {
            writer.write(new float[] {value}, 1);
            writer.commit();
        }
        byte[] written = Files.readAllBytes(out);
        assertEquals(
                pattern, ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).getShort(written.length - 2));
    }

    @Test
    void doublesKeepTheirDigits() throws IOException {
        double[] values = {Math.PI, -0.0, Double.MIN_VALUE};
        Path out = folder.resolve("out.npy");
        try (NpyWriter writer = NpyWriter.create(out, new NpyHeader(NpyType.FLOAT64, 3))) {
            assertThrows(IllegalStateException.class, () -> writer.write(new float[1], 1));
            writer.write(values, 3);
            writer.commit();
        }
        try (NpyReader reader = NpyReader.open(out)) {
            assertThrows(NpyException.class, reader::readFloats);
            assertArrayEquals(values, reader.readDoubles());
        }
    }

    @Test
    void aDirectoryIsNoFile() {
        assertEquals(
                "is a directory",
                assertThrows(NpyException.class, () -> NpyReader.open(folder)).getMessage());
    }

    @Test
    void nothingIsSeenBeforeTheCommit() throws IOException {
        Path file = Files.writeString(folder.resolve("out.npy"), "old");
        NpyHeader header = new NpyHeader(NpyType.FLOAT32, 3);
        try (NpyWriter writer = NpyWriter.create(file, header)) {
            writer.write(new float[] {1, 2}, 2);
        }
        assertEquals("old", Files.readString(file));
        try (NpyWriter writer = NpyWriter.create(file, header)) {
            writer.write(new float[] {1, 2, 3}, 3);
            writer.commit();
        }
        try (NpyReader reader = NpyReader.open(file)) {
            assertArrayEquals(new float[] {1, 2, 3}, reader.readFloats());
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path target = Files.writeString(folder.resolve("target.npy"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.npy"), target);
        try (NpyWriter writer = NpyWriter.create(link, new NpyHeader(NpyType.FLOAT32))) {
            writer.write(new float[] {1}, 1);
            writer.commit();
        }
        assertTrue(Files.isSymbolicLink(link));
        assertFalse(Files.readString(target, StandardCharsets.ISO_8859_1).equals("old"));
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("none").resolve("out.npy");
        IOException e =
                assertThrows(IOException.class, () -> NpyWriter.create(file, new NpyHeader(NpyType.FLOAT32, 1)));
        assertEquals("folder " + folder.resolve("none") + " does not exist", e.getMessage());
    }

    @Test
    void aFolderThatIsAFileHasItsOwnException() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        NotDirectoryException e = assertThrows(
                NotDirectoryException.class,
                () -> NpyWriter.create(file.resolve("out.npy"), new NpyHeader(NpyType.FLOAT32, 1)));
        assertEquals(file.toString(), e.getFile());
    }
}
