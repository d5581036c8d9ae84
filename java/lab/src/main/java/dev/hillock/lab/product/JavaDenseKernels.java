package dev.hillock.lab.product;

import java.util.Arrays;

/**
 * Plain Java products. Every one of the three is "add multiples of rows to a row", which the JIT compiler turns into
 * vector instructions; each element is summed in ascending order of the inner index, multiply then add, so the bits are
 * the same on every machine and for every blocking.
 */
public final class JavaDenseKernels implements DenseKernels {
    // Multiply-adds per piece of parallel work: some 50 microseconds, far above what handing it over costs.
    private static final long PIECE = 1 << 19;

    private final Parallel parallel;
    private float[] transposed = new float[0];

    public JavaDenseKernels(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public String name() {
        return "Java";
    }

    @Override
    public void forward(int rows, int inputs, int outputs, float[] x, float[] w, float[] b, float[] y) {
        float[] wt = transpose(w, outputs, inputs);
        inPieces(rows, (long) inputs * outputs, (from, to) -> {
            for (int r = from; r < to; r++) {
                start(y, r * outputs, outputs, b);
                addRows(x, r * inputs, 1, inputs, wt, outputs, y, r * outputs);
            }
        });
    }

    @Override
    public void backwardInput(int rows, int inputs, int outputs, float[] dy, float[] w, float[] dx) {
        inPieces(rows, (long) inputs * outputs, (from, to) -> {
            for (int r = from; r < to; r++) {
                start(dx, r * inputs, inputs, null);
                addRows(dy, r * outputs, 1, outputs, w, inputs, dx, r * inputs);
            }
        });
    }

    @Override
    public void backwardWeights(int rows, int inputs, int outputs, float[] dy, float[] x, float[] dw) {
        inPieces(outputs, (long) inputs * rows, (from, to) -> {
            for (int o = from; o < to; o++) {
                start(dw, o * inputs, inputs, null);
                addRows(dy, o, outputs, rows, x, inputs, dw, o * inputs);
            }
        });
    }

    private interface Range {
        void run(int from, int to);
    }

    private void inPieces(int rows, long workPerRow, Range body) {
        int step = (int) Math.max(1, Math.min(rows, PIECE / workPerRow));
        parallel.forEach((rows + step - 1) / step, i -> body.run(i * step, Math.min(rows, (i + 1) * step)));
    }

    private static void start(float[] c, int offset, int columns, float[] b) {
        if (b == null) {
            Arrays.fill(c, offset, offset + columns, 0f);
        } else {
            System.arraycopy(b, 0, c, offset, columns);
        }
    }

    // c[j] += sum over k of a[k] b[k, j]: a has the given stride, b is row-major.
    private static void addRows(
            float[] a, int aOffset, int aStride, int inner, float[] b, int columns, float[] c, int cOffset) {
        int k = 0;
        for (; k + 4 <= inner; k += 4) {
            int i = aOffset + k * aStride;
            addFour(a[i], a[i + aStride], a[i + 2 * aStride], a[i + 3 * aStride], b, k * columns, columns, c, cOffset);
        }
        for (; k < inner; k++) {
            addOne(a[aOffset + k * aStride], b, k * columns, columns, c, cOffset);
        }
    }

    // Four rows at a time, so that c is read and written once for four multiply-adds.
    private static void addFour(
            float a0, float a1, float a2, float a3, float[] b, int b0, int columns, float[] c, int cOffset) {
        int b1 = b0 + columns;
        int b2 = b1 + columns;
        int b3 = b2 + columns;
        for (int j = 0; j < columns; j++) {
            c[cOffset + j] = (((c[cOffset + j] + a0 * b[b0 + j]) + a1 * b[b1 + j]) + a2 * b[b2 + j]) + a3 * b[b3 + j];
        }
    }

    private static void addOne(float a0, float[] b, int b0, int columns, float[] c, int cOffset) {
        for (int j = 0; j < columns; j++) {
            c[cOffset + j] += a0 * b[b0 + j];
        }
    }

    private float[] transpose(float[] w, int outputs, int inputs) {
        if (transposed.length < w.length) {
            transposed = new float[w.length];
        }
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * outputs + o] = w[o * inputs + i];
            }
        }
        return transposed;
    }
}
