package dev.hillock.lab.net;

import java.util.SplittableRandom;

/** Normal random numbers that are the same on every JVM: the platform's own method may change between versions. */
public final class Gaussian {
    private Gaussian() {}

    /** Fills an array with numbers of mean 0 and this deviation, two at a time (Box and Muller's form). */
    public static void fill(float[] values, double deviation, SplittableRandom random) {
        for (int i = 0; i < values.length; i += 2) {
            double radius = deviation * Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            values[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < values.length) {
                values[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
    }
}
