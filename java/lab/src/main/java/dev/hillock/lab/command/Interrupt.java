package dev.hillock.lab.command;

import java.nio.file.Path;

/** Says on Ctrl-C where the training can be taken up again; the checkpoint itself is whole at every moment. */
final class Interrupt {
    private final Thread hook;

    Interrupt(Terminal terminal, Path checkpoint) {
        hook = new Thread(() -> terminal.err()
                .println((terminal.person() ? "\n" : "")
                        + (checkpoint == null
                                ? "hillock: interrupted; with --checkpoint FILE a training can be resumed"
                                : "hillock: interrupted; " + checkpoint
                                        + " holds the last whole epoch, --resume goes on from there")));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The training is over. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook has spoken.
            return;
        }
    }
}
