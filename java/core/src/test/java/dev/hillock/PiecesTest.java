package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    private static final int LENGTH = 300_001;

    private final ForkJoinPool pool = new ForkJoinPool(3);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyElementIsVisitedOnce(int threads) {
        AtomicIntegerArray visits = new AtomicIntegerArray(10_007);
        Pieces.run(pool, threads, visits.length(), 100, (start, count) -> {
            for (long i = start; i < start + count; i++) {
                visits.incrementAndGet((int) i);
            }
        });
        for (int i = 0; i < visits.length(); i++) {
            assertEquals(1, visits.get(i));
        }
    }

    @Test
    void neverMoreThreadsThanProcessorsWhoeverCalls() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int callers = 2 * Runtime.getRuntime().availableProcessors();
        CountDownLatch done = new CountDownLatch(callers);
        for (int caller = 0; caller < callers; caller++) {
            new Thread(() -> {
                        Pieces.run(pool, 8, 200, 1, (start, count) -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            now.decrementAndGet();
                        });
                        done.countDown();
                    })
                    .start();
        }
        assertTrue(done.await(1, TimeUnit.MINUTES));
        // Every caller works itself; helpers join only where a processor is free.
        assertTrue(most.get() <= callers, "at a time: " + most.get());
    }

    @Test
    void aBusyPoolDelaysNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ForkJoinPool busy = new ForkJoinPool(1);
        busy.execute(() -> awaitQuietly(release));
        AtomicInteger pieces = new AtomicInteger();
        Pieces.run(busy, 2, 1000, 10, (start, count) -> pieces.incrementAndGet());
        assertEquals(100, pieces.get());
        release.countDown();
        busy.shutdown();
    }

    @Test
    void aHelperThatNeverComesKeepsNothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ForkJoinPool busy = new ForkJoinPool(1);
        busy.execute(() -> awaitQuietly(release));
        try {
            WeakReference<int[]> kept = runOn(busy);
            for (int attempt = 0; attempt < 100 && kept.get() != null; attempt++) {
                System.gc();
                Thread.sleep(10);
            }
            assertNull(kept.get(), "the array of a call that has returned");
            for (int call = 0; call < 5000; call++) {
                runOn(busy);
            }
            assertTrue(busy.getQueuedSubmissionCount() < 2000, "waiting: " + busy.getQueuedSubmissionCount());
        } finally {
            release.countDown();
            busy.shutdown();
        }
    }

    private static WeakReference<int[]> runOn(ForkJoinPool pool) {
        int[] array = new int[100];
        Pieces.run(pool, 2, array.length, 10, (start, count) -> array[(int) start]++);
        return new WeakReference<>(array);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPoolThatIsShutDownLeavesTheWorkToTheCaller() {
        pool.shutdown();
        AtomicInteger pieces = new AtomicInteger();
        Pieces.run(pool, 2, 1000, 10, (start, count) -> pieces.incrementAndGet());
        assertEquals(100, pieces.get());
    }

    @Test
    void aCheckedExceptionOfAHelperComesToTheCaller() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "no processor for a helper");
        Thread caller = Thread.currentThread();
        CountDownLatch thrown = new CountDownLatch(1);
        IOException expected = new IOException("a piece");
        assertSame(
                expected,
                assertThrows(
                        IOException.class,
                        () -> Pieces.run(pool, 2, 1000, 1, (start, count) -> {
                            if (Thread.currentThread() == caller) {
                                awaitQuietly(thrown);
                            } else {
                                thrown.countDown();
                                PiecesTest.<RuntimeException>sneak(expected);
                            }
                        })));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void whatAPieceThrowsComesToTheCaller() {
        IllegalStateException thrown = new IllegalStateException("a piece");
        for (int attempt = 0; attempt < 50; attempt++) {
            assertSame(
                    thrown,
                    assertThrows(
                            IllegalStateException.class,
                            () -> Pieces.run(pool, 2, 1000, 1, (start, count) -> {
                                if (start == 500) {
                                    throw thrown;
                                }
                            })));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LENGTH, 4 * LENGTH})
    void bitsDoNotDependOnThreads(int length) {
        float[] x = inputs(length);
        float[] dy = inputs(length);
        for (Activation f : new Activation[] {Activation.gelu(), Activation.relu()}) {
            float[] expected = new float[length];
            Kernels.builder().threads(1).build().backward(f, x, dy, expected);
            for (int threads : new int[] {2, 3, 7}) {
                float[] actual = new float[length];
                Kernels.builder().threads(threads).pool(pool).build().backward(f, x, dy, actual);
                assertArrayEquals(expected, actual, f + " on " + threads + " threads");
            }
        }
    }

    @Test
    void nestedCallsReturn() {
        Kernels kernels = Kernels.builder().threads(3).pool(pool).build();
        float[] x = inputs(LENGTH);
        float[] expected = new float[LENGTH];
        kernels.forward(Activation.tanh(), x, expected);
        pool.submit(() -> IntStream.range(0, 6).parallel().forEach(i -> {
                    float[] y = new float[LENGTH];
                    kernels.forward(Activation.tanh(), x, y);
                    assertArrayEquals(expected, y);
                }))
                .join();
    }

    private static float[] inputs(int length) {
        Random random = new Random(3);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) random.nextGaussian() * 4;
        }
        return x;
    }
}
