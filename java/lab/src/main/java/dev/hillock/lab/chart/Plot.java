package dev.hillock.lab.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** One coordinate system with its lines, points and bars. */
public final class Plot {
    enum Mark {
        LINE,
        DASHES,
        POINTS,
        BARS
    }

    record Series(String name, Mark mark, double[] xs, double[] ys, int color) {}

    final String title;
    final String xLabel;
    final String yLabel;
    final List<Series> series = new ArrayList<>();
    final List<String> categories = new ArrayList<>();
    boolean logX;
    boolean logY;
    boolean wholeX;
    private int colors;

    /** An empty plot. */
    public Plot(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Powers of ten along x. */
    public Plot logX() {
        logX = true;
        return this;
    }

    /** Powers of ten along y; zeros and negative numbers are not shown. */
    public Plot logY() {
        logY = true;
        return this;
    }

    /** Only whole numbers are named along x. */
    public Plot wholeX() {
        wholeX = true;
        return this;
    }

    /** A line through the points. */
    public Plot line(String name, double[] xs, double[] ys) {
        return add(name, Mark.LINE, xs, ys);
    }

    /** A dashed line, for bounds and expectations. */
    public Plot dashes(String name, double[] xs, double[] ys) {
        return add(name, Mark.DASHES, xs, ys);
    }

    /** A dot for every point. */
    public Plot points(String name, double[] xs, double[] ys) {
        return add(name, Mark.POINTS, xs, ys);
    }

    /** A bar for every category; several series stand side by side. */
    public Plot bars(String name, List<String> labels, double[] heights) {
        categories.clear();
        categories.addAll(labels);
        return add(
                name,
                Mark.BARS,
                DoubleStream.iterate(0, i -> i + 1).limit(heights.length).toArray(),
                heights);
    }

    private Plot add(String name, Mark mark, double[] xs, double[] ys) {
        series.add(new Series(name, mark, xs.clone(), ys.clone(), colors++));
        return this;
    }

    Axis xAxis() {
        return categories.isEmpty()
                ? Axis.around(
                        series.stream()
                                .flatMapToDouble(s -> DoubleStream.of(s.xs))
                                .toArray(),
                        logX)
                : Axis.around(new double[] {-0.5, categories.size() - 0.5}, false);
    }

    Axis yAxis() {
        DoubleStream values = series.stream().flatMapToDouble(s -> DoubleStream.of(s.ys));
        boolean bars = series.stream().anyMatch(s -> s.mark == Mark.BARS);
        return Axis.around((bars && !logY ? DoubleStream.concat(values, DoubleStream.of(0)) : values).toArray(), logY);
    }
}
