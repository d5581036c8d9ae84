package dev.hillock.engine;

import static dev.hillock.kernel.VectorElementary.SPECIES;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The vectors of one block that reach into a function's tail, put aside until the block is through. The tail's formula
 * then has a loop of its own: within the loop over all vectors it would take the registers from the tables.
 */
final class VectorTails {
    /** Vectors of a block. */
    static final int MOST = 64;

    // Left by a call for the next of its thread, so that calls make no objects. Threads whose numbers fall together
    // share one; a call that finds it taken makes another.
    private static final AtomicReferenceArray<VectorTails> SPARE = new AtomicReferenceArray<>(64);

    // One more than a block has: what follows the last is written before it is known whether it counts.
    final float[] x = new float[(MOST + 1) * SPECIES.length()];
    final float[] dy = new float[x.length];
    // Which vectors of the block they are. Bytes, since a store of an int could change the tables.
    final byte[] vector = new byte[MOST + 1];

    private VectorTails() {}

    static VectorTails take() {
        VectorTails spare = SPARE.getAndSet(place(), null);
        return spare == null ? new VectorTails() : spare;
    }

    void give() {
        SPARE.setRelease(place(), this);
    }

    private static int place() {
        return (int) Thread.currentThread().getId() & SPARE.length() - 1;
    }
}
