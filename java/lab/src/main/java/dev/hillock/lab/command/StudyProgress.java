package dev.hillock.lab.command;

import dev.hillock.lab.study.Run;
import dev.hillock.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.Locale;

/** One line for a whole study, with the time that is left; silent unless a person watches. */
final class StudyProgress implements StudyListener {
    private static final int WIDTH = 30;
    private static final long NANOS_BETWEEN = 100_000_000;

    private final Terminal terminal;
    private final int epochs;
    private final long start = System.nanoTime();
    private int all;
    private int found;
    private int finished;
    private int epochsDone;
    private long shown;

    StudyProgress(Terminal terminal, int epochs) {
        this.terminal = terminal;
        this.epochs = epochs;
    }

    @Override
    public synchronized void starting(int trainings, int foundFinished) {
        all = trainings;
        found = foundFinished;
        finished = foundFinished;
        if (found > 0) {
            terminal.out().println(found + " of " + all + " trainings were finished before");
            terminal.out().flush();
        }
    }

    @Override
    public synchronized void epoch() {
        epochsDone++;
        show();
    }

    @Override
    public synchronized void finished(Run run) {
        finished++;
        show();
    }

    @Override
    public synchronized void timing(int done, int rounds) {
        if (terminal.person()) {
            terminal.err().printf("\r[%s] timing epochs, round %d of %d \033[K", bar(1), done, rounds);
            terminal.err().flush();
        }
    }

    private void show() {
        long now = System.nanoTime();
        if (!terminal.person() || now - shown < NANOS_BETWEEN) {
            return;
        }
        shown = now;
        // A training that ended early has its epochs too.
        double done = Math.max(epochsDone, (finished - found) * (double) epochs);
        double share = done / Math.max(1, (all - found) * (double) epochs);
        double left = (now - start) * 1e-9 * (1 - share) / Math.max(share, 1e-9);
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "\r[%s] %d of %d trainings, %.0f s left \033[K",
                        bar((found + share * (all - found)) / all),
                        finished,
                        all,
                        left);
        terminal.err().flush();
    }

    private static String bar(double share) {
        int filled = (int) (WIDTH * share);
        return "=".repeat(filled) + " ".repeat(WIDTH - filled);
    }

    /** Takes the line away. */
    synchronized void clear() {
        if (terminal.person()) {
            terminal.err().print("\r\033[K");
            terminal.err().flush();
        }
    }

    /** What to say to somebody who ends the program early. Not synchronised: it must not wait for anybody. */
    String interrupted(Path folder) {
        return (terminal.person() ? "\n" : "") + "hillock: interrupted; " + finished + " of " + all
                + " trainings are kept in " + folder + ", the same call goes on from there";
    }
}
