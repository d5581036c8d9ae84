package dev.hillock.loss;

/**
 * Weights spread over the elements of a shape by NumPy's rules: dimensions are matched from the last one, and one of
 * size 1 is repeated.
 */
public final class Weights {
    private final double[] values;
    private final int[] shape;
    private final int[] strides;

    /**
     * Weights for the elements of a shape.
     *
     * @throws IllegalArgumentException if they cannot be spread over it
     */
    public Weights(String name, double[] values, int[] weightShape, int[] shape) {
        this.values = values;
        this.shape = shape;
        this.strides = new int[shape.length];
        int surplus = weightShape.length - shape.length;
        int stride = 1;
        for (int i = weightShape.length - 1; i >= 0; i--) {
            int size = weightShape[i];
            int dimension = i - surplus;
            boolean fits = dimension >= 0 ? size == shape[dimension] || size == 1 : size == 1;
            if (!fits) {
                throw new IllegalArgumentException(name + " of shape " + java.util.Arrays.toString(weightShape)
                        + " does not fit shape " + java.util.Arrays.toString(shape));
            }
            if (dimension >= 0) {
                strides[dimension] = size == 1 ? 0 : stride;
            }
            stride *= size;
        }
        if (values.length != stride) {
            throw new IllegalArgumentException(name + " has " + values.length + " elements, its shape "
                    + java.util.Arrays.toString(weightShape) + " has " + stride);
        }
    }

    /** The weight of an element by its index in row-major order. */
    public double at(int index) {
        int rest = index;
        int at = 0;
        for (int i = shape.length - 1; i >= 0; i--) {
            at += rest % shape[i] * strides[i];
            rest /= shape[i];
        }
        return values[at];
    }
}
