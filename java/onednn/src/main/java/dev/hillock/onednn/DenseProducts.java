package dev.hillock.onednn;

import dev.hillock.catalogue.Function;

/**
 * The three matrix products of a dense layer over a block of it. All matrices are row-major in arrays: x and dx [rows,
 * inputs], w and dw [outputs, inputs], y and dy [rows, outputs]; the offsets name the block's first element. The bias
 * gradient is here too, because it reads the same dy.
 */
interface DenseProducts {
    /** The sizes of a block, and the distances between rows of the matrices it is cut from. */
    record Block(int rows, int inputs, int outputs, int inputStride, int outputStride) {}

    /** y = f(x w^T + b); b may be null, f may be null. */
    void forward(
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
            int yOffset);

    /** dx = dy w, or dx += dy w. */
    void backwardInput(
            Block block, boolean add, float[] w, int wOffset, float[] dy, int dyOffset, float[] dx, int dxOffset);

    /** dw = dy^T x, or dw += dy^T x. */
    void backwardWeights(
            Block block, boolean add, float[] x, int xOffset, float[] dy, int dyOffset, float[] dw, int dwOffset);

    /** db = the column sums of dy, row after row, or db += those. */
    void backwardBias(Block block, boolean add, float[] dy, int dyOffset, float[] db);
}
