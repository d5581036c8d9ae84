package dev.hillock.engine;

/**
 * Which calls are to run loops that the compiler has not seen often. Before they are compiled they are a thousand times
 * slower: they get one call in sixteen, until they have had the thousands that the compiler waits for. The results are
 * the same either way.
 */
final class BreakingIn {
    private static final int SHARE = 16;
    private static final int CALLS = SHARE * 8192;

    // By loop, roughly: threads may lose each other's.
    private final int[] offers;

    /** For loops from 0 to a number. */
    BreakingIn(int loops) {
        offers = new int[loops];
    }

    /** Whether a loop is to run the call that is on offer. */
    boolean takes(int loop) {
        if (isOver(loop)) {
            return true;
        }
        offers[loop]++;
        return offers[loop] % SHARE == 0;
    }

    /** Whether a loop has been compiled, as far as can be told. */
    boolean isOver(int loop) {
        return offers[loop] >= CALLS;
    }
}
