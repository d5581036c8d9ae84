package dev.hillock.lab.command;

/** The number of {@code --threads}, alike for every command. */
public final class ThreadsOption {
    // As many as a ForkJoinPool can have.
    private static final int MOST = 32767;

    private ThreadsOption() {}

    /** @throws IllegalArgumentException if a call cannot have so many threads */
    public static int checked(int threads) {
        if (threads < 1 || threads > MOST) {
            throw new IllegalArgumentException("--threads must be 1 to " + MOST + ", not " + threads);
        }
        return threads;
    }
}
