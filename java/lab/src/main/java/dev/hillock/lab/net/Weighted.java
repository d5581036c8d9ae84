package dev.hillock.lab.net;

import java.util.SplittableRandom;

/** A layer that starts from random numbers, most often as its weights. */
interface Weighted {
    void draw(Initialization initialization, SplittableRandom random);
}
