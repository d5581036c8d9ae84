package dev.hillock.loss;

/** Weights spread over the elements of a shape. */
public final class Weights {
    private final double[] values;
    private final Spread places;

    /**
     * Weights for the elements of a shape.
     *
     * @throws IllegalArgumentException if they cannot be spread over it
     */
    public Weights(String name, double[] values, int[] weightShape, int[] shape) {
        this.values = values;
        this.places = new Spread(name, values.length, weightShape, shape);
    }

    /** The weight of an element by its index in row-major order. */
    public double at(int index) {
        return values[places.at(index)];
    }
}
