package dev.hillock.bench;

import dev.hillock.catalogue.Direction;

/** Someone who takes part: an engine of Hillock, a floor, or a peer. Peers are found as services. */
public interface Contestant {
    /** The word in tables and files, for example {@code native} or {@code pytorch}. */
    String name();

    /** What stands behind the name, with its version. */
    String description();

    /**
     * Whether cases of this kind are known here at all. Peers know none of {@link Case#OPERATIONS}, and of the fused
     * operations {@link Fused#FROM_MEMORY} going forward.
     */
    default boolean knows(Case task) {
        boolean fused = Fused.FROM_MEMORY.contains(task.operation()) && task.direction() == Direction.FORWARD;
        return !task.isOperation() && (!task.isFused() || fused);
    }

    /**
     * Gets ready for a case.
     *
     * @param x read: the input, or the output for {@code from-output}; {@link Case#total()} elements
     * @param dy read: the incoming gradient, as long as x; or what {@link Inputs#dy} says; else null
     * @throws NotSupported if this contestant has no such operation
     */
    Work prepare(Case task, float[] x, float[] dy) throws NotSupported;

    /** Lets go of what lives as long as the contestant. */
    default void close() {}
}
