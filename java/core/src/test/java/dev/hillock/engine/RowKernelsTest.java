package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.AxisLayout;
import dev.hillock.Engine;
import dev.hillock.kernel.ActivationCounts;
import dev.hillock.kernel.DropMask;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations over an axis, dropout, statistics and the parametric ReLU return the scalar engine's bits on every engine and instruction set. */
class RowKernelsTest {
    private static final RowKernels SCALAR = Engines.get(Engine.SCALAR).rows();
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    static Stream<RowKernels> kernels() {
        Stream<KernelEngine> vector = Stream.of(Engines.get(Engine.VECTOR))
                .filter(engine -> engine.availability().isAvailable());
        return Stream.concat(vector, NativeEngine.targets().stream().map(NativeEngine::on))
                .map(KernelEngine::rows);
    }

    // Around sixteen, around the rows that go abreast, and around what is widened at a time.
    private static final int[] LENGTHS = {
        1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 48, 64, 100, 255, 256, 257, 511, 513, 1000, 2047, 2048, 2049, 4100
    };
    private static final int[] INNERS = {1, 2, 7, 8, 13};
    private static final int[] OUTERS = {1, 3, 9};

    // With gaps between the rows and along them.
    private static AxisLayout layout(int outer, int n, int inner, int gap) {
        int stride = inner + gap;
        return new AxisLayout(outer, n, inner, (long) n * stride + gap, stride);
    }

    private static int size(AxisLayout l) {
        return (int) (l.outer() * l.outerStride());
    }

    static float[] values(int length, float spread, long seed) {
        Random random = new Random(seed);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = i % 11 == 5 ? (i % 2 == 0 ? 0f : -0f) : (float) random.nextGaussian() * spread;
            x[i] = i % 17 == 9 ? x[i - 1] : x[i];
        }
        if (spread > 100) {
            x[length / 2] = Float.NaN;
            x[length / 3] = INFINITY;
            Arrays.fill(x, 0, Math.min(length, 5), -INFINITY);
        }
        return x;
    }

    private static double[] wide(float[] x) {
        double[] wide = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            // Digits that a float has not.
            wide[i] = x[i] * (1 + 0x1p-30);
        }
        return wide;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sparsemaxIsTheSame(RowKernels kernels) {
        for (int n : LENGTHS) {
            for (int inner : INNERS) {
                for (int outer : OUTERS) {
                    for (float spread : new float[] {0.01f, 1, 1000}) {
                        if ((long) n * inner * outer < 60000) {
                            sparsemax(kernels, layout(outer, n, inner, n % 3), spread);
                        }
                    }
                }
            }
        }
    }

    private static void sparsemax(RowKernels kernels, AxisLayout l, float spread) {
        String where = l + " " + spread;
        float[] x = values(size(l), spread, l.axis());
        float[] dy = values(size(l), 1, 7);
        float[] expected = x.clone();
        SCALAR.sparsemax(l, x, 0, expected, 0);
        float[] y = x.clone();
        kernels.sparsemax(l, x, 0, y, 0);
        assertArrayEquals(expected, y, where);
        float[] expectedDx = dy.clone();
        SCALAR.sparsemaxBackward(l, y, 0, dy, 0, expectedDx, 0);
        float[] dx = dy.clone();
        kernels.sparsemaxBackward(l, y, 0, dy, 0, dx, 0);
        assertArrayEquals(expectedDx, dx, where + " backward");
        kernels.sparsemaxBackward(l, y, 0, dy, 0, dy, 0);
        assertArrayEquals(expectedDx, dy, where + " backward in place");
        kernels.sparsemax(l, x, 0, x, 0);
        assertArrayEquals(expected, x, where + " in place");
        doubles(kernels, l, spread);
    }

    private static void doubles(RowKernels kernels, AxisLayout l, float spread) {
        double[] x = wide(values(size(l), spread, l.axis()));
        double[] dy = wide(values(size(l), 1, 7));
        double[] expected = x.clone();
        SCALAR.sparsemax(l, x, 0, expected, 0);
        double[] y = x.clone();
        kernels.sparsemax(l, x, 0, y, 0);
        assertArrayEquals(expected, y, l + " " + spread);
        double[] expectedDx = dy.clone();
        SCALAR.sparsemaxBackward(l, y, 0, dy, 0, expectedDx, 0);
        kernels.sparsemaxBackward(l, y, 0, dy, 0, dy, 0);
        assertArrayEquals(expectedDx, dy, l + " " + spread + " backward");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void maxoutIsTheSame(RowKernels kernels) {
        for (int k : new int[] {1, 2, 3, 4, 5, 16, 17, 40, 1024, 1025}) {
            for (int inner : new int[] {1, 2, 5, 16, 33}) {
                for (int outer : new int[] {1, 3, 70, 150}) {
                    if ((long) k * inner * outer < 80000) {
                        maxout(kernels, layout(outer, k, inner, 0));
                        maxout(kernels, layout(outer, k, inner, 2));
                    }
                }
            }
        }
    }

    private static void maxout(RowKernels kernels, AxisLayout l) {
        int outputs = (int) (l.outer() * l.inner());
        float[] x = values(size(l), 1000, l.axis());
        float[] dy = values(outputs, 1, 5);
        float[] expected = new float[outputs + 1];
        float[] y = new float[outputs + 1];
        SCALAR.maxout(l, x, 0, expected, 0);
        kernels.maxout(l, x, 0, y, 0);
        assertBits(expected, y, l.toString());
        float[] expectedDx = values(x.length, 1, 6);
        float[] dx = expectedDx.clone();
        SCALAR.maxoutBackward(l, x, 0, dy, 0, expectedDx, 0);
        kernels.maxoutBackward(l, x, 0, dy, 0, dx, 0);
        assertBits(expectedDx, dx, l + " backward");
        double[] wideX = wide(x);
        double[] wideY = new double[outputs];
        double[] expectedWide = new double[outputs];
        SCALAR.maxout(l, wideX, 0, expectedWide, 0);
        kernels.maxout(l, wideX, 0, wideY, 0);
        assertArrayEquals(expectedWide, wideY, l + " of doubles");
    }

    // Zeros of both signs differ; all NaNs count as one.
    private static void assertBits(float[] expected, float[] actual, String where) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Float.floatToIntBits(expected[i]), Float.floatToIntBits(actual[i]), where + " at " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void noiseIsTheSame(RowKernels kernels) {
        for (long seed : new long[] {0, 7, -1, Long.MAX_VALUE}) {
            for (int columns : new int[] {1, 3, 8, 16, 100, 255, 256, 257, 600}) {
                for (int rows : new int[] {1, 2, 5, 40}) {
                    float[] expected = values(rows * columns + 1, 3, columns);
                    float[] z = expected.clone();
                    SCALAR.addGumbel(seed, 5, 1L << 33, rows, columns, expected);
                    kernels.addGumbel(seed, 5, 1L << 33, rows, columns, z);
                    assertBits(expected, z, rows + " x " + columns + " of " + seed);
                }
            }
        }
        float[] expected = new float[200_000];
        float[] z = new float[200_000];
        SCALAR.addGumbel(3, 0, 0, 1, z.length, expected);
        kernels.addGumbel(3, 0, 0, 1, z.length, z);
        assertBits(expected, z, "one long row");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void dropoutIsTheSame(RowKernels kernels) {
        for (double rate : new double[] {0, 0.1, 0.5, Math.nextDown(1.0)}) {
            DropMask mask = new DropMask(5, rate);
            for (int n = 0; n < 2100; n += n < 70 ? 1 : 677) {
                for (int at = 0; at < 4; at++) {
                    float[] expected = values(n + at + 30, 1000, n);
                    float[] y = expected.clone();
                    SCALAR.drop(mask, (1L << 40) + n, expected, at, n);
                    kernels.drop(mask, (1L << 40) + n, y, at, n);
                    assertBits(expected, y, n + " from " + at + " at " + rate);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void statisticsAreTheSame(RowKernels kernels) {
        for (int n : new int[] {0, 1, 15, 16, 17, 33, 2048, 2050}) {
            float[] y = values(n + 5, n % 2 == 0 ? 1000 : 3, n);
            float[] slopes = values(n, 1, n + 1);
            ActivationCounts expected = new ActivationCounts(0.3f);
            ActivationCounts actual = new ActivationCounts(0.3f);
            SCALAR.count(expected, y, 0, slopes, n - n % 16);
            SCALAR.count(expected, y, 5, slopes, n);
            kernels.count(actual, y, 0, slopes, n - n % 16);
            kernels.count(actual, y, 5, slopes, n);
            assertEquals(text(expected), text(actual), n + " on " + kernels);
        }
    }

    private static String text(ActivationCounts c) {
        return c.zeros() + " " + c.saturated() + " " + c.nans() + " " + c.least() + " " + c.most() + " " + c.sum();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void preluIsTheSame(RowKernels kernels) {
        for (int channels : new int[] {1, 2, 3, 7, 8, 15, 16, 17, 33, 100, 255, 513, 1024, 1030, 70_001}) {
            for (int inner : new int[] {1, 2, 7, 8, 9, 15, 16, 17, 49, 100, 1023, 1024, 1025, 2060, 70_001}) {
                for (int outer : new int[] {1, 2, 5, 300}) {
                    if ((long) channels * inner * outer < 80_000) {
                        prelu(kernels, channels(outer, channels, inner, 0), inner % 5);
                        prelu(kernels, channels(outer, channels, inner, 3), inner % 5);
                    }
                }
            }
        }
        prelu(kernels, channels(2, 70_001, 1, 0), 1);
        prelu(kernels, channels(2, 1, 140_001, 1), 1);
    }

    private static AxisLayout channels(int outer, int channels, int inner, int gap) {
        return new AxisLayout(outer, channels, inner, (long) channels * inner + gap, inner);
    }

    private static void prelu(RowKernels kernels, AxisLayout l, int at) {
        int place = 2;
        int places = place + (int) l.axis();
        float[] x = values(size(l) + at, 1000, l.axis());
        float[] alpha = values(places, 0.5f, 3);
        float[] expected = values(x.length, 1, 4);
        float[] y = expected.clone();
        SCALAR.prelu(l, alpha, place, x, null, expected, at, null, 0);
        kernels.prelu(l, alpha, place, x, null, y, at, null, 0);
        assertBits(expected, y, l + " forward");
        float[] dy = values(x.length, 1000, 5);
        float[] expectedDx = dy.clone();
        double[] expectedSums = wide(values(places + 1, 1, 6));
        double[] sums = expectedSums.clone();
        SCALAR.prelu(l, alpha, place, x, expectedDx, expectedDx, at, expectedSums, place + 1);
        float[] dx = values(x.length, 1000, 5);
        kernels.prelu(l, alpha, place, x, dx, dx, at, sums, place + 1);
        assertBits(expectedDx, dx, l + " backward over dy");
        assertArrayEquals(expectedSums, sums, l + " sums");
        kernels.prelu(l, alpha, place, x, dy, dy, at, null, 0);
        assertBits(expectedDx, dy, l + " backward without sums");
        kernels.prelu(l, alpha, place, x, null, x, at, null, 0);
        for (int o = 0; o < l.outer(); o++) {
            int start = at + (int) (o * l.outerStride());
            int end = start + (int) (l.axis() * l.inner());
            assertBits(Arrays.copyOfRange(expected, start, end), Arrays.copyOfRange(x, start, end), l + " in place");
        }
        preluOfDoubles(kernels, l, at);
    }

    private static void preluOfDoubles(RowKernels kernels, AxisLayout l, int at) {
        double[] x = wide(values(size(l) + at, 1000, l.axis()));
        double[] alpha = wide(values((int) l.axis(), 0.5f, 3));
        double[] expected = wide(values(x.length, 1, 4));
        double[] y = expected.clone();
        SCALAR.prelu(l, alpha, 0, x, null, expected, at, null, 0);
        kernels.prelu(l, alpha, 0, x, null, y, at, null, 0);
        assertArrayEquals(expected, y, l + " of doubles");
        double[] expectedDx = wide(values(x.length, 1000, 5));
        double[] dx = expectedDx.clone();
        double[] dy = expectedDx.clone();
        double[] expectedSums = new double[alpha.length];
        double[] sums = new double[alpha.length];
        SCALAR.prelu(l, alpha, 0, x, expectedDx, expectedDx, at, expectedSums, 0);
        kernels.prelu(l, alpha, 0, x, dx, dx, at, sums, 0);
        assertArrayEquals(expectedDx, dx, l + " of doubles, backward");
        assertArrayEquals(expectedSums, sums, l + " of doubles, sums");
        kernels.prelu(l, alpha, 0, x, dy, dy, at, null, 0);
        assertArrayEquals(expectedDx, dy, l + " of doubles, backward without sums");
    }

    @Test
    void aMaximumFarFromZeroIsTheWholeSupport() {
        float[] y = new float[3];
        SCALAR.sparsemax(layout(1, 3, 1, 0), new float[] {1e30f, 1, -INFINITY}, 0, y, 0);
        assertArrayEquals(new float[] {1, 0, 0}, y);
        SCALAR.sparsemax(layout(1, 3, 1, 0), new float[] {-INFINITY, -INFINITY, -INFINITY}, 0, y, 0);
        assertTrue(Float.isNaN(y[0]) && Float.isNaN(y[1]) && Float.isNaN(y[2]));
    }

    @Test
    void noiseHasTheMomentsOfGumbel() {
        float[] z = new float[1 << 20];
        SCALAR.addGumbel(11, 0, 0, 1, z.length, z);
        double sum = 0;
        double squares = 0;
        for (float value : z) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / z.length;
        assertEquals(0.5772156649, mean, 0.005);
        assertEquals(Math.PI * Math.PI / 6, squares / z.length - mean * mean, 0.02);
    }
}
