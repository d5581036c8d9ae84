package dev.hillock.cli;

import dev.hillock.check.AxisChecker;
import dev.hillock.check.Case;
import dev.hillock.check.Result;
import dev.hillock.check.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code check} found, printed as it comes or at the end. */
abstract class CheckReport {
    private final List<Result> elementwise = new ArrayList<>();
    private final List<AxisChecker.Result> overAnAxis = new ArrayList<>();

    /** More results: those of all engines in one case. */
    final void add(Case tested, List<Result> results) {
        elementwise.addAll(results);
        if (!results.isEmpty()) {
            show(tested, results);
        }
    }

    /** More results: those of all engines for one function over an axis. */
    final void add(List<AxisChecker.Result> results) {
        overAnAxis.addAll(results);
        if (!results.isEmpty()) {
            show(results);
        }
    }

    final boolean isEmpty() {
        return elementwise.isEmpty() && overAnAxis.isEmpty();
    }

    /** Prints what is left to print and returns whether everything passed. */
    final boolean finish(Sweep sweep) {
        long failed = elementwise.stream().filter(result -> !result.passed()).count()
                + overAnAxis.stream().filter(result -> !result.passed()).count();
        end(sweep, elementwise, overAnAxis, failed);
        return failed == 0;
    }

    abstract void show(Case tested, List<Result> results);

    abstract void show(List<AxisChecker.Result> results);

    abstract void end(Sweep sweep, List<Result> elementwise, List<AxisChecker.Result> overAnAxis, long failed);

    static String word(dev.hillock.catalogue.Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
