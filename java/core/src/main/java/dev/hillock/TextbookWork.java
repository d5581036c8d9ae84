package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.catalogue.AxisOperationDefinition;
import dev.hillock.kernel.Ranges;

/** The catalogue's meaning of an operation, row by row in double precision, rounded once. */
final class TextbookWork implements AxisWork {
    private final AxisOperationDefinition f;
    private final double[] parameters;

    TextbookWork(AxisOperationDefinition f, double[] parameters) {
        this.f = f;
        this.parameters = parameters;
    }

    @FunctionalInterface
    private interface Row {
        void at(int x, int y, int stride);
    }

    // Where each row of the slab begins, and the row of the output.
    private void each(Slab slab, Row row) {
        int stride = (int) slab.rows().inner();
        int n = (int) slab.rows().axis();
        int m = f.row().length(n, parameters);
        for (int o = 0; o < slab.rows().outer(); o++) {
            for (int column = 0; column < stride; column++) {
                row.at(o * n * stride + column, o * m * stride + column, stride);
            }
        }
    }

    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        int n = (int) slab.rows().axis();
        each(slab, (from, to, stride) -> {
            double[] row = gathered(x, xAt + from, stride, n);
            scatter(f.row().forward(row, parameters), y, yAt + to, stride);
        });
    }

    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        int n = (int) slab.rows().axis();
        int m = f.row().length(n, parameters);
        each(slab, (from, to, stride) -> {
            double[] row = gathered(x, xAt + from, stride, n);
            double[] gradient = gathered(dy, dyAt + to, stride, m);
            scatter(f.row().backward(row, gradient, parameters), dx, dxAt + from, stride);
        });
    }

    private static double[] gathered(Object x, int at, int stride, int n) {
        double[] row = new double[n];
        Ranges.gather(x, at, stride, n, row);
        return row;
    }

    private static void scatter(double[] row, Object y, int at, int stride) {
        for (int i = 0; i < row.length; i++) {
            Ranges.set(y, at + i * stride, row[i]);
        }
    }
}
