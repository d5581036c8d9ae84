package dev.hillock.bench;

/** Someone who takes part: an engine of Hillock, a floor, or a peer. Peers are found as services. */
public interface Contestant {
    /** The word in tables and files, for example {@code native} or {@code pytorch}. */
    String name();

    /** What stands behind the name, with its version. */
    String description();

    /** Whether cases of this kind are known here at all; peers know none of {@link Case#OPERATIONS}. */
    default boolean knows(Case task) {
        return !task.isOperation();
    }

    /**
     * Gets ready for a case.
     *
     * @param x read: the input, or the output for {@code from-output}; {@link Case#total()} elements
     * @param dy read: the incoming gradient, or the second operand of a fused operation, as long as x; else null
     * @throws NotSupported if this contestant has no such operation
     */
    Work prepare(Case task, float[] x, float[] dy) throws NotSupported;

    /** Lets go of what lives as long as the contestant. */
    default void close() {}
}
