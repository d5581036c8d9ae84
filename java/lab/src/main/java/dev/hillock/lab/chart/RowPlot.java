package dev.hillock.lab.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One row for each thing compared: a dot for every value, a stroke at their mean and a bar of one standard deviation to
 * both sides of it, the name and the numbers in words above. As wide as a phone, for {@link Figure#embedded a page}.
 */
public final class RowPlot {
    private static final int WIDTH = 380;
    private static final int LEFT = 14;
    private static final int RIGHT = 366;
    private static final int ROW = 42;
    private static final int FOOT = 44;

    private final String title;
    private final String label;
    private final List<Row> rows = new ArrayList<>();
    private boolean fromZero;

    private record Row(String name, String words, double[] values, double mean, double deviation) {}

    /** @param label of the axis */
    public RowPlot(String title, String label) {
        this.title = title;
        this.label = label;
    }

    /** The axis begins at 0. */
    public RowPlot fromZero() {
        fromZero = true;
        return this;
    }

    /**
     * Adds a row below the others.
     *
     * @param words what stands to the right of the name
     * @param mean NaN if there is none
     * @param deviation NaN if there is none
     */
    public RowPlot row(String name, String words, double[] values, double mean, double deviation) {
        rows.add(new Row(name, words, values.clone(), mean, deviation));
        return this;
    }

    /** The picture. */
    public String svg() {
        Axis axis = Axis.around(
                DoubleStream.concat(
                                fromZero ? DoubleStream.of(0) : DoubleStream.empty(),
                                rows.stream().flatMapToDouble(this::extent))
                        .toArray(),
                false);
        int bottom = rows.size() * ROW + 6;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' color='#222'"
                        + " fill='currentColor' font-family='sans-serif' font-size='13' role='img' aria-label='%s'>",
                WIDTH,
                bottom + FOOT,
                WIDTH,
                bottom + FOOT,
                Figure.escape(title));
        for (double tick : axis.ticks()) {
            add(
                    svg,
                    "<path d='M%.1f 4V%d' stroke='currentColor' stroke-opacity='0.15'/>"
                            + "<text x='%.1f' y='%d' text-anchor='middle' font-size='11'>%s</text>",
                    x(axis, tick),
                    bottom,
                    x(axis, tick),
                    bottom + 15,
                    Axis.label(tick));
        }
        for (int i = 0; i < rows.size(); i++) {
            draw(svg, rows.get(i), axis, i * ROW + 18, Figure.COLORS[i % Figure.COLORS.length]);
        }
        add(
                svg,
                "<text x='%d' y='%d' text-anchor='middle' font-size='12'>%s</text></svg>",
                WIDTH / 2,
                bottom + 36,
                Figure.escape(label));
        return svg.toString();
    }

    private DoubleStream extent(Row row) {
        double deviation = Double.isNaN(row.deviation) ? 0 : row.deviation;
        return DoubleStream.concat(
                DoubleStream.of(row.values), DoubleStream.of(low(row, deviation), row.mean + deviation));
    }

    // What cannot be negative is not drawn so.
    private double low(Row row, double deviation) {
        return fromZero ? Math.max(0, row.mean - deviation) : row.mean - deviation;
    }

    private static double x(Axis axis, double value) {
        return LEFT + (RIGHT - LEFT) * axis.place(value);
    }

    private void draw(StringBuilder svg, Row row, Axis axis, int y, String color) {
        add(
                svg,
                "<text x='%d' y='%d' font-weight='bold'>%s</text><text x='%d' y='%d' text-anchor='end'>%s</text>",
                LEFT,
                y,
                Figure.escape(row.name),
                RIGHT,
                y,
                Figure.escape(row.words));
        double line = y + 13;
        if (Double.isFinite(row.deviation) && row.deviation > 0) {
            double from = x(axis, low(row, row.deviation));
            add(
                    svg,
                    "<rect x='%.1f' y='%.1f' width='%.1f' height='8' rx='4' fill='%s' fill-opacity='0.3'/>",
                    from,
                    line - 4,
                    x(axis, row.mean + row.deviation) - from,
                    color);
        }
        for (double value : row.values) {
            add(
                    svg,
                    "<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s' fill-opacity='0.75'/>",
                    x(axis, value),
                    line,
                    color);
        }
        if (Double.isFinite(row.mean)) {
            add(svg, "<path d='M%.1f %.1fv14' stroke='%s' stroke-width='3'/>", x(axis, row.mean), line - 7, color);
        }
    }

    private static void add(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
