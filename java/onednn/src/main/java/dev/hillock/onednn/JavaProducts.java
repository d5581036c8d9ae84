package dev.hillock.onednn;

import dev.hillock.catalogue.Function;
import java.util.Arrays;

/**
 * The products in plain Java, for machines without the driver. Each result row is a sum of multiples of vectors, taken
 * in order. The vectors are copied into arrays of their own first: only where all arrays start at index 0 does the JVM's
 * compiler turn the inner loop into vector instructions.
 */
final class JavaProducts implements DenseProducts {
    @Override
    public void forward(
            Block block,
            Function f,
            double[] parameters,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] b,
            int bOffset,
            float[] y,
            int yOffset) {
        int outputs = block.outputs();
        float[][] columns = transposed(block, w, wOffset);
        float[] sums = new float[outputs];
        for (int row = 0; row < block.rows(); row++) {
            if (b == null) {
                Arrays.fill(sums, 0);
            } else {
                System.arraycopy(b, bOffset, sums, 0, outputs);
            }
            addMultiples(columns, x, xOffset + row * block.inputStride(), 1, sums);
            System.arraycopy(sums, 0, y, yOffset + row * block.outputStride(), outputs);
        }
    }

    // The columns of w, one for each input.
    private static float[][] transposed(Block block, float[] w, int wOffset) {
        float[][] columns = new float[block.inputs()][block.outputs()];
        for (int o = 0; o < block.outputs(); o++) {
            int wRow = wOffset + o * block.inputStride();
            for (int i = 0; i < block.inputs(); i++) {
                columns[i][o] = w[wRow + i];
            }
        }
        return columns;
    }

    @Override
    public void backwardInput(
            Block block, boolean add, float[] w, int wOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        float[][] wRows = rows(w, wOffset, block.inputStride(), block.outputs(), block.inputs());
        float[] sums = new float[block.inputs()];
        for (int row = 0; row < block.rows(); row++) {
            int dxRow = dxOffset + row * block.inputStride();
            start(add, dx, dxRow, sums);
            addMultiples(wRows, dy, dyOffset + row * block.outputStride(), 1, sums);
            System.arraycopy(sums, 0, dx, dxRow, sums.length);
        }
    }

    @Override
    public void backwardWeights(
            Block block, boolean add, float[] x, int xOffset, float[] dy, int dyOffset, float[] dw, int dwOffset) {
        float[][] xRows = rows(x, xOffset, block.inputStride(), block.rows(), block.inputs());
        float[] sums = new float[block.inputs()];
        for (int o = 0; o < block.outputs(); o++) {
            int dwRow = dwOffset + o * block.inputStride();
            start(add, dw, dwRow, sums);
            addMultiples(xRows, dy, dyOffset + o, block.outputStride(), sums);
            System.arraycopy(sums, 0, dw, dwRow, sums.length);
        }
    }

    @Override
    public void backwardBias(Block block, boolean add, float[] dy, int dyOffset, float[] db) {
        if (!add) {
            Arrays.fill(db, 0, block.outputs(), 0);
        }
        for (int row = 0; row < block.rows(); row++) {
            int dyRow = dyOffset + row * block.outputStride();
            for (int o = 0; o < block.outputs(); o++) {
                db[o] += dy[dyRow + o];
            }
        }
    }

    private static float[][] rows(float[] matrix, int offset, int stride, int rows, int columns) {
        float[][] result = new float[rows][];
        for (int row = 0; row < rows; row++) {
            int start = offset + row * stride;
            result[row] = Arrays.copyOfRange(matrix, start, start + columns);
        }
        return result;
    }

    private static void start(boolean add, float[] from, int offset, float[] sums) {
        if (add) {
            System.arraycopy(from, offset, sums, 0, sums.length);
        } else {
            Arrays.fill(sums, 0);
        }
    }

    // sums += factor[0] vectors[0] + factor[1] vectors[1] + …, the factors lying a stride apart; four vectors at a
    // time, so that sums is loaded and stored less often.
    private static void addMultiples(float[][] vectors, float[] factors, int offset, int stride, float[] sums) {
        int i = 0;
        for (; i + 4 <= vectors.length; i += 4) {
            int at = offset + i * stride;
            addFour(
                    factors[at],
                    vectors[i],
                    factors[at + stride],
                    vectors[i + 1],
                    factors[at + 2 * stride],
                    vectors[i + 2],
                    factors[at + 3 * stride],
                    vectors[i + 3],
                    sums);
        }
        for (; i < vectors.length; i++) {
            addOne(factors[offset + i * stride], vectors[i], sums);
        }
    }

    private static void addFour(
            float f0, float[] v0, float f1, float[] v1, float f2, float[] v2, float f3, float[] v3, float[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] = (((sums[j] + f0 * v0[j]) + f1 * v1[j]) + f2 * v2[j]) + f3 * v3[j];
        }
    }

    private static void addOne(float factor, float[] vector, float[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += factor * vector[j];
        }
    }
}
