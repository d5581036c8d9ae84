package dev.hillock.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.catalogue.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A formula that loses digits is found out, though it agrees with itself. */
class SixtyDigitsTest {
    private static final Sweep SAMPLE = Sweep.sample();
    private static final int SPECIAL = SAMPLE.blocks() - 1;

    private static Tally judged(Activation f, float[] x, float[] y, int block, int count) {
        return judged(SAMPLE, f, x, y, block, count);
    }

    private static Tally judged(Sweep sweep, Activation f, float[] x, float[] y, int block, int count) {
        Accuracy formula = new Accuracy(f.function(), Direction.FORWARD, f.parameters());
        Tally tally = new Tally(formula);
        new SixtyDigits(f.function(), Direction.FORWARD, f.parameters(), formula, sweep)
                .judge(block, x, y, count, tally);
        return tally;
    }

    private static float[] values(Activation f, float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (float) f.function().reference(x[i], f.parameters());
        }
        return y;
    }

    @ParameterizedTest
    @ValueSource(strings = {"isru", "isrlu", "bent_identity", "star_relu"})
    void threeUlpAreSeenAtEverySpecialPoint(String name) {
        Activation f = Activation.of(name);
        float[] x = new float[Sweep.BLOCK];
        int count = SAMPLE.fill(SPECIAL, x);
        float[] y = values(f, x);
        assertTrue(judged(f, x, y, SPECIAL, count).maxUlp < 0.51);
        for (int i = 0; i < count; i += 5) {
            float right = y[i];
            if (Float.isFinite(right) && Math.abs(right) > Float.MIN_NORMAL) {
                y[i] = Float.intBitsToFloat(Float.floatToRawIntBits(right) - 3);
                assertTrue(judged(f, x, y, SPECIAL, count).maxUlp > 1, name + " at " + x[i]);
                y[i] = right;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"isru", "isrlu", "bent_identity", "star_relu"})
    void threeUlpAreSeenAtAnyOfAllInputs(String name) {
        Activation f = Activation.of(name);
        Sweep all = Sweep.exhaustive();
        int block = Float.floatToRawIntBits(1.5f) / Sweep.BLOCK;
        float[] x = new float[Sweep.BLOCK];
        int count = all.fill(block, x);
        float[] y = values(f, x);
        assertTrue(judged(all, f, x, y, block, count).maxUlp < 0.51);
        for (int i = 0; i < count; i += 1001) {
            float right = y[i];
            y[i] = Float.intBitsToFloat(Float.floatToRawIntBits(right) - 3);
            assertTrue(judged(all, f, x, y, block, count).maxUlp > 1, name + " at " + x[i]);
            y[i] = right;
        }
    }

    @Test
    void aSquareThatOverflowsIsSeen() {
        Activation isru = Activation.of("isru");
        float[] x = new float[Sweep.BLOCK];
        float[] y = new float[Sweep.BLOCK];
        for (int i = 0; i < Sweep.BLOCK; i++) {
            x[i] = 1e20f + i * 1e16f;
            y[i] = (float) (x[i] / Math.sqrt(1 + x[i] * x[i]));
        }
        assertTrue(judged(isru, x, y, 0, Sweep.BLOCK).maxUlp > 2);
        assertEquals(0.0, judged(isru, x, values(isru, x), 0, Sweep.BLOCK).maxUlp, 0.5);
    }
}
