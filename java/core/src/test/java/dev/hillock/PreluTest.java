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
    @ValueSource(ints = {1, 5, 31, 127, 128, 300})
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

    // With an alpha for each element, in a short run and in a long one: zeros keep their signs, NaN is not above 0.
    @ParameterizedTest
    @ValueSource(floats = {0, -0f, 0.25f, -2, 1e-30f})
    void specialValuesTakeTheBranchThatIsWritten(float alpha) {
        float[] special = {
            0,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            1,
            -1,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN
        };
        int count = special.length * special.length;
        float[] x = new float[count];
        float[] dy = new float[count];
        double[] wideX = new double[count];
        double[] wideDy = new double[count];
        for (int i = 0; i < count; i++) {
            wideX[i] = x[i] = special[i % special.length];
            wideDy[i] = dy[i] = special[i / special.length];
        }
        float[] alphas = new float[count];
        java.util.Arrays.fill(alphas, alpha);
        for (int copies : new int[] {1, 2}) {
            float[] manyX = repeated(x, copies);
            float[] manyDy = repeated(dy, copies);
            for (Prelu prelu : new Prelu[] {Prelu.shared(alpha), Prelu.of(1, alphas, count)}) {
                float[] y = new float[manyX.length];
                float[] dx = new float[manyX.length];
                prelu.forward(manyX, new int[] {copies, count}, y);
                prelu.backward(manyX, manyDy, new int[] {copies, count}, dx, null);
                for (int i = 0; i < y.length; i++) {
                    assertEquals(manyX[i] > 0 ? manyX[i] : alpha * manyX[i], y[i], "y of " + manyX[i]);
                    assertEquals(manyX[i] > 0 ? manyDy[i] : alpha * manyDy[i], dx[i], manyX[i] + ", " + manyDy[i]);
                }
            }
        }
        double[] y = new double[count];
        double[] dx = new double[count];
        Prelu prelu = Prelu.of(1, alphas, count);
        prelu.forward(wideX, new int[] {1, count}, y);
        prelu.backward(wideX, wideDy, new int[] {1, count}, dx, null);
        float[] dAlpha = new float[count];
        prelu.backward(x, dy, new int[] {1, count}, new float[count], dAlpha);
        for (int i = 0; i < count; i++) {
            assertEquals(wideX[i] > 0 ? wideX[i] : alpha * wideX[i], y[i]);
            assertEquals(wideX[i] > 0 ? wideDy[i] : alpha * wideDy[i], dx[i]);
            // A sum from 0 on has no negative zero.
            assertEquals(x[i] > 0 ? 0 : (float) (0 + wideDy[i] * wideX[i]), dAlpha[i]);
        }
    }

    @Test
    void aGradientThatIsNotFiniteCountsWhereXIsNotAboveZeroAlone() {
        float[] x = {1, -2, 3, -4, 5};
        float[] dy = {Float.POSITIVE_INFINITY, 1, Float.NaN, 2, 3};
        float[] dAlpha = new float[1];
        Prelu.shared(0.25f).backward(x, dy, new int[] {5}, new float[5], dAlpha);
        assertEquals(-10, dAlpha[0]);
        dy[1] = Float.NaN;
        Prelu.shared(0.25f).backward(x, dy, new int[] {5}, new float[5], dAlpha);
        assertEquals(Float.NaN, dAlpha[0]);
    }

    private static float[] repeated(float[] values, int copies) {
        float[] many = new float[values.length * copies];
        for (int copy = 0; copy < copies; copy++) {
            System.arraycopy(values, 0, many, copy * values.length, values.length);
        }
        return many;
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
        assertArrayEquals(sums, dAlpha, 1e-9);
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
