package dev.hillock.loss;

/**
 * One computation of a loss: what is read, what is written, how it is reduced.
 *
 * @param x predictions, row-major
 * @param shape their shape
 * @param axis the class axis or the axis of a row
 * @param targets values, of x's shape; null where indices are given
 * @param indices class indices, of x's shape without the class axis; null where targets are given
 * @param variance for a loss that takes variances, of x's shape; else null
 * @param weight weights of elements, or null
 * @param posWeight weights of positive targets, or null
 * @param classWeight weights of classes, or null
 * @param dx written: the gradient with respect to x; null if it is not wanted
 * @param losses written: the loss of each element or sample; null if they are not wanted
 */
public record LossCall(
        Reals x,
        int[] shape,
        int axis,
        Reals targets,
        long[] indices,
        Reals variance,
        Weights weight,
        Weights posWeight,
        double[] classWeight,
        Reals dx,
        Reals losses) {
    /** Elements before one step of the axis: the product of the dimensions before it. */
    public int outer() {
        return product(0, axis);
    }

    /** Elements along the axis. */
    public int size() {
        return shape.length == 0 ? 1 : shape[axis];
    }

    /** The stride of the axis: the product of the dimensions after it. */
    public int inner() {
        return product(axis + 1, shape.length);
    }

    private int product(int from, int to) {
        int product = 1;
        for (int i = from; i < to; i++) {
            product *= shape[i];
        }
        return product;
    }
}
