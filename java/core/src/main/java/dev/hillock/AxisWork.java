package dev.hillock;

import dev.hillock.AxisSlabs.Slab;

/**
 * What an operation does to a slab whose rows lie without gaps in arrays of one precision. It may keep arrays of its own
 * from slab to slab: each thread has its own work.
 */
interface AxisWork {
    /** Slabs of x have about so many elements: a few arrays of them stay in a second-level cache. */
    int SLAB = 1 << 13;

    /** y from x. */
    void forward(Slab slab, Object x, int xAt, Object y, int yAt);

    /** dx from x and dy; dx may be x or, where the length stays, dy. */
    void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt);
}
