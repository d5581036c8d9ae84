package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Once the compiler is through, a call on arrays allocates nothing, checks included. */
class AllocationIT {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int CALLS = 10_000;
    // HotSpot 25 leaves one of a segment's objects in backward when a program goes both ways in turn.
    private static final long BACKWARD_BYTES = 32;

    @ParameterizedTest
    @ValueSource(strings = {"NATIVE", "SCALAR", "AUTO"})
    void callsOnArraysAllocateNothing(Engine engine) {
        Kernels kernels = Kernels.builder().engine(engine).build();
        Activation f = Activation.sigmoid();
        float[] x = new float[64];
        float[] dx = new float[64];
        settle("forward", 0, () -> kernels.forward(f, x, dx));
        settle("backward", BACKWARD_BYTES, () -> kernels.backward(f, x, x, dx));
    }

    private static void settle(String name, long allowed, Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long end = System.nanoTime() + PATIENCE;
        long bytes;
        do {
            bytes = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            bytes = (threads.getThreadAllocatedBytes(thread) - bytes) / CALLS;
        } while (bytes > allowed && System.nanoTime() < end);
        assertTrue(bytes <= allowed, bytes + " bytes a call " + name);
    }
}
