package dev.hillock.lab.command;

import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.TrainingObserver;
import java.io.PrintStream;
import java.util.Locale;

/** A table with one line per epoch. */
final class EpochLines implements TrainingObserver {
    private final PrintStream out;
    private boolean begun;

    EpochLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void epoch(Network network, EpochRecord epoch) {
        boolean validated = !Double.isNaN(epoch.validationLoss());
        if (!begun) {
            out.println("epoch       loss   time [ms]   activation kernels" + (validated ? "   validation loss" : ""));
            begun = true;
        }
        out.printf(
                Locale.ROOT,
                "%5d   %8.6f   %9.2f   %16.1f %%",
                epoch.epoch(),
                epoch.loss(),
                epoch.nanos() * 1e-6,
                100.0 * epoch.activationNanos() / epoch.nanos());
        out.println(validated ? String.format(Locale.ROOT, "   %15.6f", epoch.validationLoss()) : "");
        out.flush();
    }
}
