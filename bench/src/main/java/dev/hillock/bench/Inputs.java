package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;
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
        float[] distinct = normal(Math.min(task.total(), DISTINCT), SEED, SIGMA);
        if (task.direction() == Direction.BACKWARD_FROM_OUTPUT) {
            if (task.isOverRows()) {
                replaceRowsByOutput(task, distinct);
            } else {
                replaceByOutput(task.operation(), distinct);
            }
        }
        return repeated(distinct, task.total());
    }

    /**
     * The gradient that comes in; the second operand of fused operations, and behind it that gradient; or targets by
     * element. Null going forward otherwise.
     */
    public static float[] dy(Case task) {
        if (task.isLossByElement()) {
            return targets(task);
        }
        boolean forward = task.direction() == Direction.FORWARD;
        if (forward && !task.isFused()) {
            return null;
        }
        int length = forward || !task.isFused() ? task.total() : 2 * task.total();
        return repeated(normal(Math.min(length, DISTINCT), SEED + 1, 1), length);
    }

    // Near and far from x; 0 or 1 where they are probabilities.
    private static float[] targets(Case task) {
        float[] targets = normal(Math.min(task.total(), DISTINCT), SEED + 1, 1);
        for (int i = 0; task.operation().equals("bce_with_logits") && i < targets.length; i++) {
            targets[i] = targets[i] > 0 ? 1 : 0;
        }
        return repeated(targets, task.total());
    }

    /** Puts f(x), as the catalogue's reference says it, in the place of x. */
    static void replaceByOutput(String operation, float[] x) {
        Activation f = Activation.of(operation);
        double[] parameters = f.parameters();
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) f.function().reference(x[i], parameters);
        }
    }

    private static void replaceRowsByOutput(Case task, float[] x) {
        AxisFunction f = AxisFunction.of(task.operation());
        int columns = task.columns();
        for (int row = 0; row < x.length / columns; row++) {
            double[] values = new double[columns];
            for (int i = 0; i < columns; i++) {
                values[i] = x[row * columns + i];
            }
            double[] y = f.definition().reference(values, f.temperature());
            for (int i = 0; i < columns; i++) {
                x[row * columns + i] = (float) y[i];
            }
        }
    }

    private static float[] normal(int length, long seed, double sigma) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            float value = (float) (random.nextGaussian() * sigma);
            values[i] = Math.abs(value) < Float.MIN_NORMAL ? Float.MIN_NORMAL : value;
        }
        return values;
    }

    private static float[] repeated(float[] distinct, int length) {
        float[] values = Arrays.copyOf(distinct, length);
        for (int done = distinct.length; done < length; done += distinct.length) {
            System.arraycopy(distinct, 0, values, done, Math.min(distinct.length, length - done));
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
