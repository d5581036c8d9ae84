package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.engine.Engines;
import dev.hillock.kernel.NarrowFloats;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BiasedActivationTest {
    private static List<Engine> engines() {
        return Stream.of(Engine.SCALAR, Engine.NATIVE, Engine.VECTOR)
                .filter(engine -> Engines.get(engine).availability().isAvailable())
                .toList();
    }

    private static float[] values(int count, int seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * 3);
        }
        return values;
    }

    private static double[] doubles(int count, int seed) {
        return new Random(seed).doubles(count, -6, 6).toArray();
    }

    private static short[] narrow(ElementType type, float[] values) {
        short[] narrow = new short[values.length];
        NarrowFloats.narrow(type, values, 0, narrow, 0, narrow.length);
        return narrow;
    }

    @Test
    void biasedActivationsHaveTheBitsOfTheirSteps() {
        Activation f = Activation.gelu();
        float[] firstSums = null;
        for (Engine engine : engines()) {
            Kernels kernels = Kernels.builder().engine(engine).build();
            BiasedActivation biased = BiasedActivation.of(f).engine(engine);
            for (int[] shape : new int[][] {{5, 3, 1}, {70, 33, 1}, {2, 3, 50}, {2, 2, 2500}, {3, 1100, 1}}) {
                int n = shape[0] * shape[1] * shape[2];
                float[] x = values(n, n);
                float[] dy = values(n, n + 1);
                float[] bias = values(shape[1], 4);
                float[] sum = new float[n];
                for (int i = 0; i < n; i++) {
                    sum[i] = x[i] + bias[i / shape[2] % shape[1]];
                }
                float[] expected = new float[n];
                float[] slope = new float[n];
                kernels.forward(f, sum, expected);
                kernels.backward(f, sum, dy, slope);
                float[] y = new float[n];
                biased.forward(x, bias, shape, 1, y);
                assertArrayEquals(expected, y, 0, engine.toString());
                float[] dx = new float[n];
                float[] dBias = new float[shape[1]];
                biased.backward(x, bias, dy, shape, 1, dx, dBias);
                assertArrayEquals(slope, dx, 0, engine.toString());
                double[] exact = new double[shape[1]];
                for (int i = 0; i < n; i++) {
                    exact[i / shape[2] % shape[1]] += slope[i];
                }
                for (int c = 0; c < dBias.length; c++) {
                    assertEquals(exact[c], dBias[c], 1e-4, engine + " dBias");
                }
                if (n == 5000 * 2) {
                    if (firstSums == null) {
                        firstSums = dBias;
                    }
                    assertArrayEquals(firstSums, dBias, 0, "the sums on " + engine);
                }
                biased.backward(x, sum, dy, dx);
            }
        }
    }

    @Test
    void scaledAndShiftedActivationsHaveTheBitsOfTheirSteps() {
        int[] shape = {7, 5, 300};
        int n = 7 * 5 * 300;
        float[] x = values(n, 1);
        float[] dy = values(n, 2);
        float[] scale = values(5, 3);
        float[] shift = values(5, 4);
        float[] z = new float[n];
        for (int i = 0; i < n; i++) {
            z[i] = Math.fma(scale[i / 300 % 5], x[i], shift[i / 300 % 5]);
        }
        float[][] firstSums = null;
        for (Engine engine : engines()) {
            Kernels kernels = Kernels.builder().engine(engine).build();
            float[] expected = new float[n];
            float[] g = new float[n];
            kernels.forward(Activation.silu(), z, expected);
            kernels.backward(Activation.silu(), z, dy, g);
            BiasedActivation scaled = BiasedActivation.of(Activation.silu()).engine(engine);
            float[] y = new float[n];
            scaled.forward(x, scale, shift, shape, 1, y);
            assertArrayEquals(expected, y);
            float[][] sums = new float[2][5];
            double[] dScale = new double[5];
            double[] dShift = new double[5];
            float[] dx = new float[n];
            scaled.backward(x, scale, shift, dy, shape, 1, dx, sums[0], sums[1]);
            for (int i = 0; i < n; i++) {
                int c = i / 300 % 5;
                assertEquals(g[i] * scale[c], dx[i]);
                dScale[c] += (double) g[i] * x[i];
                dShift[c] += g[i];
            }
            for (int c = 0; c < 5; c++) {
                assertEquals(dScale[c], sums[0][c], 1e-3);
                assertEquals(dShift[c], sums[1][c], 1e-3);
            }
            firstSums = firstSums == null ? sums : firstSums;
            assertArrayEquals(firstSums[0], sums[0], "dScale on " + engine);
            assertArrayEquals(firstSums[1], sums[1], "dShift on " + engine);
        }
    }

    @Test
    void affineActivationsOfDoublesHaveTheBitsOfTheirSteps() {
        Activation f = Activation.silu();
        Kernels scalar = Kernels.builder().engine(Engine.SCALAR).build();
        for (int[] shape : new int[][] {{5, 3, 1}, {70, 33, 1}, {2, 3, 50}, {2, 2, 2500}, {3, 1100, 1}}) {
            int n = shape[0] * shape[1] * shape[2];
            int channels = shape[1];
            double[] x = doubles(n, n);
            double[] dy = doubles(n, n + 1);
            double[] scale = doubles(channels, 3);
            double[] shift = doubles(channels, 4);
            for (boolean scaled : new boolean[] {false, true}) {
                double[] z = new double[n];
                for (int i = 0; i < n; i++) {
                    int c = i / shape[2] % channels;
                    z[i] = scaled ? Math.fma(scale[c], x[i], shift[c]) : x[i] + shift[c];
                }
                double[] expected = new double[n];
                double[] g = new double[n];
                scalar.forward(f, z, expected);
                scalar.backward(f, z, dy, g);
                double[] dScale = new double[channels];
                double[] dShift = new double[channels];
                double[] expectedDx = new double[n];
                for (int i = 0; i < n; i++) {
                    int c = i / shape[2] % channels;
                    dShift[c] += g[i];
                    dScale[c] += g[i] * x[i];
                    expectedDx[i] = scaled ? g[i] * scale[c] : g[i];
                }
                for (Engine engine : engines()) {
                    BiasedActivation fused = BiasedActivation.of(f).engine(engine);
                    double[] y = new double[n];
                    double[] dx = new double[n];
                    double[] sums = new double[channels];
                    double[] scaleSums = dScale.clone();
                    if (scaled) {
                        fused.forward(x, scale, shift, shape, 1, y);
                        fused.backward(x, scale, shift, dy, shape, 1, dx, scaleSums, sums);
                    } else {
                        fused.forward(x, shift, shape, 1, y);
                        fused.backward(x, shift, dy, shape, 1, dx, sums);
                    }
                    assertArrayEquals(expected, y, 0, engine.toString());
                    assertArrayEquals(expectedDx, dx, 0, engine.toString());
                    assertArrayEquals(dShift, sums, 0, engine + " dShift");
                    assertArrayEquals(dScale, scaleSums, 0, engine + " dScale");
                }
            }
            double[] sum = new double[n];
            double[] expected = new double[n];
            double[] expectedDx = new double[n];
            for (int i = 0; i < n; i++) {
                sum[i] = x[i] + dy[i];
            }
            scalar.forward(f, sum, expected);
            scalar.backward(f, sum, dy, expectedDx);
            double[] y = new double[n];
            BiasedActivation.of(f).forward(x, dy, y);
            assertArrayEquals(expected, y);
            BiasedActivation.of(f).backward(x, dy, dy, y);
            assertArrayEquals(expectedDx, y);
        }
    }

    @Test
    void sixteenBitsAreTheRoundedFloats() {
        int[] shape = {4, 6, 10};
        int n = 240;
        BiasedActivation f = BiasedActivation.of(Activation.gelu());
        float[] scale = values(6, 3);
        float[] shift = values(6, 4);
        for (ElementType type : new ElementType[] {ElementType.BFLOAT16, ElementType.FLOAT16}) {
            short[] x = narrow(type, values(n, 1));
            short[] dy = narrow(type, values(n, 2));
            float[] wideX = NarrowFloats.widened(type, x);
            float[] wideDy = NarrowFloats.widened(type, dy);
            float[] y = new float[n];
            float[] dx = new float[n];
            short[] narrowY = new short[n];
            short[] narrowDx = new short[n];
            float[][] sums = new float[4][6];

            f.forward(wideX, shift, shape, 1, y);
            f.backward(wideX, shift, wideDy, shape, 1, dx, sums[0]);
            f.forward(type, x, shift, shape, 1, narrowY);
            f.backward(type, x, shift, dy, shape, 1, narrowDx, sums[1]);
            assertArrayEquals(narrow(type, y), narrowY, type + " bias");
            assertArrayEquals(narrow(type, dx), narrowDx, type + " bias backward");
            assertArrayEquals(sums[0], sums[1], type + " dBias");

            f.forward(wideX, scale, shift, shape, 1, y);
            f.backward(wideX, scale, shift, wideDy, shape, 1, dx, sums[0], sums[1]);
            f.forward(type, x, scale, shift, shape, 1, narrowY);
            f.backward(type, x, scale, shift, dy, shape, 1, narrowDx, sums[2], sums[3]);
            assertArrayEquals(narrow(type, y), narrowY, type + " scale");
            assertArrayEquals(narrow(type, dx), narrowDx, type + " scale backward");
            assertArrayEquals(sums[0], sums[2], type + " dScale");
            assertArrayEquals(sums[1], sums[3], type + " dShift");

            f.forward(wideX, wideDy, y);
            f.backward(wideX, wideDy, wideDy, dx);
            f.forward(type, x, dy, narrowY);
            f.backward(type, x, dy, dy, narrowDx);
            assertArrayEquals(narrow(type, y), narrowY, type + " residual");
            assertArrayEquals(narrow(type, dx), narrowDx, type + " residual backward");
            f.forward(type, x, shift, shape, 1, x);
            f.forward(type, narrow(type, wideX), shift, shape, 1, narrowY);
            assertArrayEquals(narrowY, x, type + " in place");
        }
    }

    @Test
    void misuseOfSixteenBitsIsAnswered() {
        BiasedActivation f = BiasedActivation.of(Activation.relu());
        short[] x = new short[4];
        assertThrows(
                IllegalArgumentException.class,
                () -> f.forward(ElementType.FLOAT32, x, new float[2], new int[] {2, 2}, 1, x));
        assertThrows(
                IllegalArgumentException.class,
                () -> f.forward(ElementType.FLOAT16, x, new float[3], new int[] {2, 2}, 1, x));
        assertThrows(
                IllegalArgumentException.class, () -> f.forward(ElementType.FLOAT16, x, new short[3], new short[4]));
        assertThrows(NullPointerException.class, () -> f.backward(ElementType.FLOAT16, x, null, x, x));
    }
}
