package dev.hillock;

/** Where a gated unit finds its two halves. Families of models disagree, so it is never implied by a name alone. */
public enum GateLayout {
    /** Gate and value are two arrays. */
    TWO_INPUTS,
    /** One array; along the axis the first half is the gate. */
    GATE_FIRST,
    /** One array; along the axis the first half is the value. */
    VALUE_FIRST,
    /** One array; along the axis gate and value take turns, the gate first. */
    INTERLEAVED_GATE_FIRST
}
