package dev.hillock.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** A case that a contestant is ready to do again and again. */
public interface Work extends AutoCloseable {
    /**
     * What some calls took.
     *
     * @param nanos wall-clock time of all of them
     * @param allocatedBytes what the calling thread allocated on the Java heap
     * @param compiling whether the just-in-time compiler finished much meanwhile, or had not finished afterwards
     */
    record Timing(long nanos, long allocatedBytes, boolean compiling) {
        // Of the time.
        private static final double MUCH = 0.1;

        static Timing of(long nanos, long allocatedBytes, long compiledMillis) {
            boolean much = compiledMillis > MUCH * TimeUnit.NANOSECONDS.toMillis(nanos);
            return new Timing(nanos, allocatedBytes, much || JustInTimeCompiler.isBusy());
        }
    }

    /** Does the work once, on the window of that number. */
    void run(int window);

    /** Copies the output of all windows, as far as the array reaches. */
    void result(float[] out);

    /** How many windows there are. */
    int windows();

    /** Times so many calls, on the windows in turn. */
    default Timing time(long calls) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long own = threads.getCurrentThreadAllocatedBytes() - before;
        long compiled = JustInTimeCompiler.finishedMillis();
        int windows = windows();
        before = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (long call = 0, window = 0; call < calls; call++) {
            run((int) window);
            window = window + 1 == windows ? 0 : window + 1;
        }
        long nanos = System.nanoTime() - start;
        long bytes = threads.getCurrentThreadAllocatedBytes() - before - own;
        return Timing.of(nanos, bytes, JustInTimeCompiler.finishedMillis() - compiled);
    }

    @Override
    default void close() {}
}
