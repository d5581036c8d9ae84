package dev.hillock.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a plan: every case on every contestant, and the errors beside the times. */
public final class Bench implements AutoCloseable {
    private final Plan plan;
    private final PrintStream progress;
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<Contestant> spectators = new ArrayList<>();

    /**
     * A run.
     *
     * @param progress where to show how far it is; null for nowhere
     * @throws IllegalArgumentException if the plan names somebody who is not there
     */
    public Bench(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
        contestants.addAll(Contestants.own());
        if (plan.peers()) {
            contestants.addAll(Peers.start(plan.threads()));
        }
        if (!plan.only().isEmpty()) {
            keep(plan.only());
        }
    }

    private void keep(List<String> names) {
        List<String> present = contestants.stream().map(Contestant::name).toList();
        for (String name : names) {
            if (!present.contains(name)) {
                close();
                throw new IllegalArgumentException(
                        "nobody here is called '" + name + "' (here: " + String.join(", ", present) + ")");
            }
        }
        spectators.addAll(contestants);
        contestants.removeIf(contestant -> !names.contains(contestant.name()));
        spectators.removeAll(contestants);
    }

    /** Measures. */
    public Report run() {
        Measurement measurement = new Measurement(plan.millis());
        Map<String, Double> errors = new HashMap<>();
        List<Cell> cells = new ArrayList<>();
        List<Case> cases = plan.cases();
        for (int i = 0; i < cases.size(); i++) {
            show(i, cases.size(), cases.get(i).toString());
            for (Cell cell : measurement.cells(cases.get(i), contestants)) {
                cells.add(cell.isTimed() ? cell.withMaxUlp(maxUlp(errors, cell)) : cell);
            }
        }
        show(cases.size(), cases.size(), "");
        return new Report(plan, Machine.current(), contestants, cells);
    }

    private Double maxUlp(Map<String, Double> known, Cell cell) {
        Case task = cell.task();
        if (cell.check() == Check.NONE || !task.isEltwise()) {
            return null;
        }
        String key = cell.contestant() + " " + task.operation() + " " + task.direction();
        return known.computeIfAbsent(key, absent -> measured(cell));
    }

    private Double measured(Cell cell) {
        for (Contestant contestant : contestants) {
            if (contestant.name().equals(cell.contestant())) {
                try {
                    return Accuracy.maxUlp(
                            contestant, cell.task().operation(), cell.task().direction());
                } catch (NotSupported e) {
                    return null;
                }
            }
        }
        return null;
    }

    private void show(int done, int all, String what) {
        if (progress != null) {
            String text = done == all ? "" : "bench %d/%d %s".formatted(done + 1, all, what);
            progress.printf("\r%-70s\r%s", "", text);
            progress.flush();
        }
    }

    @Override
    public void close() {
        contestants.forEach(Contestant::close);
        spectators.forEach(Contestant::close);
    }
}
