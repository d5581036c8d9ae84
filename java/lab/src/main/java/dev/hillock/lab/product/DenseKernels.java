package dev.hillock.lab.product;

/**
 * The matrix products of a dense layer. All matrices are row-major: x and dx [rows, inputs], w and dw [outputs, inputs],
 * y and dy [rows, outputs], b [outputs]. Written arrays are disjoint from those read. The result does not depend on the
 * number of threads. An instance serves one training at a time.
 */
public interface DenseKernels {
    /** What computes, for people: {@code oneDNN 3.11.0} or {@code Java}. */
    String name();

    /**
     * y = x w' + b.
     *
     * @param b read; null for no bias
     * @param y written
     */
    void forward(int rows, int inputs, int outputs, float[] x, float[] w, float[] b, float[] y);

    /**
     * dx = dy w.
     *
     * @param dx written
     */
    void backwardInput(int rows, int inputs, int outputs, float[] dy, float[] w, float[] dx);

    /**
     * dw = dy' x.
     *
     * @param dw written
     */
    void backwardWeights(int rows, int inputs, int outputs, float[] dy, float[] x, float[] dw);
}
