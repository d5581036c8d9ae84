package dev.hillock.bench;

import dev.hillock.Activation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was measured, and what follows from it: ratios to the floors and to the best peer. */
public final class Report {
    private static final Pattern EXPONENTIAL = Pattern.compile("e\\^|tanh|ln|Phi|\\bs\\(|exp|erf");

    private final Plan plan;
    private final Machine machine;
    private final Map<String, String> descriptions = new LinkedHashMap<>();
    private final List<String> peers = new ArrayList<>();
    private final List<Cell> cells;

    Report(Plan plan, Machine machine, List<Contestant> contestants, List<Cell> cells) {
        this.plan = plan;
        this.machine = machine;
        this.cells = List.copyOf(cells);
        for (Contestant contestant : contestants) {
            descriptions.put(contestant.name(), contestant.description());
            if (contestant instanceof RemoteContestant) {
                peers.add(contestant.name());
            }
        }
    }

    /** What was asked for. */
    public Plan plan() {
        return plan;
    }

    /** Where it was measured. */
    public Machine machine() {
        return machine;
    }

    /** Who took part, and what stands behind each name. */
    public Map<String, String> descriptions() {
        return descriptions;
    }

    /** Every cell, those without a number included. */
    public List<Cell> cells() {
        return cells;
    }

    /** The cases, in the order of the plan. */
    public List<Case> cases() {
        return cells.stream().map(Cell::task).distinct().toList();
    }

    /** The names of those who have a number in some case, in order. */
    public List<String> timed() {
        return descriptions.keySet().stream()
                .filter(name -> cells.stream()
                        .anyMatch(cell -> cell.isTimed() && cell.contestant().equals(name)))
                .toList();
    }

    /** The cell of a contestant, or null if it has no number there. */
    public Cell cell(Case task, String contestant) {
        return cells.stream()
                .filter(cell -> cell.isTimed()
                        && cell.task().equals(task)
                        && cell.contestant().equals(contestant))
                .findFirst()
                .orElse(null);
    }

    /** How many times as fast one is as the other, or null if one has no number. */
    public Double speedUp(Case task, String contestant, String over) {
        Cell fast = cell(task, contestant);
        Cell slow = cell(task, over);
        return fast == null || slow == null ? null : slow.nanosPerElement() / fast.nanosPerElement();
    }

    /** The fastest peer whose result is not wrong, or null without peers. */
    public Cell bestPeer(Case task) {
        return peers.stream()
                .map(name -> cell(task, name))
                .filter(Objects::nonNull)
                .filter(cell -> cell.check() != Check.WRONG)
                .min((a, b) -> Double.compare(a.nanosPerElement(), b.nanosPerElement()))
                .orElse(null);
    }

    /**
     * The share of the memory bandwidth: the time in which the faster of the two copies moves as many bytes as the
     * function must, over the time the contestant takes. Null if one has no number.
     */
    public Double roofline(Case task, String contestant) {
        Cell cell = cell(task, contestant);
        Double copy = Stream.of(Copy.NAME, Memcpy.NAME)
                .map(name -> cell(task, name))
                .filter(Objects::nonNull)
                .map(Cell::nanosPerElement)
                .min(Double::compare)
                .orElse(null);
        if (cell == null || copy == null) {
            return null;
        }
        return copy / (2 * Float.BYTES) * task.bytesPerElement() / cell.nanosPerElement();
    }

    /** The cells of Hillock's engines whose result differs from {@code SCALAR}'s where it must not. */
    public List<Cell> differences() {
        return cells.stream()
                .filter(cell -> List.of("native", "vector", "auto").contains(cell.contestant()))
                .filter(Cell::breaksThePromise)
                .toList();
    }

    /** As tables in Markdown, with a column for everyone who took part. */
    public String markdown() {
        return new MarkdownTable(this, timed()).text();
    }

    /** As tables in Markdown, with one column for all peers: the best of them. */
    public String summary() {
        return new MarkdownTable(
                        this,
                        timed().stream().filter(name -> !peers.contains(name)).toList())
                .text();
    }

    /** Whether a function needs an exponential or one of its kin, as its formula in the catalogue says. */
    static boolean hasExponential(Case task) {
        return task.isEltwise()
                && EXPONENTIAL
                        .matcher(Activation.of(task.operation()).function().formula())
                        .find();
    }

    /** As JSON, every cell. */
    public String json() {
        return JsonFile.of(this);
    }

    /** As an SVG picture, nanoseconds per element over the length. */
    public String svg() {
        return new Chart(this).svg();
    }
}
