package dev.hillock.lab.net;

import java.util.SplittableRandom;

/** A layer whose weights start as random numbers. */
interface Weighted {
    void draw(Initialization initialization, SplittableRandom random);
}
