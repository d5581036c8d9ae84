package dev.hillock;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Spreads a long loop over threads. The calling thread works too; helpers come from a pool and take the next piece
 * whenever they are done with one, so a helper that comes late, or never, costs nothing but its share. Where the cuts
 * fall does not depend on who computes.
 */
final class Pieces {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    // Threads at work here, in all calls together: when there are as many as processors, helpers stay away.
    private static final AtomicInteger WORKING = new AtomicInteger();

    /** The loop over one piece. */
    @FunctionalInterface
    interface Body {
        void run(long start, long count);
    }

    // Added to the number of helpers at work when no more may begin.
    private static final int CLOSED = Integer.MIN_VALUE;
    private static final int SPINS = 1000;
    // What waits in a pool that takes nothing from its queues must not grow with the calls.
    private static final int WAITING = 1024;

    private final long length;
    private final long piece;
    // Null once the call is over: a helper that is still to come keeps this object, but must not keep the arrays.
    private Body body;
    private final Thread caller = Thread.currentThread();
    private final AtomicLong next = new AtomicLong();
    private final AtomicInteger helping = new AtomicInteger();
    private volatile Throwable thrown;

    private Pieces(long length, long piece, Body body) {
        this.length = length;
        this.piece = piece;
        this.body = body;
    }

    /**
     * Runs the body over [0, length) and returns when all of it is done.
     *
     * @param threads at most so many at a time, the calling one included
     * @param piece so much at a time
     */
    static void run(ForkJoinPool pool, int threads, long length, long piece, Body body) {
        Pieces pieces = new Pieces(length, piece, body);
        long useful = Math.min(Math.min(threads, PROCESSORS), (length + piece - 1) / piece);
        WORKING.incrementAndGet();
        try {
            pieces.call(pool, useful - 1);
            pieces.work();
        } finally {
            WORKING.decrementAndGet();
            pieces.close();
        }
        if (pieces.thrown != null) {
            Pieces.<RuntimeException>rethrow(pieces.thrown);
        }
    }

    // Whatever it is: a body in another language may throw what Java would have made it declare.
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void call(ForkJoinPool pool, long helpers) {
        if (helpers < 1 || pool.getQueuedSubmissionCount() + pool.getQueuedTaskCount() >= WAITING) {
            return;
        }
        try {
            for (long helper = 0; helper < helpers; helper++) {
                pool.execute(this::help);
            }
        } catch (RejectedExecutionException e) {
            // The pool has been shut down: nobody comes.
            return;
        }
    }

    private void work() {
        for (long start = next.getAndAdd(piece); start < length; start = next.getAndAdd(piece)) {
            body.run(start, Math.min(piece, length - start));
        }
    }

    private void help() {
        if (!begin()) {
            return;
        }
        try {
            if (WORKING.incrementAndGet() <= PROCESSORS) {
                work();
            }
        } catch (Throwable e) {
            thrown = e;
        } finally {
            WORKING.decrementAndGet();
            if (helping.decrementAndGet() == CLOSED) {
                LockSupport.unpark(caller);
            }
        }
    }

    private boolean begin() {
        int count = helping.get();
        while (count >= 0 && !helping.compareAndSet(count, count + 1)) {
            count = helping.get();
        }
        return count >= 0;
    }

    // Nothing is left to take: who has not begun must not, who has is on the last piece.
    private void close() {
        next.set(length);
        helping.getAndAdd(CLOSED);
        for (int spin = 0; helping.get() != CLOSED; spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, 100_000);
            }
        }
        body = null;
    }
}
