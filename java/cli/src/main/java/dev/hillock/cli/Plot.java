package dev.hillock.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A function and its slope in characters: {@code *} and {@code .}. */
final class Plot {
    private static final double REACH = 4;
    private static final int COLUMNS = 65;
    private static final int ROWS = 17;
    // Steep functions are cut off here, so that the bend near zero stays visible.
    private static final double HIGHEST = 4;

    private final DoubleUnaryOperator f;
    private final DoubleUnaryOperator slope;

    Plot(DoubleUnaryOperator f, DoubleUnaryOperator slope) {
        this.f = f;
        this.slope = slope;
    }

    void print(PrintStream out) {
        double low = -0.5;
        double high = 1.25;
        for (int column = 0; column < COLUMNS; column++) {
            double[] values = {f.applyAsDouble(x(column)), slope.applyAsDouble(x(column))};
            low = Math.max(-HIGHEST, Math.min(low, Math.min(values[0], values[1])));
            high = Math.min(HIGHEST, Math.max(high, Math.max(values[0], values[1])));
        }
        char[][] canvas = new char[ROWS][COLUMNS];
        for (char[] row : canvas) {
            Arrays.fill(row, ' ');
            row[COLUMNS / 2] = '|';
        }
        int zero = row(0, low, high);
        Arrays.fill(canvas[zero], '-');
        canvas[zero][COLUMNS / 2] = '+';
        draw(canvas, slope, '.', low, high);
        draw(canvas, f, '*', low, high);
        for (int row = 0; row < ROWS; row++) {
            String label = row == 0 ? label(high) : row == zero ? "0" : row == ROWS - 1 ? label(low) : "";
            out.printf("  %6s %s%n", label, new String(canvas[row]).stripTrailing());
        }
        out.printf("  %6s %-31s 0 %31s%n", "", label(-REACH), label(REACH));
        out.println("         * f(x)   . f'(x)");
    }

    private static void draw(char[][] canvas, DoubleUnaryOperator curve, char mark, double low, double high) {
        for (int column = 0; column < COLUMNS; column++) {
            double value = curve.applyAsDouble(x(column));
            if (value >= low && value <= high) {
                canvas[row(value, low, high)][column] = mark;
            }
        }
    }

    private static double x(int column) {
        return -REACH + 2 * REACH * column / (COLUMNS - 1);
    }

    private static int row(double value, double low, double high) {
        return (int) Math.round((high - value) / (high - low) * (ROWS - 1));
    }

    private static String label(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
