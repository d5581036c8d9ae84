package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.kernel.ActivationCounts;
import dev.hillock.kernel.DropMask;

/**
 * An engine's kernels for operations over an axis beside softmax: sparsemax, maxout, and the noise of Gumbel's softmax;
 * and for dropout, which draws from the same random numbers, the statistics of outputs, and the parametric ReLU. Operands are
 * float[] or double[], all of a call the same, with the index of their first element.
 */
public interface RowKernels {
    /**
     * sparsemax of each row; NaN in a row with a NaN or whose maximum is infinite.
     *
     * @param y written; may be the same range as x
     */
    void sparsemax(AxisLayout rows, Object x, int xAt, Object y, int yAt);

    /**
     * The gradient of sparsemax from its output: dy less its mean over the support, 0 elsewhere.
     *
     * @param dx written; may be the same range as y or dy
     */
    void sparsemaxBackward(AxisLayout rows, Object y, int yAt, Object dy, int dyAt, Object dx, int dxAt);

    /**
     * The maximum of each group along the axis, a NaN if there is one, +0 above -0.
     *
     * @param y written: dense {@code [outer, inner]}; the same range as x only where a group is of one
     */
    void maxout(AxisLayout groups, Object x, int xAt, Object y, int yAt);

    /**
     * The gradient of {@link #maxout}: dy at the first of the largest, the zeros being equal, 0 elsewhere.
     *
     * @param dy read: dense {@code [outer, inner]}
     * @param dx written; may be the same range as x, and as dy where a group is of one
     */
    void maxoutBackward(AxisLayout groups, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt);

    /**
     * Adds Gumbel's noise, -ln(-ln u), in single precision.
     *
     * @param index of the first element, by which u is drawn
     * @param indexStride what is added to it from row to row
     * @param z read and written: {@code [rows, columns]} from its start
     */
    void addGumbel(long seed, long index, long indexStride, int rows, int columns, float[] z);

    /**
     * Drops from a block of floats.
     *
     * @param index of the block's first element
     * @param n some thousands at most: a crossing is not to take long
     */
    void drop(DropMask mask, long index, float[] values, int at, int n);

    /**
     * Counts a block of outputs.
     *
     * @param slopes from the start
     * @param n some thousands at most, and a multiple of {@link ActivationCounts#LANES} unless it is the last block
     */
    void count(ActivationCounts counts, float[] y, int at, float[] slopes, int n);

    /**
     * The parametric ReLU with an alpha for each channel; going backward its gradient, and alpha's added to the sums: of
     * dy x over x that are not above 0, in the order that {@code native/core/prelu.h} states.
     *
     * @param channels the axis, with nothing between two channels
     * @param alpha finite
     * @param dy null going forward
     * @param out y, or dx; may be the same range as x or dy
     * @param at the first element of x, dy and out
     * @param sums null where alpha does not learn
     */
    void prelu(
            AxisLayout channels,
            Object alpha,
            int alphaAt,
            Object x,
            Object dy,
            Object out,
            int at,
            double[] sums,
            int sumsAt);
}
