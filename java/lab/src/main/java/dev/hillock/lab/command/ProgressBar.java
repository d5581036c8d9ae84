package dev.hillock.lab.command;

import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.TrainingObserver;
import java.util.Locale;

/** One line that grows while a network learns, with the time that is left; silent unless a person watches. */
public final class ProgressBar implements TrainingObserver {
    private static final int WIDTH = 30;
    private static final long NANOS_BETWEEN = 100_000_000;

    private final Terminal terminal;
    private final int epochs;
    private final long start = System.nanoTime();
    private int firstEpoch;
    private long shown = start;

    public ProgressBar(Terminal terminal, int epochs) {
        this.terminal = terminal;
        this.epochs = epochs;
    }

    @Override
    public void step(Network network, int epoch, int step, int steps, double loss) {
        if (!terminal.person() || System.nanoTime() - shown < NANOS_BETWEEN) {
            return;
        }
        firstEpoch = firstEpoch == 0 ? epoch : firstEpoch;
        shown = System.nanoTime();
        double done = (epoch - 1 + step / (double) steps) / epochs;
        double share = (epoch - firstEpoch + step / (double) steps) / (epochs - firstEpoch + 1);
        double left = (shown - start) * 1e-9 * (1 - share) / share;
        int filled = (int) (WIDTH * done);
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "\r[%s%s] epoch %d of %d, loss %.4f, %.0f s left \033[K",
                        "=".repeat(filled),
                        " ".repeat(WIDTH - filled),
                        epoch,
                        epochs,
                        loss,
                        left);
        terminal.err().flush();
    }

    @Override
    public void epoch(Network network, EpochRecord epoch) {
        clear();
    }

    /** Takes the line away. */
    public void clear() {
        if (terminal.person()) {
            terminal.err().print("\r\033[K");
            terminal.err().flush();
        }
    }
}
