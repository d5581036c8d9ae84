package dev.hillock.catalogue;

/** What an element-wise kernel computes; the order is that of {@code hillock_direction} in {@code hillock.h}. */
public enum Direction {
    /** {@code y = f(x)}. */
    FORWARD,
    /** {@code dx = dy * f'(x)}, from the input. */
    BACKWARD,
    /** {@code dx = dy * f'(x)}, from the output {@code y = f(x)}. */
    BACKWARD_FROM_OUTPUT
}
