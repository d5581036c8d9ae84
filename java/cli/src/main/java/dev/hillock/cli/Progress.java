package dev.hillock.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/** A bar on a terminal, or a line a minute in a log, with the time that is left. Safe for many threads. */
public final class Progress {
    private static final int WIDTH = 40;
    private static final long NANOS_BETWEEN = 200_000_000;
    private static final long NANOS_BETWEEN_LINES = 60_000_000_000L;

    private final PrintStream err;
    private final boolean visible;
    private final long total;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong drawn = new AtomicLong(start);

    /** A bar that is full after total steps. */
    public Progress(Console console, long total) {
        this.err = console.err();
        this.visible = console.terminal();
        this.total = Math.max(1, total);
    }

    /** More steps are done. */
    public void add(long steps) {
        long now = System.nanoTime();
        long sum = done.addAndGet(steps);
        long last = drawn.get();
        if (now - last > (visible ? NANOS_BETWEEN : NANOS_BETWEEN_LINES) && drawn.compareAndSet(last, now)) {
            draw(sum, (now - start) / 1e9);
        }
    }

    private void draw(long sum, double seconds) {
        double share = Math.min(1, (double) sum / total);
        String state = String.format("%3.0f %%, %.0f s left", 100 * share, seconds / share - seconds);
        if (visible) {
            int filled = (int) (share * WIDTH);
            err.printf("\r[%s%s] %s ", "#".repeat(filled), " ".repeat(WIDTH - filled), state);
        } else {
            err.println(state);
        }
        err.flush();
    }

    /** Wipes the bar, so that something else can be printed. */
    public void clear() {
        if (visible) {
            err.print("\r" + " ".repeat(WIDTH + 30) + "\r");
            err.flush();
        }
    }
}
