package dev.hillock.bench;

import dev.hillock.catalogue.Direction;

/** Softmax and fused operations on the rows of a matrix, as a Java program contains them before it knows of Hillock. */
final class PlainRows {
    /** One row of the output. */
    private interface Row {
        void run(float[] out, int from, int to);
    }

    private PlainRows() {}

    static Work prepare(Case task, float[] x, float[] dy) {
        boolean logarithm = task.operation().equals("log_softmax");
        boolean forward = task.direction() == Direction.FORWARD;
        Row row =
                switch (task.operation()) {
                    case "bias_gelu" -> (out, from, to) -> biasGelu(x, dy, out, from, to);
                    case "swiglu" -> (out, from, to) -> swiglu(x, dy, out, from, to);
                    case "cross_entropy" -> (out, from, to) -> crossEntropy(task, x, out, from, to);
                    default ->
                        forward
                                ? (out, from, to) -> forward(logarithm, x, out, from, to)
                                : (out, from, to) -> backward(logarithm, x, dy, out, from, to);
                };
        int columns = task.columns();
        return new ArrayWork(task, (out, from, to) -> {
            for (int start = from; start < to; start += columns) {
                row.run(out, start, start + columns);
            }
        });
    }

    private static void forward(boolean logarithm, float[] x, float[] y, int from, int to) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, x[i]);
        }
        float sum = 0;
        for (int i = from; i < to; i++) {
            y[i] = (float) Math.exp(x[i] - max);
            sum += y[i];
        }
        float logSum = (float) Math.log(sum);
        for (int i = from; i < to; i++) {
            y[i] = logarithm ? x[i] - max - logSum : y[i] / sum;
        }
    }

    private static void backward(boolean logarithm, float[] y, float[] dy, float[] dx, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += logarithm ? dy[i] : dy[i] * y[i];
        }
        for (int i = from; i < to; i++) {
            dx[i] = logarithm ? dy[i] - (float) Math.exp(y[i]) * sum : y[i] * (dy[i] - sum);
        }
    }

    private static void crossEntropy(Case task, float[] x, float[] dx, int from, int to) {
        forward(false, x, dx, from, to);
        for (int i = from; i < to; i++) {
            dx[i] /= task.rows();
        }
        dx[from + task.target(from / task.columns())] -= 1f / task.rows();
    }

    private static void biasGelu(float[] x, float[] bias, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = PlainFormulas.gelu(x[i] + bias[i - from]);
        }
    }

    private static void swiglu(float[] gate, float[] value, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = PlainFormulas.silu(gate[i]) * value[i];
        }
    }
}
