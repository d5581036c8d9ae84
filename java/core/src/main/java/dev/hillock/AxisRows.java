package dev.hillock;

import dev.hillock.catalogue.AxisOperationDefinition;
import dev.hillock.loss.Reals;

/** Rows of arrays of either precision, gathered, computed in double and scattered. */
final class AxisRows {
    /** Work on a row: its number and the place of its first element. */
    @FunctionalInterface
    interface Work {
        void row(int number, int first);
    }

    private AxisRows() {}

    static void each(AxisLayout layout, Work work) {
        int number = 0;
        for (long o = 0; o < layout.outer(); o++) {
            for (int column = 0; column < layout.inner(); column++) {
                work.row(number++, (int) (o * layout.outerStride()) + column);
            }
        }
    }

    static void forward(AxisOperationDefinition f, double[] p, AxisLayout layout, AxisLayout out, Reals x, Reals y) {
        for (long o = 0; o < layout.outer(); o++) {
            for (int column = 0; column < layout.inner(); column++) {
                double[] row = row(layout, x, o, column);
                scatter(out, y, o, column, f.row().forward(row, p));
            }
        }
    }

    static void backward(
            AxisOperationDefinition f, double[] p, AxisLayout layout, AxisLayout out, Reals x, Reals dy, Reals dx) {
        for (long o = 0; o < layout.outer(); o++) {
            for (int column = 0; column < layout.inner(); column++) {
                double[] gradient = f.row().backward(row(layout, x, o, column), row(out, dy, o, column), p);
                scatter(layout, dx, o, column, gradient);
            }
        }
    }

    private static double[] row(AxisLayout layout, Reals from, long o, int column) {
        double[] row = new double[(int) layout.axis()];
        int first = (int) (o * layout.outerStride()) + column;
        for (int i = 0; i < row.length; i++) {
            row[i] = from.get(first + (int) (i * layout.axisStride()));
        }
        return row;
    }

    private static void scatter(AxisLayout layout, Reals to, long o, int column, double[] row) {
        int first = (int) (o * layout.outerStride()) + column;
        for (int i = 0; i < row.length; i++) {
            to.set(first + (int) (i * layout.axisStride()), row[i]);
        }
    }
}
