package dev.hillock.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The element-wise part of a report as an SVG picture: for every function and direction a panel with nanoseconds per element over the length,
 * both scales logarithmic, one line per contestant.
 */
final class Chart {
    private static final int COLUMNS = 3;
    private static final int PANEL_WIDTH = 340;
    private static final int PANEL_HEIGHT = 230;
    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 30;
    private static final int BOTTOM = 34;
    private static final int TITLE = 34;
    private static final int LEGEND_LINE = 22;

    // Hillock in warm colours, peers in cold ones, the floors in grey and dashed.
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("copy", "#c0c0c0"),
            Map.entry("memcpy", "#909090"),
            Map.entry("plain", "#404040"),
            Map.entry("native", "#d62728"),
            Map.entry("auto", "#ff9896"),
            Map.entry("vector", "#ff7f0e"),
            Map.entry("scalar", "#e0b400"),
            Map.entry("onednn", "#9467bd"),
            Map.entry("onednn-raw", "#1f3fbf"),
            Map.entry("vector-api", "#17a2cf"),
            Map.entry("pytorch", "#2ca02c"),
            Map.entry("onnxruntime", "#006d5b"),
            Map.entry("nd4j", "#8fce5a"));
    private static final String OTHER = "#000000";
    private static final List<String> FLOORS = List.of("copy", "memcpy", "plain");

    private record Panel(String operation, String direction, List<Case> cases) {}

    private final Report report;
    private final List<String> contestants;
    private final List<Panel> panels;
    private final StringBuilder svg = new StringBuilder();

    Chart(Report report) {
        this.report = report;
        contestants = report.timed();
        List<Case> cases = report.cases().stream().filter(Case::isEltwise).toList();
        panels = cases.stream()
                .map(task -> List.of(task.operation(), Case.word(task.direction())))
                .distinct()
                .map(key -> new Panel(
                        key.get(0),
                        key.get(1),
                        cases.stream()
                                .filter(task -> task.operation().equals(key.get(0))
                                        && Case.word(task.direction()).equals(key.get(1)))
                                .toList()))
                .toList();
    }

    String svg() {
        int columns = Math.min(COLUMNS, panels.size());
        int rows = (panels.size() + columns - 1) / columns;
        int width = Math.max(2, columns) * PANEL_WIDTH + RIGHT;
        int perLine = (width - LEFT) / 110;
        int head = TITLE + (contestants.size() + perLine - 1) / perLine * LEGEND_LINE;
        int height = head + rows * PANEL_HEIGHT;
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' "
                        + "font-family='sans-serif' font-size='11' fill='#222'>",
                width, height, width, height);
        add("<rect width='100%%' height='100%%' fill='#ffffff'/>");
        int threads = report.plan().threads();
        add(
                "<text x='%d' y='20' font-size='14' font-weight='bold'>Nanoseconds per element over the number of elements, "
                        + "%s</text>",
                LEFT / 2, threads == 1 ? "1 thread" : threads + " threads");
        for (int i = 0; i < contestants.size(); i++) {
            legend(contestants.get(i), LEFT / 2 + i % perLine * 110, TITLE + 8 + i / perLine * LEGEND_LINE);
        }
        for (int i = 0; i < panels.size(); i++) {
            panel(panels.get(i), i % columns * PANEL_WIDTH, head + i / columns * PANEL_HEIGHT);
        }
        add("</svg>");
        return svg.toString();
    }

    private void legend(String name, int x, int y) {
        add("<line x1='%d' y1='%d' x2='%d' y2='%d' %s/>", x, y, x + 24, y, stroke(name));
        add("<text x='%d' y='%d'>%s</text>", x + 30, y + 4, name);
    }

    private void panel(Panel panel, int x, int y) {
        List<Cell> cells = panel.cases().stream()
                .flatMap(task -> contestants.stream().map(name -> report.cell(task, name)))
                .filter(Objects::nonNull)
                .toList();
        double[] nanos = cells.stream().mapToDouble(Cell::nanosPerElement).toArray();
        double[] lengths = panel.cases().stream().mapToDouble(Case::length).toArray();
        Scale across = new Scale(lengths, x + LEFT, x + PANEL_WIDTH - RIGHT);
        Scale up = new Scale(nanos, y + PANEL_HEIGHT - BOTTOM, y + TOP);
        add(
                "<text x='%d' y='%d' font-weight='bold'>%s, %s</text>",
                x + LEFT, y + 20, panel.operation(), panel.direction());
        for (double tick : up.decades()) {
            add(
                    "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#e6e6e6'/>",
                    x + LEFT, up.at(tick), x + PANEL_WIDTH - RIGHT, up.at(tick));
            add("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", x + LEFT - 6, up.at(tick) + 4, plain(tick));
        }
        for (double length : lengths) {
            add(
                    "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
                    across.at(length), y + PANEL_HEIGHT - BOTTOM + 16, count(length));
        }
        for (String name : contestants) {
            line(panel, name, across, up);
        }
    }

    private void line(Panel panel, String name, Scale across, Scale up) {
        StringBuilder points = new StringBuilder();
        Stream<Cell> cells =
                panel.cases().stream().map(task -> report.cell(task, name)).filter(Objects::nonNull);
        cells.forEach(cell -> {
            double x = across.at(cell.task().length());
            double y = up.at(cell.nanosPerElement());
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            add("<circle cx='%.1f' cy='%.1f' r='2.4' fill='%s'/>", x, y, colour(name));
        });
        if (!points.isEmpty()) {
            add("<polyline points='%s' fill='none' %s/>", points.toString().trim(), stroke(name));
        }
    }

    private static String stroke(String name) {
        String width = name.equals("native") ? "2.6" : "1.4";
        String dash = FLOORS.contains(name) ? " stroke-dasharray='5 3'" : "";
        return "stroke='" + colour(name) + "' stroke-width='" + width + "'" + dash;
    }

    private static String colour(String name) {
        return COLOURS.getOrDefault(name, OTHER);
    }

    private static String count(double length) {
        return length >= 1 << 20
                ? Math.round(length / (1 << 20)) + "M"
                : length >= 1 << 10 ? Math.round(length / (1 << 10)) + "K" : String.valueOf((int) length);
    }

    private static String plain(double value) {
        return value >= 1 ? String.valueOf((long) value) : String.valueOf(value);
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /** A logarithmic scale from the values it must show to pixels. */
    private static final class Scale {
        private final double low;
        private final double high;
        private final double from;
        private final double to;

        Scale(double[] values, double from, double to) {
            double least = Double.MAX_VALUE;
            double most = Double.MIN_VALUE;
            for (double value : values) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            low = Math.log10(least) - 0.05;
            high = Math.log10(most) + 0.05;
            this.from = from;
            this.to = to;
        }

        double at(double value) {
            return from + (Math.log10(value) - low) / (high - low) * (to - from);
        }

        // 1, 2 and 5 times every power of ten inside, or the powers alone where they are many.
        double[] decades() {
            List<Integer> steps = high - low > 2.2 ? List.of(1) : List.of(1, 2, 5);
            return java.util.stream.IntStream.rangeClosed((int) Math.floor(low), (int) Math.ceil(high))
                    .boxed()
                    .flatMap(power -> steps.stream().map(step -> step * Math.pow(10, power)))
                    .mapToDouble(Double::doubleValue)
                    .filter(value -> Math.log10(value) >= low && Math.log10(value) <= high)
                    .toArray();
        }
    }
}
