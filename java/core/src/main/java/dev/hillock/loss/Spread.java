package dev.hillock.loss;

/**
 * Where each element of a shape finds its value in an array that is spread over it by NumPy's rules: dimensions are
 * matched from the last one, and one of size 1 is repeated.
 */
public final class Spread {
    private final int[] shape;
    private final int[] strides;

    /**
     * Values of a shape of their own, spread over another.
     *
     * @param length how many values there are
     * @throws IllegalArgumentException if they cannot be spread over it
     */
    public Spread(String name, int length, int[] ownShape, int[] shape) {
        this.shape = shape;
        this.strides = new int[shape.length];
        int surplus = ownShape.length - shape.length;
        int stride = 1;
        for (int i = ownShape.length - 1; i >= 0; i--) {
            int size = ownShape[i];
            int dimension = i - surplus;
            boolean fits = dimension >= 0 ? size == shape[dimension] || size == 1 : size == 1;
            if (!fits) {
                throw new IllegalArgumentException(name + " of shape " + java.util.Arrays.toString(ownShape)
                        + " does not fit shape " + java.util.Arrays.toString(shape));
            }
            if (dimension >= 0) {
                strides[dimension] = size == 1 ? 0 : stride;
            }
            stride *= size;
        }
        if (length != stride) {
            throw new IllegalArgumentException(name + " has " + length + " elements, its shape "
                    + java.util.Arrays.toString(ownShape) + " has " + stride);
        }
    }

    /** The place of an element's value, by the element's index in row-major order. */
    public int at(int index) {
        int rest = index;
        int at = 0;
        for (int i = shape.length - 1; i >= 0; i--) {
            at += rest % shape[i] * strides[i];
            rest /= shape[i];
        }
        return at;
    }

    /** How far apart the values of neighbours along the last dimension are: 1, or 0 where one is repeated. */
    public int step() {
        return shape.length == 0 ? 0 : strides[shape.length - 1];
    }

    /** Elements along the last dimension. */
    public int last() {
        return shape.length == 0 ? 1 : shape[shape.length - 1];
    }
}
