package dev.hillock.engine;

import dev.hillock.ElementType;

/**
 * How many elements one crossing into native code may have. A heap array is held in a critical section meanwhile: a
 * collector, and by FFM whatever waits for a safepoint, waits for its end. So many take the slowest function less than
 * 100 microseconds.
 *
 * @param floats of 32 bits and of 16, which are computed as those
 * @param doubles of 64 bits
 */
record CrossingBound(int floats, int doubles) {
    // The slowest are sine and softplus: 1.3 ns for a float, 5 ns for a double. Without fused multiply-adds in hardware
    // they take 30 ns and, as gelu of a double does, 1.1 us.
    private static final CrossingBound VECTORS = new CrossingBound(1 << 16, 1 << 14);
    private static final CrossingBound PORTABLE = new CrossingBound(1 << 11, 1 << 6);

    /** Of what takes a few operations an element, on every instruction set. */
    static final CrossingBound LIGHT = VECTORS;

    /** On one of the library's instruction sets. */
    static CrossingBound on(String target) {
        return target.equals("portable") ? PORTABLE : VECTORS;
    }

    int of(ElementType type) {
        return type == ElementType.FLOAT64 ? doubles : floats;
    }

    /** Part of some rows, or of a single one. */
    @FunctionalInterface
    interface Crossing {
        void of(long row, int from, long rows, int length);
    }

    /** As many rows of floats to a crossing as it may have elements, or parts of one. */
    void each(long rows, int length, Crossing crossing) {
        long together = Math.max(1, floats / Math.max(1, length));
        for (long row = 0; row < rows; row += together) {
            for (int from = 0, count; from < length; from += count) {
                count = Math.min(floats, length - from);
                crossing.of(row, from, Math.min(together, rows - row), count);
            }
        }
    }
}
