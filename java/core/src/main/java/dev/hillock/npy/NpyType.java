package dev.hillock.npy;

import java.util.List;

/** The element types that can be read and written, by NumPy's words for them. */
public enum NpyType {
    /** {@code float}. */
    FLOAT32(4, "<f4"),
    /** {@code double}. */
    FLOAT64(8, "<f8"),
    /** IEEE half precision. */
    FLOAT16(2, "<f2"),
    /** The upper half of a float, as {@code ml_dtypes} writes it. */
    BFLOAT16(2, "<V2", "|V2", "bfloat16"),
    /** {@code long}, for class indices. */
    INT64(8, "<i8"),
    /** {@code int}, for class indices. */
    INT32(4, "<i4");

    private final int bytes;
    private final List<String> words;

    NpyType(int bytes, String... words) {
        this.bytes = bytes;
        this.words = List.of(words);
    }

    /** NumPy's word, for example {@code <f4}. */
    public String word() {
        return words.get(0);
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether every value is a float: float32 and the two 16-bit formats. */
    public boolean fitsFloat() {
        return this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
    }

    static NpyType of(String word) throws NpyException {
        for (NpyType type : values()) {
            if (type.words.contains(word)) {
                return type;
            }
        }
        throw new NpyException("element type '" + word + "' is not supported");
    }
}
