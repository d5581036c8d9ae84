package dev.hillock.engine;

import dev.hillock.engine.RowAxisKernels.Backward;
import dev.hillock.engine.RowAxisKernels.Forward;
import dev.hillock.engine.RowAxisKernels.LogSum;
import dev.hillock.engine.RowAxisKernels.Rows;
import dev.hillock.kernel.VectorAxis;
import dev.hillock.kernel.VectorDoubleAxis;
import java.util.Map;
import java.util.function.Supplier;

/** Functions over an axis on the Vector API; rows whose elements lie apart are gathered first. */
final class VectorAxisKernels {
    private VectorAxisKernels() {}

    static AxisKernels create() {
        return new RowAxisKernels(
                Map.of(
                        "softmax", floats(() -> new VectorAxis()::softmax, () -> new VectorAxis()::softmaxBackward),
                        "log_softmax",
                                floats(() -> new VectorAxis()::logSoftmax, () -> new VectorAxis()::logSoftmaxBackward)),
                Map.of(
                        "softmax", doubles(VectorDoubleAxis::softmax, VectorDoubleAxis::softmaxBackward),
                        "log_softmax", doubles(VectorDoubleAxis::logSoftmax, VectorDoubleAxis::logSoftmaxBackward)),
                VectorAxisKernels::logSum,
                () -> (x, at, stride, n) -> stride == 1
                        ? VectorDoubleAxis.logSumExp(x, at, n)
                        : VectorDoubleAxis.logSumExp(gathered(x, at, stride, n), 0, n));
    }

    private static LogSum<float[]> logSum() {
        VectorAxis axis = new VectorAxis();
        return (x, at, stride, n) ->
                stride == 1 ? axis.logSumExp(x, at, n) : axis.logSumExp(gathered(x, at, stride, n), 0, n);
    }

    private static Rows<float[], Float> floats(
            Supplier<Forward<float[], Float>> forwards, Supplier<Backward<float[], Float>> backwards) {
        return gathering(forwards, backwards, VectorAxisKernels::gathered, VectorAxisKernels::scatter);
    }

    private static Rows<double[], Double> doubles(
            Forward<double[], Double> forward, Backward<double[], Double> backward) {
        return gathering(() -> forward, () -> backward, VectorAxisKernels::gathered, VectorAxisKernels::scatter);
    }

    private interface Gather<A> {
        A row(A from, int at, int stride, int n);
    }

    private interface Scatter<A> {
        void row(A row, A to, int at, int stride);
    }

    private static <A, T> Rows<A, T> gathering(
            Supplier<Forward<A, T>> forwards,
            Supplier<Backward<A, T>> backwards,
            Gather<A> gather,
            Scatter<A> scatter) {
        return new Rows<>(
                () -> {
                    Forward<A, T> forward = forwards.get();
                    return (x, xAt, y, yAt, stride, n, t) -> {
                        if (stride == 1) {
                            forward.row(x, xAt, y, yAt, 1, n, t);
                            return;
                        }
                        A row = gather.row(x, xAt, stride, n);
                        forward.row(row, 0, row, 0, 1, n, t);
                        scatter.row(row, y, yAt, stride);
                    };
                },
                () -> {
                    Backward<A, T> backward = backwards.get();
                    return (y, yAt, dy, dyAt, dx, dxAt, stride, n, t) -> {
                        if (stride == 1) {
                            backward.row(y, yAt, dy, dyAt, dx, dxAt, 1, n, t);
                            return;
                        }
                        A row = gather.row(y, yAt, stride, n);
                        backward.row(row, 0, gather.row(dy, dyAt, stride, n), 0, row, 0, 1, n, t);
                        scatter.row(row, dx, dxAt, stride);
                    };
                });
    }

    private static float[] gathered(float[] from, int at, int stride, int n) {
        float[] row = new float[n];
        for (int i = 0; i < n; i++) {
            row[i] = from[at + i * stride];
        }
        return row;
    }

    private static double[] gathered(double[] from, int at, int stride, int n) {
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            row[i] = from[at + i * stride];
        }
        return row;
    }

    private static void scatter(float[] row, float[] to, int at, int stride) {
        for (int i = 0; i < row.length; i++) {
            to[at + i * stride] = row[i];
        }
    }

    private static void scatter(double[] row, double[] to, int at, int stride) {
        for (int i = 0; i < row.length; i++) {
            to[at + i * stride] = row[i];
        }
    }
}
