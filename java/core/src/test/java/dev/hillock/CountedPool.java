package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool that knows whether it has been asked for help. */
final class CountedPool extends ForkJoinPool {
    private final AtomicInteger asked = new AtomicInteger();

    CountedPool() {
        super(1);
    }

    /** Kernels that take their helpers here. */
    Kernels kernels() {
        return Kernels.builder().threads(2).pool(this).build();
    }

    @Override
    public void execute(Runnable helper) {
        asked.incrementAndGet();
        super.execute(helper);
    }

    void requireAsked() {
        shutdown();
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "no processor for a helper");
        assertTrue(asked.get() > 0, "nobody asked this pool");
    }
}
