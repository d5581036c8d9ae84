package dev.hillock.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as Markdown tables, for the README and for a terminal. */
final class MarkdownTable {
    private static final String OURS = "native";

    private final Report report;
    private final List<String> contestants;

    MarkdownTable(Report report, List<String> shown) {
        this.report = report;
        // Unless they are asked for: AUTO is one of the others, and both copies are one floor to a reader.
        contestants = shown.stream()
                .filter(name ->
                        report.plan().only().contains(name) || !name.equals("auto") && !name.equals(Memcpy.NAME))
                .toList();
    }

    /** The table for one direction, length by length, and the sentence that says what its columns are. */
    String text() {
        Map<String, List<Case>> parts = new LinkedHashMap<>();
        report.plan()
                .lengths()
                .forEach(length -> report.plan().directions().forEach(direction -> report.cases().stream()
                        .filter(task -> task.isEltwise() && task.length() == length && task.direction() == direction)
                        .forEach(task -> parts.computeIfAbsent(heading(task), absent -> new ArrayList<>())
                                .add(task))));
        report.cases().stream().filter(task -> !task.isEltwise()).forEach(task -> parts.computeIfAbsent(
                        heading(task), absent -> new ArrayList<>())
                .add(task));
        StringBuilder text = new StringBuilder();
        parts.forEach((heading, cases) ->
                text.append(heading).append("\n\n").append(table(cases)).append('\n'));
        return text.append(legend()).toString();
    }

    private String heading(Case task) {
        boolean plain = task.isEltwise() || task.isLossByElement();
        String shape = plain ? task.length() + " elements" : task.rows() + " rows of " + task.columns();
        int threads = task.threads();
        return "**%s, %s, %s** (ns per element)"
                .formatted(
                        task.isLossByElement() ? "loss with gradient" : Case.word(task.direction()),
                        shape,
                        threads == 1 ? "1 thread" : threads + " threads");
    }

    private String table(List<Case> cases) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("function"));
        head.addAll(contestants);
        head.addAll(List.of("native vs plain", "native vs onednn"));
        if (report.plan().peers()) {
            head.addAll(List.of("best peer", "native vs best peer"));
        }
        head.addAll(List.of("max ULP", "roofline"));
        rows.add(head);
        cases.forEach(task -> rows.add(row(task)));
        rows.add(means("*geometric mean*", cases, head.size()));
        List<Case> exponential = cases.stream().filter(Report::hasExponential).toList();
        if (!exponential.isEmpty() && exponential.size() < cases.size()) {
            rows.add(means("*of those with an exponential*", exponential, head.size()));
        }
        return aligned(rows);
    }

    private List<String> row(Case task) {
        List<String> row = new ArrayList<>(List.of("`" + task.operation() + "`"));
        for (String name : contestants) {
            Cell cell = report.cell(task, name);
            row.add(
                    cell == null
                            ? "–"
                            : nanos(cell.nanosPerElement()) + (cell.check() == Check.WRONG ? " (wrong)" : ""));
        }
        row.add(times(report.speedUp(task, OURS, "plain")));
        row.add(times(report.speedUp(task, OURS, "onednn")));
        if (report.plan().peers()) {
            Cell best = report.bestPeer(task);
            row.add(best == null ? "–" : best.contestant() + " " + nanos(best.nanosPerElement()));
            row.add(best == null ? "–" : times(report.speedUp(task, OURS, best.contestant())));
        }
        Cell ours = report.cell(task, OURS);
        row.add(ours == null || ours.maxUlp() == null ? "–" : number("%.2f", ours.maxUlp()));
        Double share = report.roofline(task, OURS);
        row.add(share == null ? "–" : number("%.0f %%", 100 * share));
        return row;
    }

    // Geometric means of the ratios, under their columns.
    private List<String> means(String name, List<Case> cases, int columns) {
        List<String> row = new ArrayList<>(List.of(name));
        contestants.forEach(shown -> row.add(""));
        row.add(times(mean(
                cases.stream().map(task -> report.speedUp(task, OURS, "plain")).toList())));
        row.add(times(mean(
                cases.stream().map(task -> report.speedUp(task, OURS, "onednn")).toList())));
        if (report.plan().peers()) {
            row.add("");
            row.add(times(mean(cases.stream()
                    .map(task -> {
                        Cell best = report.bestPeer(task);
                        return best == null ? null : report.speedUp(task, OURS, best.contestant());
                    })
                    .toList())));
        }
        while (row.size() < columns) {
            row.add("");
        }
        return row;
    }

    private static Double mean(List<Double> ratios) {
        List<Double> known = new ArrayList<>(ratios);
        known.removeIf(ratio -> ratio == null);
        return known.isEmpty()
                ? null
                : Math.exp(known.stream().mapToDouble(Math::log).average().orElseThrow());
    }

    private String legend() {
        StringBuilder text = new StringBuilder();
        text.append("Medians of interleaved rounds on ")
                .append(report.machine())
                .append(".\n");
        for (String name : contestants) {
            text.append("`")
                    .append(name)
                    .append("`: ")
                    .append(report.descriptions().get(name))
                    .append("; ");
        }
        text.append("max ULP: `native` over ").append(Accuracy.SAMPLE);
        text.append("; roofline: share of the bandwidth of the faster copy.\n");
        return text.toString();
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Math.max(3, row.get(i).length()));
            }
        });
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < columns; i++) {
                text.append(i == 0 ? "| " : " | ");
                text.append((i == 0 ? "%-" : "%")
                        .concat(widths[i] + "s")
                        .formatted(rows.get(r).get(i)));
            }
            text.append(" |\n");
            if (r == 0) {
                for (int i = 0; i < columns; i++) {
                    text.append('|').append("-".repeat(widths[i] + 1)).append(i == 0 ? '-' : ':');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static String nanos(double value) {
        return number(value < 1 ? "%.3f" : value < 10 ? "%.2f" : "%.1f", value);
    }

    private static String times(Double ratio) {
        return ratio == null ? "–" : number(ratio < 10 ? "%.2f×" : "%.1f×", ratio);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
