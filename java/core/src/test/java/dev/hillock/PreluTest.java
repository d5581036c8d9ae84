package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreluTest {
    private static float[] values(int count, int seed) {
        float[] values = new float[count];
        java.util.Random random = new java.util.Random(seed);
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    // Short runs are computed by Prelu itself, long ones by an engine.
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 31, 32, 100})
    void eachChannelHasItsAlpha(int inner) {
        int[] shape = {2, 3, inner};
        float[] x = values(6 * inner, 1);
        float[] dy = values(6 * inner, 2);
        float[] alpha = {0.1f, -0.5f, 2};
        float[] y = new float[x.length];
        float[] dx = new float[x.length];
        float[] dAlpha = new float[3];
        Prelu prelu = Prelu.of(1, alpha, 3);
        prelu.forward(x, shape, y);
        prelu.backward(x, dy, shape, dx, dAlpha);
        double[] sums = new double[3];
        for (int i = 0; i < x.length; i++) {
            int channel = i / inner % 3;
            assertEquals(x[i] > 0 ? x[i] : alpha[channel] * x[i], y[i]);
            assertEquals(x[i] > 0 ? dy[i] : alpha[channel] * dy[i], dx[i]);
            sums[channel] += x[i] > 0 ? 0 : (double) dy[i] * x[i];
        }
        assertArrayEquals(new float[] {(float) sums[0], (float) sums[1], (float) sums[2]}, dAlpha);
    }

    @Test
    void oneAlphaServesAll() {
        float[] x = {-2, -1, 0, 1};
        float[] dAlpha = new float[1];
        float[] dy = {1, 2, 3, 4};
        Prelu.shared(0.25f).backward(x, dy, new int[] {2, 2}, dy, dAlpha);
        assertArrayEquals(new float[] {0.25f, 0.5f, 0.75f, 4}, dy);
        assertEquals(-4, dAlpha[0]);
    }

    @Test
    void otherShapesAreSpreadAsNumPyDoes() {
        float[] x = {-1, -1, -1, -1, -1, -1};
        float[] y = new float[6];
        Prelu.of(1, new float[] {1, 2}, 2, 1).forward(x, new int[] {2, 3}, y);
        assertArrayEquals(new float[] {-1, -1, -1, -2, -2, -2}, y);
        Prelu.of(0, new float[] {1, 2, 3}, 3).forward(x, new int[] {2, 3}, y);
        assertArrayEquals(new float[] {-1, -2, -3, -1, -2, -3}, y);
        Prelu.of(-2, new float[] {5, 6}, 2).forward(x, new int[] {2, 3}, y);
        assertArrayEquals(new float[] {-5, -5, -5, -6, -6, -6}, y);
    }

    @Test
    void anAlphaThatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        float[] y = new float[6];
        Prelu prelu = Prelu.of(1, new float[] {1, 2, 3, 4}, 4);
        assertThrows(IllegalArgumentException.class, () -> prelu.forward(values(6, 3), new int[] {2, 3}, y));
        assertArrayEquals(new float[6], y);
        assertThrows(IllegalArgumentException.class, () -> Prelu.of(1, new float[3], 4));
    }

    @Test
    void emptyArraysAreDone() {
        Prelu.of(1, new float[] {1, 2, 3}, 3).forward(new float[0], new int[] {0, 3}, new float[0]);
    }

    @Test
    void doublesAndSixteenBitsKeepTheirPrecision() {
        double[] alpha = {0.1, -0.3};
        int[] shape = {2, 2, 40};
        double[] x = new double[160];
        java.util.Arrays.setAll(x, i -> (i * 37 % 160 - 80) / 7.0);
        double[] y = new double[160];
        Prelu prelu = Prelu.of(1, alpha, 2);
        prelu.forward(x, shape, y);
        double[] dx = new double[160];
        double[] dAlpha = new double[2];
        prelu.backward(x, x, shape, dx, dAlpha);
        double[] sums = new double[2];
        for (int i = 0; i < 160; i++) {
            int channel = i / 40 % 2;
            assertEquals(x[i] > 0 ? x[i] : alpha[channel] * x[i], y[i]);
            assertEquals(y[i], dx[i]);
            sums[channel] += x[i] > 0 ? 0 : x[i] * x[i];
        }
        assertArrayEquals(sums, dAlpha);
        float[] floats = new float[160];
        for (int i = 0; i < 160; i++) {
            floats[i] = (float) x[i];
        }
        short[] bits = new short[160];
        dev.hillock.kernel.NarrowFloats.narrow(ElementType.BFLOAT16, floats, 0, bits, 0, 160);
        float[] expected = dev.hillock.kernel.NarrowFloats.widened(ElementType.BFLOAT16, bits);
        prelu.forward(expected, shape, expected);
        short[] rounded = new short[160];
        dev.hillock.kernel.NarrowFloats.narrow(ElementType.BFLOAT16, expected, 0, rounded, 0, 160);
        prelu.forward(ElementType.BFLOAT16, bits, shape, bits);
        assertArrayEquals(rounded, bits);
    }
}
