package dev.hillock.segments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.Kernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentKernelsTest {
    private static final Kernels KERNELS = Kernels.builder().build();
    private static final SegmentKernels SEGMENTS = SegmentKernels.of(KERNELS);
    private static final Activation F = Activation.tanh();

    // The same floats in every kind of memory.
    private static List<MemorySegment> kinds(float[] values, Arena confined, Arena shared) {
        float[] padded = new float[values.length + 5];
        System.arraycopy(values, 0, padded, 3, values.length);
        List<MemorySegment> kinds = new ArrayList<>();
        kinds.add(MemorySegment.ofArray(values.clone()));
        kinds.add(MemorySegment.ofArray(padded).asSlice(12, 4L * values.length));
        for (Arena arena : List.of(confined, shared, Arena.ofAuto(), Arena.global())) {
            kinds.add(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values));
        }
        return kinds;
    }

    private static float[] floats(int length, int seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian() * 3;
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"BFLOAT16", "FLOAT16"})
    void everyMixOfMemoryGivesTheBitsOfNarrowArrays(ElementType type) {
        short[] x = shorts(1);
        short[] dy = shorts(2);
        short[] y = new short[x.length];
        short[] dx = new short[x.length];
        KERNELS.forward(F, type, x, y);
        KERNELS.backward(F, type, x, dy, dx);
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            for (MemorySegment from : kinds(x, confined, shared)) {
                for (MemorySegment to : kinds(new short[x.length], confined, shared)) {
                    SEGMENTS.forward(F, type, from, to);
                    assertArrayEquals(y, to.toArray(ValueLayout.JAVA_SHORT));
                    for (MemorySegment gradient : kinds(dy, confined, shared)) {
                        SEGMENTS.backward(F, type, from, gradient, to);
                        assertArrayEquals(dx, to.toArray(ValueLayout.JAVA_SHORT));
                        SEGMENTS.backwardFromOutput(F, type, from, gradient, gradient);
                    }
                }
            }
        }
        MemorySegment floats = MemorySegment.ofArray(new float[4]);
        assertThrows(IllegalArgumentException.class, () -> SEGMENTS.forward(F, type, floats, floats));
        MemorySegment odd = MemorySegment.ofArray(x).asSlice(0, 3);
        assertThrows(IllegalArgumentException.class, () -> SEGMENTS.forward(F, type, odd, odd));
    }

    private static List<MemorySegment> kinds(short[] values, Arena confined, Arena shared) {
        short[] padded = new short[values.length + 5];
        System.arraycopy(values, 0, padded, 3, values.length);
        List<MemorySegment> kinds = new ArrayList<>();
        kinds.add(MemorySegment.ofArray(values.clone()));
        kinds.add(MemorySegment.ofArray(padded).asSlice(6, 2L * values.length));
        for (Arena arena : List.of(confined, shared, Arena.global())) {
            kinds.add(arena.allocateFrom(ValueLayout.JAVA_SHORT, values));
        }
        return kinds;
    }

    // Finite values of both formats, of every magnitude.
    private static short[] shorts(int seed) {
        Random random = new Random(seed);
        short[] values = new short[4999];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (random.nextInt(0x7000) | random.nextInt() & 0x8000);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 67, 9001})
    void everyMixOfMemoryGivesTheBitsOfArrays(int length) {
        float[] x = floats(length, 1);
        float[] dy = floats(length, 2);
        float[] y = new float[length];
        float[] dx = new float[length];
        float[] dxFromOutput = new float[length];
        KERNELS.forward(F, x, y);
        KERNELS.backward(F, x, dy, dx);
        KERNELS.backwardFromOutput(F, y, dy, dxFromOutput);
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            for (MemorySegment from : kinds(x, confined, shared)) {
                for (MemorySegment to : kinds(new float[length], confined, shared)) {
                    SEGMENTS.forward(F, from, to);
                    assertArrayEquals(y, to.toArray(ValueLayout.JAVA_FLOAT));
                    for (MemorySegment gradient : kinds(dy, confined, shared)) {
                        SEGMENTS.backward(F, from, gradient, to);
                        assertArrayEquals(dx, to.toArray(ValueLayout.JAVA_FLOAT));
                    }
                }
                SEGMENTS.forward(F, from, from);
                assertArrayEquals(y, from.toArray(ValueLayout.JAVA_FLOAT));
                for (MemorySegment gradient : kinds(dy, confined, shared)) {
                    SEGMENTS.backwardFromOutput(F, from, gradient, gradient);
                    assertArrayEquals(dxFromOutput, gradient.toArray(ValueLayout.JAVA_FLOAT));
                }
            }
        }
    }

    @Test
    void sourcesMayBeReadOnlyAndDestinationsMayNot() {
        float[] x = floats(33, 1);
        float[] y = new float[33];
        float[] expected = new float[33];
        KERNELS.forward(F, x, expected);
        SEGMENTS.forward(F, MemorySegment.ofArray(x).asReadOnly(), MemorySegment.ofArray(y));
        assertArrayEquals(expected, y);
        assertThrows(
                ReadOnlyBufferException.class,
                () -> SEGMENTS.forward(
                        F, MemorySegment.ofArray(x), MemorySegment.ofArray(y).asReadOnly()));
    }

    @Test
    void closedMemoryIsRefused() {
        for (Arena arena : List.of(Arena.ofConfined(), Arena.ofShared())) {
            MemorySegment x = arena.allocate(64);
            arena.close();
            assertEquals(
                    "x is closed",
                    assertThrows(IllegalStateException.class, () -> SEGMENTS.forward(F, x, x))
                            .getMessage());
        }
    }

    @Test
    void memoryConfinedToAnotherThreadIsRefused() throws InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(64);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread other = new Thread(() -> {
                try {
                    SEGMENTS.forward(F, x, x);
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            other.start();
            other.join();
            assertTrue(thrown.get() instanceof WrongThreadException, String.valueOf(thrown.get()));
        }
    }

    @Test
    void misuseIsAnsweredBeforeAnythingIsWritten() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(64, 4);
            MemorySegment array = MemorySegment.ofArray(new float[16]);
            assertEquals(
                    "dy",
                    assertThrows(NullPointerException.class, () -> SEGMENTS.backward(F, x, null, x))
                            .getMessage());
            refused(x, x.asSlice(0, 60));
            refused(x.asSlice(0, 7), x.asSlice(0, 7));
            refused(x.asSlice(2, 8), x.asSlice(16, 8));
            refused(x.asSlice(0, 32), x.asSlice(16, 32));
            refused(array.asSlice(0, 32), array.asSlice(16, 32));
            refused(x, MemorySegment.ofArray(new byte[64]));
            assertEquals(-1, x.mismatch(arena.allocate(64)));
        }
    }

    @Test
    void nothingNeedsNoMemory() {
        SEGMENTS.forward(F, MemorySegment.NULL, MemorySegment.NULL);
        SEGMENTS.backward(F, MemorySegment.NULL, MemorySegment.ofAddress(64), MemorySegment.NULL);
        assertThrows(NullPointerException.class, () -> SEGMENTS.forward(null, MemorySegment.NULL, MemorySegment.NULL));
    }

    private static void refused(MemorySegment x, MemorySegment y) {
        assertThrows(IllegalArgumentException.class, () -> SEGMENTS.forward(F, x, y));
    }

    // Shared memory may vanish at any moment; the answer is an exception and never the end of the process.
    @Test
    void aCloseInTheMiddleIsAnException() throws InterruptedException {
        for (int attempt = 0; attempt < 20; attempt++) {
            Arena arena = Arena.ofShared();
            MemorySegment x = arena.allocate(ValueLayout.JAVA_FLOAT, 1 << 20);
            Thread closer = new Thread(() -> {
                boolean closed = false;
                while (!closed) {
                    try {
                        arena.close();
                        closed = true;
                    } catch (IllegalStateException e) {
                        // It is being copied this very moment.
                    }
                }
            });
            closer.start();
            try {
                while (true) {
                    SEGMENTS.forward(F, x, x);
                }
            } catch (IllegalStateException e) {
                // The JVM interrupts the thread whose copy it stops.
                Thread.interrupted();
                closer.join();
            }
        }
    }

    @Test
    void threadsShareAConfinedSegmentOfTheCaller() {
        Kernels kernels =
                Kernels.builder().threads(3).pool(ForkJoinPool.commonPool()).build();
        float[] x = floats(400_000, 5);
        float[] expected = new float[x.length];
        KERNELS.forward(F, x, expected);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, x);
            SegmentKernels.of(kernels).forward(F, segment, segment);
            assertArrayEquals(expected, segment.toArray(ValueLayout.JAVA_FLOAT));
        }
    }
}
