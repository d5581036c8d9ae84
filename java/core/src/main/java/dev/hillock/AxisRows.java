package dev.hillock;

import dev.hillock.catalogue.AxisOperationDefinition;

/** Rows of arrays of either precision, gathered, computed in double and scattered. */
final class AxisRows {
    /** Numbers by their place. */
    interface Values {
        double get(int at);

        void set(int at, double value);
    }

    /** A number made of a number and its place. */
    @FunctionalInterface
    interface Mapping {
        double of(int at, double value);
    }

    /** Work on a row: its number and the place of its first element. */
    @FunctionalInterface
    interface Work {
        void row(int number, int first);
    }

    private AxisRows() {}

    static Values of(float[] array) {
        return new Values() {
            @Override
            public double get(int at) {
                return array[at];
            }

            @Override
            public void set(int at, double value) {
                array[at] = (float) value;
            }
        };
    }

    static Values of(double[] array) {
        return new Values() {
            @Override
            public double get(int at) {
                return array[at];
            }

            @Override
            public void set(int at, double value) {
                array[at] = value;
            }
        };
    }

    // What is read is mapped.
    static Values mapped(Values values, Mapping mapping) {
        return new Values() {
            @Override
            public double get(int at) {
                return mapping.of(at, values.get(at));
            }

            @Override
            public void set(int at, double value) {
                values.set(at, value);
            }
        };
    }

    static void each(AxisLayout layout, Work work) {
        int number = 0;
        for (long o = 0; o < layout.outer(); o++) {
            for (int column = 0; column < layout.inner(); column++) {
                work.row(number++, (int) (o * layout.outerStride()) + column);
            }
        }
    }

    static void forward(AxisOperationDefinition f, double[] p, AxisLayout layout, AxisLayout out, Values x, Values y) {
        for (long o = 0; o < layout.outer(); o++) {
            for (int column = 0; column < layout.inner(); column++) {
                double[] row = row(layout, x, o, column);
                scatter(out, y, o, column, f.row().forward(row, p), 1);
            }
        }
    }

    static void backward(
            AxisOperationDefinition f,
            double[] p,
            AxisLayout layout,
            AxisLayout out,
            Values x,
            Values dy,
            Values dx,
            double factor) {
        for (long o = 0; o < layout.outer(); o++) {
            for (int column = 0; column < layout.inner(); column++) {
                double[] gradient = f.row().backward(row(layout, x, o, column), row(out, dy, o, column), p);
                scatter(layout, dx, o, column, gradient, factor);
            }
        }
    }

    private static double[] row(AxisLayout layout, Values from, long o, int column) {
        double[] row = new double[(int) layout.axis()];
        int first = (int) (o * layout.outerStride()) + column;
        for (int i = 0; i < row.length; i++) {
            row[i] = from.get(first + (int) (i * layout.axisStride()));
        }
        return row;
    }

    private static void scatter(AxisLayout layout, Values to, long o, int column, double[] row, double factor) {
        int first = (int) (o * layout.outerStride()) + column;
        for (int i = 0; i < row.length; i++) {
            to.set(first + (int) (i * layout.axisStride()), factor == 1 ? row[i] : factor * row[i]);
        }
    }
}
