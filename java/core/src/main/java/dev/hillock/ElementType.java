package dev.hillock;

/** How elements are stored. */
public enum ElementType {
    /** {@code float}. */
    FLOAT32(4),
    /** {@code double}. */
    FLOAT64(8),
    /** The upper half of a float, in a {@code short}; computed in float and rounded once. */
    BFLOAT16(2),
    /** IEEE half precision, in a {@code short}; computed in float and rounded once. */
    FLOAT16(2);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Whether elements are stored in 16 bits and computed in float. */
    public boolean isNarrow() {
        return bytes == Short.BYTES;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
