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

    @ParameterizedTest
    @ValueSource(strings = {"NATIVE", "SCALAR", "AUTO"})
    void callsOnArraysAllocateNothing(Engine engine) {
        Kernels kernels = Kernels.builder().engine(engine).build();
        Activation f = Activation.sigmoid();
        float[] x = new float[64];
        float[] dx = new float[64];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long end = System.nanoTime() + PATIENCE;
        long bytes;
        do {
            bytes = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < CALLS; i++) {
                kernels.forward(f, x, dx);
                kernels.backward(f, x, x, dx);
            }
            bytes = threads.getThreadAllocatedBytes(thread) - bytes;
            // What the measurement itself allocates.
        } while (bytes >= CALLS && System.nanoTime() < end);
        assertTrue(bytes < CALLS, bytes + " bytes in " + 2 * CALLS + " calls on " + engine);
    }
}
