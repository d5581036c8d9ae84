package dev.hillock.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** A case that a contestant is ready to do again and again. */
public interface Work extends AutoCloseable {
    /**
     * What some calls took.
     *
     * @param nanos wall-clock time of all of them
     * @param allocatedBytes what the calling thread allocated on the Java heap
     * @param compileMillis what the just-in-time compiler finished meanwhile
     */
    record Timing(long nanos, long allocatedBytes, long compileMillis) {}

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
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long compiled = compiler.getTotalCompilationTime();
        int windows = windows();
        before = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (long call = 0, window = 0; call < calls; call++) {
            run((int) window);
            window = window + 1 == windows ? 0 : window + 1;
        }
        long nanos = System.nanoTime() - start;
        long bytes = threads.getCurrentThreadAllocatedBytes() - before - own;
        return new Timing(nanos, bytes, compiler.getTotalCompilationTime() - compiled);
    }

    @Override
    default void close() {}
}
