package dev.hillock.lab.chart;

import dev.hillock.file.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A picture of one or more plots, two in a row, with a title and a sentence below it, as one SVG file. */
public final class Figure {
    // Okabe and Ito's colours, told apart with most kinds of colour blindness; yellow is left out on white, and their
    // black is the colour of the text, so that it shows on a dark page.
    static final String[] COLORS = {
        "#0072B2", "#D55E00", "#009E73", "#CC79A7", "currentColor", "#56B4E9", "#E69F00", "#7F7F7F"
    };
    private static final int COLUMNS = 2;
    private static final int PLOT_WIDTH = 460;
    private static final int NARROW_WIDTH = 290;
    private static final int PLOT_HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int HEAD = 50;
    private static final int CAPTION_LINE = 18;
    // A letter of the caption is about this wide.
    private static final double LETTER = 6.6;
    private static final int LEGEND_LINE = 18;
    private static final int LEGEND_WIDTH = 215;

    private final String title;
    private final String caption;
    private final List<Plot> plots = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();
    private int plotWidth = PLOT_WIDTH;
    private int legendColumns = 2;
    private int top;

    public Figure(String title, String caption) {
        this.title = title;
        this.caption = caption;
    }

    /** Adds a plot behind the others. */
    public Figure add(Plot plot) {
        plots.add(plot);
        return this;
    }

    /** Writes the picture, whole or not at all. */
    public void write(Path file) throws IOException {
        WholeFile.write(file, svg());
    }

    /**
     * The plots alone, one below the other and no wider than a phone: for a page that says the title and the caption
     * itself, and decides the colours of the text and of what lies behind.
     */
    public String embedded() {
        plotWidth = NARROW_WIDTH;
        legendColumns = 1;
        try {
            svg.setLength(0);
            top = 30;
            int[] heights = plots.stream().mapToInt(this::height).toArray();
            int height = Arrays.stream(heights).sum();
            root(LEFT + plotWidth + RIGHT, height);
            for (int i = 0; i < heights.length; i++) {
                draw(plots.get(i), LEFT);
                top += heights[i];
            }
            return svg.append("</svg>\n").toString();
        } finally {
            plotWidth = PLOT_WIDTH;
            legendColumns = 2;
        }
    }

    /** The picture. */
    public String svg() {
        svg.setLength(0);
        int plotsHeight = plots.stream().mapToInt(this::height).max().orElse(0);
        int columns = Math.min(COLUMNS, plots.size());
        int width = columns * (LEFT + PLOT_WIDTH + RIGHT);
        List<String> words = lines(caption, (int) ((width - 40) / LETTER));
        top = HEAD + words.size() * CAPTION_LINE + 24;
        int height = top - 24 + (plots.size() + columns - 1) / columns * plotsHeight;
        root(width, height);
        element("<rect width='%d' height='%d' fill='white'/>", width, height);
        text(20, 28, "start", "font-size='18' font-weight='bold'", title);
        for (int i = 0; i < words.size(); i++) {
            text(20, HEAD + i * CAPTION_LINE, "start", "", words.get(i));
        }
        for (int i = 0; i < plots.size(); i++) {
            draw(plots.get(i), i % columns * (LEFT + PLOT_WIDTH + RIGHT) + LEFT);
            top += i % columns == columns - 1 ? plotsHeight : 0;
        }
        return svg.append("</svg>\n").toString();
    }

    // Text, frames and grids take the colour of the root, which a page may choose.
    private void root(int width, int height) {
        element(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' color='#222'"
                        + " fill='currentColor' font-family='sans-serif' font-size='13' role='img' aria-label='%s'>",
                width, height, width, height, escape(title));
    }

    private int height(Plot plot) {
        return PLOT_HEIGHT + 94 + legendLines(plot) * LEGEND_LINE;
    }

    private static List<String> lines(String text, int letters) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > letters) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void draw(Plot plot, int left) {
        Axis x = plot.xAxis();
        Axis y = plot.yAxis();
        text(left, top - 10, "start", "font-weight='bold'", plot.title);
        grid(plot, x, y, left);
        int bars = (int)
                plot.series.stream().filter(s -> s.mark() == Plot.Mark.BARS).count();
        int bar = 0;
        for (Plot.Series series : plot.series) {
            String color = COLORS[series.color() % COLORS.length];
            switch (series.mark()) {
                case LINE -> path(series, x, y, left, color, "");
                case DASHES -> path(series, x, y, left, color, " stroke-dasharray='6 4'");
                case POINTS -> dots(series, x, y, left, color);
                case BARS -> bars(series, x, y, left, color, bar++, bars);
            }
        }
        element(
                "<rect x='%d' y='%d' width='%d' height='%d' fill='none' stroke='currentColor'/>",
                left, top, plotWidth, PLOT_HEIGHT);
        text(left + plotWidth / 2, top + PLOT_HEIGHT + 40, "middle", "", plot.xLabel);
        int middle = top + PLOT_HEIGHT / 2;
        text(left - 52, middle, "middle", "transform='rotate(-90 " + (left - 52) + " " + middle + ")'", plot.yLabel);
        legend(plot, left);
    }

    private void grid(Plot plot, Axis x, Axis y, int left) {
        for (double tick : y.ticks()) {
            double at = top + PLOT_HEIGHT * (1 - y.place(tick));
            element("<path d='M%d %.1fh%d' stroke='currentColor' stroke-opacity='0.15'/>", left, at, plotWidth);
            text(left - 6, at + 4, "end", "font-size='11'", Axis.label(tick));
        }
        if (plot.categories.isEmpty()) {
            for (double tick : x.ticks()) {
                if (plot.wholeX && Math.abs(tick - Math.rint(tick)) > 1e-9) {
                    continue;
                }
                double at = left + plotWidth * x.place(tick);
                element("<path d='M%.1f %dv%d' stroke='currentColor' stroke-opacity='0.15'/>", at, top, PLOT_HEIGHT);
                text(at, top + PLOT_HEIGHT + 18, "middle", "font-size='11'", Axis.label(tick));
            }
        }
        for (int i = 0; i < plot.categories.size(); i++) {
            text(
                    left + plotWidth * x.place(i),
                    top + PLOT_HEIGHT + 18,
                    "middle",
                    "font-size='11'",
                    plot.categories.get(i));
        }
    }

    private void path(Plot.Series series, Axis x, Axis y, int left, String color, String dashes) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < series.xs().length; i++) {
            boolean shown = x.shows(series.xs()[i]) && y.shows(series.ys()[i]);
            if (shown) {
                path.append(String.format(
                        Locale.ROOT,
                        "%s%.1f %.1f",
                        pen ? "L" : "M",
                        left + plotWidth * x.place(series.xs()[i]),
                        top + PLOT_HEIGHT * (1 - y.place(series.ys()[i]))));
            }
            pen = shown;
        }
        element("<path d='%s' fill='none' stroke='%s' stroke-width='2'%s/>", path, color, dashes);
    }

    private void dots(Plot.Series series, Axis x, Axis y, int left, String color) {
        for (int i = 0; i < series.xs().length; i++) {
            if (x.shows(series.xs()[i]) && y.shows(series.ys()[i])) {
                element(
                        "<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s'/>",
                        left + plotWidth * x.place(series.xs()[i]),
                        top + PLOT_HEIGHT * (1 - y.place(series.ys()[i])),
                        color);
            }
        }
    }

    private void bars(Plot.Series series, Axis x, Axis y, int left, String color, int index, int count) {
        double width = 0.8 / count;
        double foot = top + PLOT_HEIGHT * (y.shows(0) ? 1 - y.place(0) : 1);
        for (int i = 0; i < series.ys().length; i++) {
            if (y.shows(series.ys()[i])) {
                double head = top + PLOT_HEIGHT * (1 - y.place(series.ys()[i]));
                double from = left + plotWidth * x.place(i - 0.4 + index * width);
                double to = left + plotWidth * x.place(i - 0.4 + (index + 1) * width);
                element(
                        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
                        from, Math.min(head, foot), to - from - 1, Math.abs(foot - head), color);
            }
        }
    }

    private int legendLines(Plot plot) {
        return (plot.series.size() + legendColumns - 1) / legendColumns;
    }

    private void legend(Plot plot, int left) {
        for (int i = 0; i < plot.series.size(); i++) {
            Plot.Series series = plot.series.get(i);
            int x = left + i % legendColumns * LEGEND_WIDTH;
            int y = top + PLOT_HEIGHT + 62 + i / legendColumns * LEGEND_LINE;
            String color = COLORS[series.color() % COLORS.length];
            if (series.mark() == Plot.Mark.LINE || series.mark() == Plot.Mark.DASHES) {
                String dashes = series.mark() == Plot.Mark.DASHES ? " stroke-dasharray='6 4'" : "";
                element("<path d='M%d %dh22' stroke='%s' stroke-width='2.5'%s/>", x, y - 4, color, dashes);
            } else {
                element("<rect x='%d' y='%d' width='12' height='10' fill='%s'/>", x + 6, y - 9, color);
            }
            text(x + 28, y, "start", "font-size='12'", series.name());
        }
    }

    private void text(double x, double y, String anchor, String attributes, String words) {
        element("<text x='%.1f' y='%.1f' text-anchor='%s' %s>%s</text>", x, y, anchor, attributes, escape(words));
    }

    private void element(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    static String escape(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;");
    }
}
