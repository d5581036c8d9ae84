package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import java.util.Map;

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
        double row(A x, int xAt, int stride, int n);
    }

    /** What a function does to a row. */
    record Rows<A, T>(Forward<A, T> forward, Backward<A, T> backward) {}

    private final Map<String, Rows<float[], Float>> floats;
    private final Map<String, Rows<double[], Double>> doubles;
    private final LogSum<float[]> logSum;
    private final LogSum<double[]> doubleLogSum;

    RowAxisKernels(
            Map<String, Rows<float[], Float>> floats,
            Map<String, Rows<double[], Double>> doubles,
            LogSum<float[]> logSum,
            LogSum<double[]> doubleLogSum) {
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
        for (long o = 0; o < l.outer(); o++) {
            for (int column = 0; column < l.inner(); column++) {
                int at = (int) (o * l.outerStride()) + column;
                if (backward) {
                    rows.backward.row(x, xOffset + at, dy, dyOffset + at, out, outOffset + at, stride, n, temperature);
                } else {
                    rows.forward.row(x, xOffset + at, out, outOffset + at, stride, n, temperature);
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
        int columns = (int) layout.inner();
        for (int r = 0; r < layout.outer() * columns; r++) {
            int at = xOffset + (int) (r / columns * layout.outerStride()) + r % columns;
            if (x instanceof float[] f) {
                ((float[]) out)[outOffset + r] = (float) logSum.row(f, at, stride, n);
            } else {
                ((double[]) out)[outOffset + r] = doubleLogSum.row((double[]) x, at, stride, n);
            }
        }
    }
}
