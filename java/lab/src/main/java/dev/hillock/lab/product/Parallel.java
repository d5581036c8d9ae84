package dev.hillock.lab.product;

import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Runs pieces of work on a fixed number of threads. Which pieces there are is the caller's affair and must not depend on
 * the threads: that is what makes results the same for any number of them.
 */
public final class Parallel implements AutoCloseable {
    private final ForkJoinPool pool;

    /**
     * A pool of its own; with one thread none is started and everything runs on the caller's.
     *
     * @throws IllegalArgumentException if threads is below 1
     */
    public Parallel(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        pool = threads == 1 ? null : new ForkJoinPool(threads);
    }

    /** Calls body with 0 … pieces - 1, in any order, and returns when all are done. */
    public void forEach(int pieces, IntConsumer body) {
        if (pool == null || pieces == 1) {
            for (int i = 0; i < pieces; i++) {
                body.accept(i);
            }
        } else {
            pool.submit(() -> IntStream.range(0, pieces).parallel().forEach(body))
                    .join();
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        if (pool != null) {
            pool.shutdown();
        }
    }
}
