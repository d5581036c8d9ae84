package dev.hillock.engine;

import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;

/** An engine whose loops over floats may be called without it. */
interface FloatLoops {
    /** The loop for a function with these parameters, or null if there is none. */
    EltwiseLoop loop(Function function, Direction direction, double[] parameters);

    /** Whether its loops work on vectors; otherwise they are the plain ones. */
    boolean hasVectors(Function function);

    /** Whether the loop of this {@link Crossovers#index} has been compiled, as far as the engine can tell. */
    boolean isBrokenIn(int index);
}
