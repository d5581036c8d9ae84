package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.engine.Engines;
import dev.hillock.kernel.NarrowFloats;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreluTest {
    private static float[] values(int count, int seed) {
        float[] values = new float[count];
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    // Around what AUTO sends to an engine.
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
        Arrays.fill(alphas, alpha);
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

    // [N, C, H, W] with alphas of every shape that NumPy spreads over it, against the plain loop.
    @ParameterizedTest
    @MethodSource("alphaShapes")
    void alphasOfEveryShapeAreSpread(int[] alphaShape) {
        int[] shape = {3, 4, 5, 6};
        int count = 1;
        for (int size : alphaShape) {
            count *= size;
        }
        float[] alpha = values(count, 1);
        float[] x = values(360, 2);
        float[] dy = values(360, 3);
        float[] y = new float[360];
        float[] dx = new float[360];
        float[] dAlpha = new float[count];
        Prelu prelu = Prelu.of(-1, alpha, alphaShape);
        prelu.forward(x, shape, y);
        prelu.backward(x, dy, shape, dx, dAlpha);
        double[] sums = new double[count];
        for (int i = 0; i < x.length; i++) {
            int[] index = {i / 120, i / 30 % 4, i / 6 % 5, i % 6};
            int place = 0;
            for (int axis = 0; axis < alphaShape.length; axis++) {
                int size = alphaShape[axis];
                place = place * size + (size == 1 ? 0 : index[4 - alphaShape.length + axis]);
            }
            assertEquals(x[i] > 0 ? x[i] : alpha[place] * x[i], y[i]);
            assertEquals(x[i] > 0 ? dy[i] : alpha[place] * dy[i], dx[i]);
            sums[place] += x[i] > 0 ? 0 : (double) dy[i] * x[i];
        }
        for (int place = 0; place < count; place++) {
            assertEquals(sums[place], dAlpha[place], 1e-6, Arrays.toString(alphaShape) + " at " + place);
        }
    }

    static Stream<int[]> alphaShapes() {
        return IntStream.range(0, 31).mapToObj(bits -> {
            int[] sizes = {3, 4, 5, 6};
            int length = 4;
            // The highest bits choose how many axes alpha has, the others which it goes along.
            int[] shape = Arrays.copyOfRange(sizes, bits >= 16 ? 4 - bits % 5 : 0, length);
            for (int i = 0; i < shape.length; i++) {
                shape[i] = bits < 16 && (bits >> i & 1) != 0 ? 1 : shape[i];
            }
            return shape;
        });
    }

    private static Prelu prelu(int channels) {
        return Prelu.of(1, values(channels, 9), channels);
    }

    private static final int[][] LONG_SHAPES = {
        {3000, 50}, {300, 10, 49}, {2, 90_000}, {1, 7, 30_000}, {200_001}, {40, 3000, 1}, {70_000, 3}, {1, 200, 1000}
    };

    // On every engine and any number of threads, also where all elements have 16 bits.
    @Test
    void bitsDependOnNeitherThreadsNorEngine() {
        for (int[] shape : LONG_SHAPES) {
            int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            int channels = shape.length == 1 ? 1 : shape[1];
            Prelu prelu = prelu(channels);
            short[] bits = new short[count];
            NarrowFloats.narrow(ElementType.BFLOAT16, values(count, 4), 0, bits, 0, count);
            float[] x = NarrowFloats.widened(ElementType.BFLOAT16, bits);
            float[] y = null;
            float[] dx = null;
            float[] dAlpha = null;
            for (Engine engine : new Engine[] {Engine.SCALAR, Engine.AUTO, Engine.VECTOR, Engine.NATIVE}) {
                if (engine != Engine.AUTO && !Engines.get(engine).availability().isAvailable()) {
                    continue;
                }
                for (int threads = 1; threads <= 3; threads++) {
                    Kernels kernels =
                            Kernels.builder().engine(engine).threads(threads).build();
                    float[] y2 = new float[count];
                    float[] dx2 = x.clone();
                    float[] dAlpha2 = new float[channels];
                    prelu.forward(kernels, x, shape, y2);
                    prelu.backward(kernels, x, dx2, shape, dx2, dAlpha2);
                    y = y == null ? y2 : y;
                    dx = dx == null ? dx2 : dx;
                    dAlpha = dAlpha == null ? dAlpha2 : dAlpha;
                    String where = Arrays.toString(shape) + " on " + engine + ", " + threads;
                    assertArrayEquals(y, y2, where);
                    assertArrayEquals(dx, dx2, where);
                    assertArrayEquals(dAlpha, dAlpha2, where);
                }
            }
            short[] narrowDx = bits.clone();
            float[] narrowDAlpha = new float[channels];
            prelu.backward(ElementType.BFLOAT16, bits, narrowDx, shape, narrowDx, narrowDAlpha);
            assertArrayEquals(dAlpha, narrowDAlpha, Arrays.toString(shape));
            short[] rounded = new short[count];
            NarrowFloats.narrow(ElementType.BFLOAT16, dx, 0, rounded, 0, count);
            assertArrayEquals(rounded, narrowDx);
        }
    }

    // Doubles show what a float's rounding hides.
    @Test
    void sumsOfDoublesDependOnNeitherThreadsNorEngine() {
        for (int[] shape : LONG_SHAPES) {
            int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            int channels = shape.length == 1 ? 1 : shape[1];
            double[] x = new double[count];
            double[] dy = new double[count];
            Arrays.setAll(x, i -> Math.sin(12.9 * i));
            Arrays.setAll(dy, i -> Math.cos(7.1 * i));
            double[] expected = null;
            for (Engine engine : new Engine[] {Engine.SCALAR, Engine.AUTO, Engine.VECTOR, Engine.NATIVE}) {
                if (engine != Engine.AUTO && !Engines.get(engine).availability().isAvailable()) {
                    continue;
                }
                for (int threads = 1; threads <= 3; threads++) {
                    Kernels kernels =
                            Kernels.builder().engine(engine).threads(threads).build();
                    double[] dAlpha = new double[channels];
                    prelu(channels).backward(kernels, x, dy, shape, new double[count], dAlpha);
                    expected = expected == null ? dAlpha : expected;
                    assertArrayEquals(expected, dAlpha, Arrays.toString(shape) + " on " + engine + ", " + threads);
                }
            }
        }
    }

    // As the class comment states it: pieces of 1024 in eight lanes, parts of 2^16 elements.
    @Test
    void theSumsOfARunHaveTheOrderThatIsStated() {
        int n = 200_001;
        double[] x = new double[n];
        double[] dy = new double[n];
        Arrays.setAll(x, i -> Math.sin(12.9 * i));
        Arrays.setAll(dy, i -> Math.cos(7.1 * i));
        double[] dAlpha = new double[1];
        Prelu.shared(0.5f).backward(x, dy, new int[] {n}, new double[n], dAlpha);
        double whole = 0;
        for (int part = 0; part < n; part += 1 << 16) {
            double sum = 0;
            for (int piece = part; piece < Math.min(n, part + (1 << 16)); piece += 1024) {
                double[] lanes = new double[8];
                for (int i = piece; i < Math.min(n, piece + 1024); i++) {
                    lanes[i % 8] += x[i] > 0 ? 0 : dy[i] * x[i];
                }
                for (int half = 4; half > 0; half /= 2) {
                    for (int l = 0; l < half; l++) {
                        lanes[l] += lanes[l + half];
                    }
                }
                sum += lanes[0];
            }
            whole += sum;
        }
        assertEquals(whole, dAlpha[0]);
    }

    // The loss is the sum of weight * y.
    @Test
    void gradientsAreThoseOfCentralDifferences() {
        int[] shape = {4, 3, 5};
        double[] x = new double[60];
        double[] weight = new double[60];
        Arrays.setAll(x, i -> Math.sin(12.9 * i + 1));
        Arrays.setAll(weight, i -> Math.cos(7.1 * i));
        double[] alpha = {0.25, -0.5, 1.5};
        double[] dx = new double[60];
        double[] dAlpha = new double[3];
        Prelu.of(1, alpha, 3).backward(x, weight, shape, dx, dAlpha);
        double step = 1e-6;
        for (int i = 0; i < x.length; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += step;
            down[i] -= step;
            assertEquals((loss(alpha, up, weight) - loss(alpha, down, weight)) / (2 * step), dx[i], 1e-7);
        }
        for (int c = 0; c < alpha.length; c++) {
            double[] up = alpha.clone();
            double[] down = alpha.clone();
            up[c] += step;
            down[c] -= step;
            assertEquals((loss(up, x, weight) - loss(down, x, weight)) / (2 * step), dAlpha[c], 1e-7);
        }
    }

    private static double loss(double[] alpha, double[] x, double[] weight) {
        double[] y = new double[x.length];
        Prelu.of(1, alpha, 3).forward(x, new int[] {4, 3, 5}, y);
        double loss = 0;
        for (int i = 0; i < y.length; i++) {
            loss += weight[i] * y[i];
        }
        return loss;
    }

    @Test
    void alphasAreFinite() {
        for (float alpha : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Prelu.shared(alpha));
            String message = assertThrows(IllegalArgumentException.class, () -> Prelu.of(1, new float[] {1, alpha}, 2))
                    .getMessage();
            assertEquals("prelu: parameter alpha must be finite, not " + alpha + " at 1", message);
        }
        Prelu large = Prelu.of(1, new double[] {1, 1e300}, 2);
        double[] wide = {-1, -1};
        large.forward(wide, new int[] {1, 2}, wide);
        assertArrayEquals(new double[] {-1, -1e300}, wide);
        float[] x = {-1, -1};
        short[] bits = {-1, -1};
        int[] shape = {1, 2};
        assertThrows(IllegalArgumentException.class, () -> large.forward(x, shape, x));
        assertThrows(IllegalArgumentException.class, () -> large.backward(x, x, shape, x, null));
        assertThrows(IllegalArgumentException.class, () -> large.forward(ElementType.FLOAT16, bits, shape, bits));
        assertThrows(
                IllegalArgumentException.class,
                () -> large.backward(ElementType.FLOAT16, bits, bits, shape, bits, null));
        assertArrayEquals(new float[] {-1, -1}, x);
        assertArrayEquals(new short[] {-1, -1}, bits);
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
        Arrays.setAll(x, i -> (i * 37 % 160 - 80) / 7.0);
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
        NarrowFloats.narrow(ElementType.BFLOAT16, floats, 0, bits, 0, 160);
        float[] expected = NarrowFloats.widened(ElementType.BFLOAT16, bits);
        prelu.forward(expected, shape, expected);
        short[] rounded = new short[160];
        NarrowFloats.narrow(ElementType.BFLOAT16, expected, 0, rounded, 0, 160);
        prelu.forward(ElementType.BFLOAT16, bits, shape, bits);
        assertArrayEquals(rounded, bits);
    }
}
