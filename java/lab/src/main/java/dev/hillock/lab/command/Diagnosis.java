package dev.hillock.lab.command;

import dev.hillock.lab.diagnose.LayerReport;
import dev.hillock.lab.diagnose.NetworkMonitor;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.TrainingObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The instruments during a training; prints what they saw in its last epoch, and what they cost. */
final class Diagnosis implements TrainingObserver, AutoCloseable {
    private final NetworkMonitor monitor;
    private final List<Double> shares = new ArrayList<>();
    private List<LayerReport> lastEpoch = List.of();
    private long nanos;

    Diagnosis(Network network) {
        monitor = NetworkMonitor.attach(network);
    }

    @Override
    public void epoch(Network network, EpochRecord epoch) {
        lastEpoch = monitor.reports();
        monitor.reset();
        shares.add((monitor.nanos() - nanos) / (double) epoch.nanos());
        nanos = monitor.nanos();
    }

    void print(Terminal terminal, double warningShare) {
        if (lastEpoch.isEmpty()) {
            return;
        }
        int width = lastEpoch.stream().mapToInt(r -> r.name().length()).max().orElse(0);
        String row = "%-" + width + "s  %20s  %9s  %6s  %16s  %10s%n";
        terminal.out().printf(row, "last epoch", "dead", "saturated", "zeros", "mean", "|gradient|");
        for (LayerReport report : lastEpoch) {
            String dead = report.dead().toString();
            terminal.out()
                    .printf(
                            row,
                            report.name(),
                            dead.substring(dead.lastIndexOf(": ") + 2),
                            report.saturation() == null
                                    ? "-"
                                    : percent(report.saturation().share()),
                            percent(report.values().sparsity()),
                            String.format(
                                    Locale.ROOT,
                                    "%.3f ± %.3f",
                                    report.values().mean(),
                                    Math.sqrt(report.values().variance())),
                            String.format(
                                    Locale.ROOT, "%.2e", report.gradients().meanMagnitude()));
        }
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "the instruments took %.1f %% of the time (median over the second half of the epochs)%n",
                        100 * laterMedian());
        terminal.out().println();
        for (LayerReport report : lastEpoch) {
            report.dead().warning(warningShare).ifPresent(words -> terminal.err()
                    .println("hillock: " + words));
        }
    }

    // In the first half the JVM is still compiling.
    private double laterMedian() {
        List<Double> later = shares.subList(shares.size() / 2, shares.size());
        return later.stream().sorted().toList().get(later.size() / 2);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    @Override
    public void close() {
        monitor.close();
    }
}
