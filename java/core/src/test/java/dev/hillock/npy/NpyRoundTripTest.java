package dev.hillock.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;

class NpyRoundTripTest {
    private final Path file = temporary();

    private static Path temporary() {
        try {
            return Files.createTempFile("hillock", ".npy");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterProperty
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private void write(long[] shape, float[] values) throws IOException {
        try (NpyWriter writer = NpyWriter.create(file, new NpyHeader(NpyType.FLOAT32, shape))) {
            writer.write(values, values.length);
            writer.commit();
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll @Size(max = 5) List<@IntRange(max = 7) Integer> dimensions, @ForAll long seed)
            throws IOException {
        long[] shape = dimensions.stream().mapToLong(Integer::longValue).toArray();
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt());
        }
        write(shape, values);
        assertEquals(0, (Files.size(file) - 4L * values.length) % 64);
        try (NpyReader reader = NpyReader.open(file)) {
            assertArrayEquals(shape, reader.header().shape());
            assertArrayEquals(bits(values), bits(reader.readFloats()));
        }
    }

    // Whatever byte of the header is damaged: a header that still says the same, or a refusal.
    @Property(tries = 500)
    void aDamagedHeaderIsReadOrRefused(@ForAll @IntRange(max = 127) int position, @ForAll byte damage)
            throws IOException {
        write(new long[] {3, 4}, new float[12]);
        byte[] content = Files.readAllBytes(file);
        content[position] = damage;
        Files.write(file, content);
        try (NpyReader reader = NpyReader.open(file)) {
            assertEquals(
                    4L * 12, reader.header().elements() * reader.header().type().bytes());
        } catch (NpyException e) {
            assertEquals(1, e.getMessage().lines().count());
        }
        assertThrows(IOException.class, () -> NpyReader.open(file.resolveSibling("none.npy")));
    }
}
