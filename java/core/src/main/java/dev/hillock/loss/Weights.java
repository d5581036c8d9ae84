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

    /** Writes the weights of count elements from one on, rounded to float. */
    public void floats(int start, int count, float[] floats) {
        int last = places.last();
        for (int i = 0; i < count; ) {
            int at = places.at(start + i);
            int end = Math.min(count, i + last - (start + i) % last);
            for (; i < end; i++, at += places.step()) {
                floats[i] = (float) values[at];
            }
        }
    }

    /** The weight of an element by its index in row-major order. */
    public double at(int index) {
        return values[places.at(index)];
    }
}
