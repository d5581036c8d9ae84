package dev.hillock.cli;

import dev.hillock.check.AxisChecker;
import dev.hillock.check.Case;
import dev.hillock.check.Result;
import dev.hillock.check.Sweep;
import java.io.PrintStream;
import java.util.List;

/** The lines of {@code identity.txt}: one hash for each case of an identical engine. */
final class GoldenCheckReport extends CheckReport {
    private final PrintStream out;

    GoldenCheckReport(PrintStream out) {
        this.out = out;
    }

    @Override
    void show(Case tested, List<Result> results) {
        results.stream()
                .filter(result -> result.contestant().identical())
                .findFirst()
                .ifPresent(result -> out.println(result.goldenLine()));
    }

    @Override
    void show(List<AxisChecker.Result> results) {
        results.stream()
                .filter(result -> result.contestant().identical() && result.hash() != null)
                .map(AxisChecker.Result::goldenLine)
                .distinct()
                .forEach(out::println);
    }

    @Override
    void end(Sweep sweep, List<Result> elementwise, List<AxisChecker.Result> overAnAxis, long failed) {
        // Everything has been printed.
    }
}
