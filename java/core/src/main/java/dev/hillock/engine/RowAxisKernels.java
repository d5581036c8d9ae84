package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import java.util.Map;
import java.util.function.Supplier;

/** Functions over an axis in Java, one row at a time. */
final class RowAxisKernels implements AxisKernels {
    /** A row of n elements that lie stride apart; y may be x. */
    @FunctionalInterface
    interface Forward<A, T> {
        void row(A x, int xAt, A y, int yAt, int stride, int n, T temperature);
    }

    /** A row of the gradient; dx may be y or dy. */
    @FunctionalInterface
    interface Backward<A, T> {
        void row(A y, int yAt, A dy, int dyAt, A dx, int dxAt, int stride, int n, T temperature);
    }

    /** The logarithm of a row's sum of e^x. */
    @FunctionalInterface
    interface LogSum<A> {
        double of(A x, int xAt, int stride, int n);
    }

    /** What a function does to a row; what is supplied serves all rows of one call. */
    record Rows<A, T>(Supplier<Forward<A, T>> forward, Supplier<Backward<A, T>> backward) {}

    private final Map<String, Rows<float[], Float>> floats;
    private final Map<String, Rows<double[], Double>> doubles;
    private final Supplier<LogSum<float[]>> logSum;
    private final Supplier<LogSum<double[]>> doubleLogSum;

    RowAxisKernels(
            Map<String, Rows<float[], Float>> floats,
            Map<String, Rows<double[], Double>> doubles,
            Supplier<LogSum<float[]>> logSum,
            Supplier<LogSum<double[]>> doubleLogSum) {
        this.floats = floats;
        this.doubles = doubles;
        this.logSum = logSum;
        this.doubleLogSum = doubleLogSum;
    }

    @Override
    public boolean supports(AxisDefinition function, ElementType type, Direction direction) {
        return direction != Direction.BACKWARD && floats.containsKey(function.name());
    }

    @Override
    public void run(
            AxisDefinition function,
            ElementType type,
            Direction direction,
            double temperature,
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset) {
        boolean backward = direction != Direction.FORWARD;
        if (type == ElementType.FLOAT64) {
            Rows<double[], Double> rows = doubles.get(function.name());
            AxisStaging.doubles(
                    layout,
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    backward,
                    out,
                    outOffset,
                    (l, a, ao, b, bo, c, co) -> each(rows, backward, temperature, l, a, ao, b, bo, c, co));
        } else {
            Rows<float[], Float> rows = floats.get(function.name());
            Float rounded = (float) temperature;
            AxisStaging.run(
                    type,
                    layout,
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    backward,
                    out,
                    outOffset,
                    (l, a, ao, b, bo, c, co) -> each(rows, backward, rounded, l, a, ao, b, bo, c, co));
        }
    }

    private static <A, T> void each(
            Rows<A, T> rows,
            boolean backward,
            T temperature,
            AxisLayout l,
            A x,
            int xOffset,
            A dy,
            int dyOffset,
            A out,
            int outOffset) {
        int n = (int) l.axis();
        int stride = (int) l.axisStride();
        Forward<A, T> forwardRow = backward ? null : rows.forward.get();
        Backward<A, T> backwardRow = backward ? rows.backward.get() : null;
        for (long o = 0; o < l.outer(); o++) {
            for (int column = 0; column < l.inner(); column++) {
                int at = (int) (o * l.outerStride()) + column;
                if (backward) {
                    backwardRow.row(x, xOffset + at, dy, dyOffset + at, out, outOffset + at, stride, n, temperature);
                } else {
                    forwardRow.row(x, xOffset + at, out, outOffset + at, stride, n, temperature);
                }
            }
        }
    }

    @Override
    public boolean hasLogSums() {
        return true;
    }

    @Override
    public void logSums(AxisLayout layout, Object x, int xOffset, Object out, int outOffset) {
        int n = (int) layout.axis();
        int stride = (int) layout.axisStride();
        if (x instanceof float[] floats) {
            LogSum<float[]> row = logSum.get();
            eachLogSum(
                    layout, xOffset, (r, at) -> ((float[]) out)[outOffset + r] = (float) row.of(floats, at, stride, n));
        } else {
            LogSum<double[]> row = doubleLogSum.get();
            eachLogSum(
                    layout, xOffset, (r, at) -> ((double[]) out)[outOffset + r] = row.of((double[]) x, at, stride, n));
        }
    }

    @FunctionalInterface
    private interface RowAt {
        void of(int row, int at);
    }

    private static void eachLogSum(AxisLayout layout, int offset, RowAt row) {
        int columns = (int) layout.inner();
        for (int r = 0; r < layout.outer() * columns; r++) {
            row.of(r, offset + (int) (r / columns * layout.outerStride()) + r % columns);
        }
    }
}
