package dev.hillock.lab.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One direction of a plot: from numbers to places between 0 and 1, with ticks at round numbers. */
final class Axis {
    private static final int TICKS = 6;
    private static final double FEW_DECADES = 2.5;

    private final boolean logarithmic;
    private final double low;
    private final double high;

    private Axis(boolean logarithmic, double low, double high) {
        this.logarithmic = logarithmic;
        this.low = low;
        this.high = high;
    }

    /** An axis around these values; numbers that are not finite (not positive, on a logarithmic axis) do not count. */
    static Axis around(double[] values, boolean logarithmic) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value) && !(logarithmic && value <= 0)) {
                low = Math.min(low, logarithmic ? Math.log10(value) : value);
                high = Math.max(high, logarithmic ? Math.log10(value) : value);
            }
        }
        if (low > high) {
            low = 0;
            high = 1;
        }
        double margin = high > low ? 0.04 * (high - low) : 0.5;
        return new Axis(logarithmic, low - margin, high + margin);
    }

    boolean shows(double value) {
        return Double.isFinite(value) && !(logarithmic && value <= 0);
    }

    double place(double value) {
        return ((logarithmic ? Math.log10(value) : value) - low) / (high - low);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic && high - low >= 1) {
            // Few decades have room for 2 and 5 between them; of many, only some are named.
            int[] factors = high - low < FEW_DECADES ? new int[] {1, 2, 5} : new int[] {1};
            double step = Math.max(1, Math.ceil((high - low) / TICKS));
            for (double decade = Math.floor(low / step) * step; decade <= high; decade += step) {
                for (int factor : factors) {
                    double tick = factor * Math.pow(10, decade);
                    if (Math.log10(tick) >= low && Math.log10(tick) <= high) {
                        ticks.add(tick);
                    }
                }
            }
            return ticks;
        }
        double from = logarithmic ? Math.pow(10, low) : low;
        double to = logarithmic ? Math.pow(10, high) : high;
        double step = round((to - from) / TICKS);
        for (double i = Math.ceil(from / step); i * step <= to; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    // The next of 1, 2, 5 times a power of ten.
    private static double round(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= step) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    static String label(double value) {
        double magnitude = Math.abs(value);
        if (value != 0 && (magnitude < 1e-3 || magnitude >= 1e5)) {
            return String.format(Locale.ROOT, "%.1e", value)
                    .replace(".0e", "e")
                    .replaceAll("e([+-])0", "e$1")
                    .replace("e+", "e");
        }
        return String.format(Locale.ROOT, "%.3f", value)
                .replaceAll("\\.?0+$", "")
                .replaceAll("^-0$", "0");
    }
}
