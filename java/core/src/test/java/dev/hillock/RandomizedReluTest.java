package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomizedReluTest {
    private static final int LENGTH = 200_000;

    private static float[] minusOnes() {
        float[] x = new float[LENGTH];
        Arrays.fill(x, -1);
        return x;
    }

    private static float[] forward(RandomizedRelu f, float[] x) {
        float[] y = new float[x.length];
        f.forward(x, y);
        return y;
    }

    @Test
    void slopesAreUniformBetweenTheBounds() {
        float[] y = forward(RandomizedRelu.of(7), minusOnes());
        double sum = 0;
        double least = 1;
        double most = 0;
        for (float value : y) {
            sum -= value;
            least = Math.min(least, -value);
            most = Math.max(most, -value);
        }
        assertEquals(11.0 / 48, sum / LENGTH, 1e-3);
        assertTrue(least >= 1.0f / 8 && least < 0.1251);
        assertTrue(most <= 1.0f / 3 && most > 0.3332);
    }

    @Test
    void backwardTakesTheSlopesOfForward() {
        float[] x = minusOnes();
        x[3] = 2;
        x[5] = 0;
        float[] dy = new float[LENGTH];
        Arrays.fill(dy, -1);
        float[] dx = new float[LENGTH];
        RandomizedRelu f = RandomizedRelu.of(-0.5, 2, 11);
        f.backward(x, dy, dx);
        float[] y = forward(f, minusOnes());
        y[3] = -1;
        assertArrayEquals(y, dx);
        assertEquals(2, forward(f, x)[3]);
    }

    @Test
    void anyNumberOfThreadsDrawsTheSameAndAnotherSeedOthers() {
        float[] one = forward(RandomizedRelu.of(1), minusOnes());
        Kernels two = Kernels.builder().threads(2).build();
        assertArrayEquals(one, forward(RandomizedRelu.of(1).on(two), minusOnes()));
        assertFalse(Arrays.equals(one, forward(RandomizedRelu.of(2), minusOnes())));
    }

    @Test
    void helpersComeFromThePoolOfTheKernels() {
        CountedPool pool = new CountedPool();
        forward(RandomizedRelu.of(1).on(pool.kernels()), minusOnes());
        pool.requireAsked();
    }

    @Test
    void doublesHaveTheSameSlopesUnrounded() {
        double[] x = {-1, -2, 3, Double.NaN};
        double[] y = new double[4];
        RandomizedRelu.of(5).forward(x, y);
        float[] rounded = forward(RandomizedRelu.of(5), new float[] {-1, -2, 3, Float.NaN});
        for (int i = 0; i < 4; i++) {
            assertEquals(rounded[i], (float) y[i]);
        }
        double[] dx = new double[4];
        RandomizedRelu.of(5).backward(x, new double[] {1, 1, 1, 1}, dx);
        assertEquals(-y[0], dx[0]);
        assertEquals(1, dx[2]);
    }

    @Test
    void outsideTrainingTheSlopeIsTheMean() {
        float[] y = {-48, 2};
        RandomizedRelu.of(0).evaluation().forward(y, y);
        assertEquals(-11, y[0], 1e-5);
        assertEquals(2, y[1]);
        assertEquals(Activation.of("randomized_relu"), RandomizedRelu.of(0).evaluation());
    }

    @Test
    void boundsInTheWrongOrderAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RandomizedRelu.of(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Activation.of("rrelu(lower=1, upper=0)"));
    }
}
