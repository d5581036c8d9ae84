package dev.hillock.onednn;

import dev.hillock.catalogue.Function;
import java.util.Arrays;

/**
 * The products in plain Java, for machines without the driver. Every inner loop adds a multiple of one row to another,
 * which the JVM's compiler turns into vector instructions; sums run over ascending indices.
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
        float[] transposed = transposed(block, w, wOffset);
        int outputs = block.outputs();
        float[] sums = new float[outputs];
        for (int row = 0; row < block.rows(); row++) {
            if (b == null) {
                Arrays.fill(sums, 0);
            } else {
                System.arraycopy(b, bOffset, sums, 0, outputs);
            }
            int xRow = xOffset + row * block.inputStride();
            for (int i = 0; i < block.inputs(); i++) {
                addMultiple(x[xRow + i], transposed, i * outputs, sums, 0, outputs);
            }
            System.arraycopy(sums, 0, y, yOffset + row * block.outputStride(), outputs);
        }
    }

    // w^T: [inputs, outputs].
    private static float[] transposed(Block block, float[] w, int wOffset) {
        float[] result = new float[block.inputs() * block.outputs()];
        for (int o = 0; o < block.outputs(); o++) {
            int wRow = wOffset + o * block.inputStride();
            for (int i = 0; i < block.inputs(); i++) {
                result[i * block.outputs() + o] = w[wRow + i];
            }
        }
        return result;
    }

    @Override
    public void backwardInput(
            Block block, boolean add, float[] w, int wOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int row = 0; row < block.rows(); row++) {
            int dxRow = dxOffset + row * block.inputStride();
            if (!add) {
                Arrays.fill(dx, dxRow, dxRow + block.inputs(), 0);
            }
            for (int o = 0; o < block.outputs(); o++) {
                float factor = dy[dyOffset + row * block.outputStride() + o];
                addMultiple(factor, w, wOffset + o * block.inputStride(), dx, dxRow, block.inputs());
            }
        }
    }

    @Override
    public void backwardWeights(
            Block block, boolean add, float[] x, int xOffset, float[] dy, int dyOffset, float[] dw, int dwOffset) {
        for (int o = 0; o < block.outputs(); o++) {
            int dwRow = dwOffset + o * block.inputStride();
            if (!add) {
                Arrays.fill(dw, dwRow, dwRow + block.inputs(), 0);
            }
            for (int row = 0; row < block.rows(); row++) {
                float factor = dy[dyOffset + row * block.outputStride() + o];
                addMultiple(factor, x, xOffset + row * block.inputStride(), dw, dwRow, block.inputs());
            }
        }
    }

    @Override
    public void backwardBias(Block block, boolean add, float[] dy, int dyOffset, float[] db) {
        if (!add) {
            Arrays.fill(db, 0, block.outputs(), 0);
        }
        for (int row = 0; row < block.rows(); row++) {
            addMultiple(1, dy, dyOffset + row * block.outputStride(), db, 0, block.outputs());
        }
    }

    private static void addMultiple(float factor, float[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] += factor * from[fromOffset + i];
        }
    }
}
