package dev.hillock.catalogue;

/** What can be true of a function, at its default parameters. Tests compute each of these from the reference. */
public enum Property {
    /** Takes values of both signs, of mean near 0 for inputs of mean 0. */
    ZERO_CENTRED("zero-centred"),
    /** Its slope tends to 0 towards minus infinity. */
    SATURATES_LEFT("saturates at -inf"),
    /** Its slope tends to 0 towards plus infinity. */
    SATURATES_RIGHT("saturates at +inf"),
    /** A unit can reach a state with a slope of exactly 0 for all data seen. */
    CAN_DIE("units can die"),
    /** Never falls. */
    MONOTONIC("monotonic"),
    /** Its slope has no jump. */
    CONTINUOUS_SLOPE("continuous slope"),
    /** Has derivatives of every order everywhere. */
    SMOOTH("smooth");

    private final String text;

    Property(String text) {
        this.text = text;
    }

    /** The property in words. */
    public String text() {
        return text;
    }
}
