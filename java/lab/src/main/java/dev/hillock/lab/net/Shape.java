package dev.hillock.lab.net;

import java.io.Serializable;

/** The shape of one example: height, width, channels, in this order in memory; flat vectors are channels only. */
public record Shape(int height, int width, int channels) implements Serializable {
    /** @throws IllegalArgumentException if a size is below 1 */
    public Shape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "sizes must be at least 1, not " + height + "x" + width + "x" + channels);
        }
    }

    /** A vector of size elements. */
    public static Shape flat(int size) {
        return new Shape(1, 1, size);
    }

    /** The elements of one example. */
    public int size() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** {@code 8x8x1}, or only the size of a vector. */
    @Override
    public String toString() {
        return height == 1 && width == 1 ? Integer.toString(channels) : height + "x" + width + "x" + channels;
    }
}
