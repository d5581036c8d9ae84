package dev.hillock.segments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import dev.hillock.binding.NativeLibrary;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buffers over the memory of arenas, as {@link Kernels} takes buffers. */
class ArenaBufferTest {
    private static final int LENGTH = 1 << 20;
    private static final Activation F = Activation.gelu();
    private final Kernels kernels = Kernels.builder().build();

    // Only with the core as a jar is its edition for this JDK there, which knows arenas.
    @BeforeEach
    void theCoreKnowsArenas() {
        assumeTrue(NativeLibrary.get().isFfm(), "the core's classes are those for JDK 17");
    }

    private static FloatBuffer in(Arena arena) {
        return arena.allocate(4L * LENGTH, 4)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Test
    void everyArenaGivesTheBitsOfArrays() {
        float[] x = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            x[i] = i % 1000 / 100f - 5;
        }
        float[] y = new float[LENGTH];
        kernels.forward(F, x, y);
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            for (Arena arena : new Arena[] {confined, shared, Arena.ofAuto()}) {
                FloatBuffer buffer = in(arena).put(x).flip();
                kernels.forward(F, buffer, buffer);
                float[] actual = new float[LENGTH];
                buffer.get(actual);
                assertArrayEquals(y, actual);
            }
        }
    }

    @Test
    void closingSharedMemoryInTheMiddleOfCallsIsAnExceptionAndNoCrash() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Arena shared = Arena.ofShared();
        FloatBuffer buffer = in(shared);
        Thread caller = new Thread(() -> {
            try {
                while (true) {
                    kernels.forward(F, buffer, buffer);
                }
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        caller.start();
        Thread.sleep(50);
        boolean closed = false;
        while (!closed) {
            try {
                shared.close();
                closed = true;
            } catch (IllegalStateException e) {
                // A copy was under way.
                Thread.onSpinWait();
            }
        }
        caller.join();
        assertInstanceOf(IllegalStateException.class, thrown.get());
    }

    @Test
    void memoryConfinedToAnotherThreadIsRefused() throws InterruptedException {
        AtomicReference<FloatBuffer> theirs = new AtomicReference<>();
        Arena[] arena = new Arena[1];
        Thread other = new Thread(() -> theirs.set(in(arena[0] = Arena.ofConfined())));
        other.start();
        other.join();
        FloatBuffer buffer = theirs.get();
        WrongThreadException answer =
                assertThrows(WrongThreadException.class, () -> kernels.forward(F, buffer, buffer));
        assertTrue(answer.getMessage().contains("confined"), answer.getMessage());
    }

    @Test
    void closedMemoryIsSaid() {
        Arena arena = Arena.ofConfined();
        FloatBuffer buffer = in(arena);
        arena.close();
        IllegalStateException answer =
                assertThrows(IllegalStateException.class, () -> kernels.forward(F, buffer, buffer));
        assertEquals("the buffer's memory is closed", answer.getMessage());
    }
}
