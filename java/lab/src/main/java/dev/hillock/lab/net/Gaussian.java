package dev.hillock.lab.net;

import java.util.SplittableRandom;

/** Normal random numbers that are the same on every JVM: the platform's own method may change between versions. */
public final class Gaussian {
    private Gaussian() {}

    /** One number with mean 0 and variance 1 (Box and Muller's form). */
    public static double next(SplittableRandom random) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
