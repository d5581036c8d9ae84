package dev.hillock;

/** What a thread needs for one piece of a loss after the other: made where it is asked for, and used again. */
final class LossRoom {
    private final int length;
    private final float[][] arrays = new float[Use.values().length][];

    /** What an array is for. */
    enum Use {
        X,
        TARGETS,
        DX,
        WEIGHT,
        POSITIVE,
        NEGATIVE,
        TARGET,
        SLOPE,
        TERM
    }

    /** Room for pieces of at most a length. */
    LossRoom(int length) {
        this.length = length;
    }

    float[] of(Use use) {
        float[] array = arrays[use.ordinal()];
        if (array == null) {
            array = new float[length];
            arrays[use.ordinal()] = array;
        }
        return array;
    }
}
