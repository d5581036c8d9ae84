package dev.hillock.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DropMaskTest {
    private static final int N = 3000;

    // What every release drops for a seed: the networks that were trained with it are to be trained again.
    @Test
    void whatIsDroppedFollowsTheNumbers() {
        Random random = new Random(1);
        for (double rate : new double[] {0, 0x1p-54, 0.1, 0.25, 0.5, 0.999, Math.nextDown(1.0)}) {
            DropMask mask = new DropMask(7, rate);
            double scale = 1 / (1 - rate);
            for (long index : new long[] {0, 5, Integer.MAX_VALUE - 10L}) {
                float[] floats = new float[N + 2];
                double[] doubles = new double[N + 2];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = i % 97 == 0 ? Float.NaN : i % 89 == 0 ? -0f : (float) random.nextGaussian();
                    doubles[i] = floats[i];
                }
                float[] y = floats.clone();
                double[] wideY = doubles.clone();
                mask.apply(index, y, 1, N);
                mask.apply(index, wideY, 1, N);
                for (int i = 1; i <= N; i++) {
                    boolean dropped = CounterRandom.uniform(7, index + i - 1) < rate;
                    assertEquals(dropped ? 0f : floats[i] * (float) scale, y[i]);
                    assertEquals(dropped ? 0.0 : doubles[i] * scale, wideY[i]);
                }
                assertEquals(floats[0], y[0]);
                assertEquals(floats[N + 1], y[N + 1]);
            }
        }
    }
}
