package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.catalogue.Direction;
import java.util.Arrays;
import java.util.Random;

/** The arrays that all contestants of a case read: seeded, both signs in random order, no subnormals. */
public final class Inputs {
    private static final long SEED = 20240229;

    // Longer arrays repeat this many values: far more than any branch predictor remembers.
    private static final int DISTINCT = 1 << 20;

    // Wide enough to reach both tails of every function, narrow enough to be what layers see.
    private static final double SIGMA = 3;

    private Inputs() {}

    /** The x of a case; for {@code from-output} the y that belongs to it. */
    public static float[] x(Case task) {
        float[] x = normal(task.total(), SEED, SIGMA);
        if (task.direction() == Direction.BACKWARD_FROM_OUTPUT) {
            replaceByOutput(task.operation(), x);
        }
        return x;
    }

    /** The gradient that comes in, or null going forward. */
    public static float[] dy(Case task) {
        return task.direction() == Direction.FORWARD ? null : normal(task.total(), SEED + 1, 1);
    }

    /** Puts f(x) in the place of x. */
    static void replaceByOutput(String operation, float[] x) {
        Kernels scalar = Kernels.builder().engine(Engine.SCALAR).threads(1).build();
        scalar.forward(Activation.of(operation), x, x);
    }

    private static float[] normal(int length, long seed, double sigma) {
        Random random = new Random(seed);
        float[] values = new float[length];
        int distinct = Math.min(length, DISTINCT);
        for (int i = 0; i < distinct; i++) {
            float value = (float) (random.nextGaussian() * sigma);
            values[i] = Math.abs(value) < Float.MIN_NORMAL ? Float.MIN_NORMAL : value;
        }
        for (int done = distinct; done < length; done += distinct) {
            System.arraycopy(values, 0, values, done, Math.min(distinct, length - done));
        }
        return values;
    }

    /** So many floats, an even number, of |x| at most a limit, evenly spread over the bit patterns of both signs. */
    public static float[] everyMagnitude(int count, float limit) {
        float[] values = new float[count];
        int half = count / 2;
        long bits = Float.floatToRawIntBits(limit);
        for (int i = 0; i < half; i++) {
            float magnitude = Float.intBitsToFloat((int) (bits * (i + 1) / half));
            values[i] = magnitude;
            values[half + i] = -magnitude;
        }
        return values;
    }

    /** All ones. */
    static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1f);
        return ones;
    }
}
