package dev.hillock.npy;

/** The element types that can be read and written, by NumPy's word for them. */
public enum NpyType {
    /** {@code float}. */
    FLOAT32("<f4", 4),
    /** {@code long}, for class indices. */
    INT64("<i8", 8),
    /** {@code int}, for class indices. */
    INT32("<i4", 4);

    private final String word;
    private final int bytes;

    NpyType(String word, int bytes) {
        this.word = word;
        this.bytes = bytes;
    }

    /** NumPy's word, for example {@code <f4}. */
    public String word() {
        return word;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    static NpyType of(String word) throws NpyException {
        for (NpyType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new NpyException("element type '" + word + "' is not supported");
    }
}
