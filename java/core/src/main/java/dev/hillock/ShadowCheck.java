package dev.hillock;

import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.Settings;
import dev.hillock.engine.Staging;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What {@code hillock.check} asks for: element-wise calls on float32, or one in many of them, are judged against the
 * formula in double precision, by what the accuracy contract allows. They go block by block, for in place the inputs
 * are gone afterwards.
 */
final class ShadowCheck {
    private static final int BLOCK = 1 << 12;

    private final int oneIn;

    private ShadowCheck(int oneIn) {
        this.oneIn = oneIn;
    }

    /** As configured; null for none. */
    static ShadowCheck configured() {
        int oneIn = Settings.check();
        return oneIn == 0 ? null : new ShadowCheck(oneIn);
    }

    boolean isDue(Activation f, ElementType type) {
        return type == ElementType.FLOAT32
                && !f.function().isCustom()
                && (oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0);
    }

    /**
     * Runs the call and judges it. Operands are as {@link KernelEngine} takes them.
     *
     * @throws IllegalStateException naming the first element that is further from the exact value than is allowed
     */
    void run(
            Activation f,
            KernelEngine engine,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        double[] parameters = f.sharedParameters(ElementType.FLOAT32);
        Accuracy accuracy = new Accuracy(f.function(), direction, parameters);
        boolean backward = direction != Direction.FORWARD;
        int size = (int) Math.min(BLOCK, length);
        float[] inputs = new float[size];
        float[] gradients = new float[size];
        float[] outputs = new float[size];
        for (long done = 0; done < length; done += size) {
            int count = (int) Math.min(size, length - done);
            Staging.read(x, xOffset, done, inputs, 0, count);
            if (backward) {
                Staging.read(dy, dyOffset, done, gradients, 0, count);
            }
            engine.eltwise(
                    f.function(),
                    ElementType.FLOAT32,
                    direction,
                    parameters,
                    x,
                    at(x, xOffset, done),
                    dy,
                    at(dy, dyOffset, done),
                    out,
                    at(out, outOffset, done),
                    count);
            Staging.read(out, outOffset, done, outputs, 0, count);
            for (int i = 0; i < count; i++) {
                float gradient = backward ? gradients[i] : 1;
                if (!isRight(accuracy, direction, inputs[i], gradient, outputs[i])) {
                    throw new IllegalStateException("hillock.check: " + f + " "
                            + direction.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " on "
                            + engine.engine().word() + " gives " + outputs[i] + " at " + inputs[i]
                            + (backward ? " with dy = " + gradient : "") + ", the formula "
                            + (float) (gradient * accuracy.exact(inputs[i])));
                }
            }
        }
    }

    private static long at(Object base, long offset, long done) {
        return offset + (base == null ? done * Float.BYTES : done);
    }

    private static boolean isRight(Accuracy accuracy, Direction direction, float x, float dy, float got) {
        double slope = accuracy.exact(x);
        double exact = direction == Direction.FORWARD ? slope : dy * slope;
        // A slope that no float can hold is infinite, however small dy.
        if (Ulp.error(got, exact) <= accuracy.bound() || Float.compare(got, dy * (float) slope) == 0) {
            return true;
        }
        double allowed = accuracy.allowed(x, slope);
        if (direction == Direction.BACKWARD_FROM_OUTPUT) {
            // It can be no better than y.
            allowed += accuracy.bound() * Math.abs(accuracy.exact(Math.nextUp(x)) - accuracy.exact(Math.nextDown(x)));
        }
        return Math.abs(got - exact) <= Math.abs(dy) * allowed + Ulp.unit(exact);
    }
}
