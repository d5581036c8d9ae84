package dev.hillock.bench;

import dev.hillock.catalogue.Direction;

/** Softmax and cross-entropy on the rows of a matrix, as a Java program contains them before it knows of Hillock. */
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
}
