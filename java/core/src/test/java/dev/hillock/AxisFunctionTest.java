package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.engine.Engines;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AxisFunctionTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    static Stream<AxisFunction> functions() {
        return AxisCatalogue.functions().stream()
                .map(AxisDefinition::name)
                .flatMap(name -> Stream.of(AxisFunction.of(name), AxisFunction.of(name, Map.of("temperature", 1.7))));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void anyNumberOfThreadsGivesTheSameBits(AxisFunction f) {
        ForkJoinPool pool = new ForkJoinPool(3);
        for (int[] shape : new int[][] {{700, 130}, {3, 70001}, {60, 64, 30}, {1, 9, 20000}}) {
            AxisFunction along = f.axis(shape.length == 3 ? 1 : -1);
            float[] x = values(Arrays.stream(shape).reduce(1, (a, b) -> a * b), 3);
            float[] dy = values(x.length, 4);
            float[][] expected = null;
            for (int threads : new int[] {1, 2, 4}) {
                Kernels kernels = Kernels.builder().threads(threads).pool(pool).build();
                float[] y = new float[x.length];
                float[] dx = new float[x.length];
                kernels.forward(along, x, shape, y);
                kernels.backward(along, y, dy, shape, dx);
                expected = expected == null ? new float[][] {y, dx} : expected;
                assertArrayEquals(expected[0], y, f + ", " + threads + " threads");
                assertArrayEquals(expected[1], dx, f + " backward, " + threads + " threads");
            }
        }
        pool.shutdown();
    }

    private static List<AxisLayout> layouts() {
        List<AxisLayout> layouts = new ArrayList<>();
        for (int n = 1; n <= 130; n++) {
            layouts.add(AxisLayout.of(new int[] {1 + n % 19, n}, -1));
            layouts.add(AxisLayout.rows(3, n, n + 5));
        }
        for (int n : new int[] {1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200}) {
            layouts.add(AxisLayout.of(new int[] {2, n, 1 + n % 37}, 1));
            layouts.add(AxisLayout.of(new int[] {n, 33}, 0));
            layouts.add(new AxisLayout(2, n, 1, 3L * n, 3));
            layouts.add(new AxisLayout(2, n, 1, 2L * n, -2));
            layouts.add(new AxisLayout(5, n, 1, 1, 5));
        }
        layouts.add(AxisLayout.of(new int[] {2, 1000}, -1));
        layouts.add(AxisLayout.of(new int[] {1, 70001}, -1));
        layouts.add(AxisLayout.of(new int[] {900, 3, 70}, 1));
        layouts.add(AxisLayout.of(new int[] {2000, 50}, 0));
        return layouts;
    }

    private static float[] values(int count, int seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * 5);
            if (seed % 3 == 0 && random.nextInt(40) == 0) {
                values[i] = new float[] {-0f, 0f, -INFINITY, -200f, 1e30f}[random.nextInt(5)];
            }
        }
        return values;
    }

    private static Kernels on(Engine engine) {
        assumeTrue(
                Engines.get(engine).availability().isAvailable(),
                () -> Engines.get(engine).availability().reason());
        return Kernels.builder().engine(engine).build();
    }

    private static void assertSameBits(float[] expected, float[] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                assertEquals(Float.toHexString(expected[i]), Float.toHexString(actual[i]), what + " at " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void nativeAndScalarReturnTheSameBitsInEveryLayout(AxisFunction f) {
        Kernels nativeKernels = on(Engine.NATIVE);
        Kernels scalar = on(Engine.SCALAR);
        int seed = 0;
        for (AxisLayout layout : layouts()) {
            int extent = (int) (layout.highest() - layout.lowest());
            int first = 3 - (int) layout.lowest();
            float[] x = values(extent + 6, seed++);
            float[] dy = values(extent + 6, seed++);
            float[] expected = values(extent + 6, 1);
            float[] actual = expected.clone();
            scalar.forward(f, layout, x, first, expected, first);
            nativeKernels.forward(f, layout, x, first, actual, first);
            assertSameBits(expected, actual, f + " forward " + layout);
            float[] y = expected.clone();
            float[] dx = dy.clone();
            scalar.backward(f, layout, y, first, dy, first, dx, first);
            nativeKernels.backward(f, layout, y, first, dy, first, dy, first);
            assertSameBits(dx, dy, f + " backward " + layout);
            nativeKernels.forward(f, layout, x, first, x, first);
            nativeKernels.forward(f, layout, y, first, y, first);
            scalar.forward(f, layout, actual, first, actual, first);
            assertSameBits(actual, y, f + " in place " + layout);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aRowHasTheSameBitsWhereverItLies(AxisFunction f) {
        for (Engine engine : new Engine[] {Engine.NATIVE, Engine.SCALAR}) {
            Kernels kernels = on(engine);
            for (int n : new int[] {1, 2, 3, 10, 16, 17, 64, 65, 100, 130}) {
                float[] row = values(n, 3 * n);
                float[] alone = new float[n];
                kernels.forward(f, row, new int[] {n}, alone);
                float[] columns = new float[n * 21];
                for (int i = 0; i < n; i++) {
                    for (int c = 0; c < 21; c++) {
                        columns[i * 21 + c] = row[i];
                    }
                }
                kernels.forward(f.axis(0), columns, new int[] {n, 21}, columns);
                for (int i = 0; i < n; i++) {
                    for (int c = 0; c < 21; c++) {
                        assertEquals(
                                Float.floatToIntBits(alone[i]), Float.floatToIntBits(columns[i * 21 + c]), f + " " + n);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void resultsAreWithinTheBound(AxisFunction f) {
        boolean logarithm = f.name().equals("log_softmax");
        Kernels kernels = Kernels.defaults();
        for (int n : new int[] {1, 2, 3, 7, 10, 16, 40, 64, 100, 128, 1000, 50257}) {
            float[] x = values(n, 3 * n + 1);
            float[] y = new float[n];
            kernels.forward(f, x, new int[] {n}, y);
            double[] exactX = doubles(x);
            double[] exact = f.definition().reference(exactX, f.temperature());
            double m = java.util.Arrays.stream(exactX).max().orElseThrow();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double bound = logarithm
                        ? 0x1p-22 * Math.max(1, Math.abs(exact[i]))
                        : 2 * Math.ulp((float) exact[i]) + exact[i] * Math.abs(x[i] - m) / f.temperature() * 0x1p-23;
                assertTrue(
                        Math.abs(y[i] - exact[i]) <= bound,
                        f + ", n = " + n + ": " + y[i] + " instead of " + exact[i] + " at " + i);
                sum += logarithm ? Math.exp(y[i]) : y[i];
            }
            if (!logarithm) {
                assertEquals(1, sum, n * 0x1p-24);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theGradientIsTheReferences(AxisFunction f) {
        for (int n : new int[] {1, 5, 64, 100, 1000}) {
            float[] y = new float[n];
            f.forward(values(n, 1), new int[] {n}, y);
            float[] dy = values(n, 2);
            float[] dx = new float[n];
            f.backward(y, dy, new int[] {n}, dx);
            double[] exact = f.definition().referenceBackward(doubles(y), doubles(dy), f.temperature());
            for (int i = 0; i < n; i++) {
                assertEquals(exact[i], dx[i], 2e-6 * (1 + Math.abs(dy[i])), f + " at " + i + " of " + n);
            }
        }
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    @Test
    void specialRowsFollowTheCatalogue() {
        for (Engine engine : new Engine[] {Engine.SCALAR, Engine.NATIVE, Engine.REFERENCE}) {
            Kernels kernels = on(engine);
            for (int n : new int[] {3, 20, 70}) {
                for (AxisFunction f : new AxisFunction[] {AxisFunction.softmax(), AxisFunction.logSoftmax()}) {
                    assertRow(kernels, f, n, 1, INFINITY, Float.NaN, Float.NaN);
                    assertRow(kernels, f, n, 1, Float.NaN, Float.NaN, Float.NaN);
                    assertRow(kernels, f, n, -INFINITY, -INFINITY, Float.NaN, Float.NaN);
                    float lowest = f.name().equals("softmax") ? 0f : -INFINITY;
                    float highest = f.name().equals("softmax") ? 1f / (n - 1) : (float) -Math.log(n - 1);
                    assertRow(kernels, f, n, 1, -INFINITY, highest, lowest);
                    assertRow(kernels, f, n, Float.MAX_VALUE, -Float.MAX_VALUE, highest, lowest);
                }
            }
        }
    }

    // A row of one value but for another one in its middle.
    private static void assertRow(
            Kernels kernels, AxisFunction f, int n, float value, float other, float expected, float expectedOther) {
        float[] x = new float[n];
        java.util.Arrays.fill(x, value);
        x[n / 2] = other;
        kernels.forward(f, x, new int[] {n}, x);
        assertEquals(expectedOther, x[n / 2], f + " of " + other + " among " + value);
        double tolerance = Float.isFinite(expected) ? Math.abs(expected) * 1e-6 : 0;
        assertEquals(expected, x[0], tolerance, f + " of " + value + " beside " + other);
    }

    @Test
    void theWorkedValueOfTheCatalogue() {
        float[] y = new float[3];
        AxisFunction.softmax().forward(new float[] {2f, 1f, 0.1f}, new int[] {3}, y);
        assertArrayEquals(new float[] {0.659001139f, 0.242432971f, 0.0985658904f}, y, 1e-7f);
    }

    @Test
    void buffersPointersAndAddressesGiveTheSameBits() {
        int[] shape = {4, 5, 6};
        AxisFunction f = AxisFunction.softmax().axis(1);
        float[] x = values(120, 7);
        float[] y = new float[120];
        f.forward(x, shape, y);
        for (Engine engine : new Engine[] {Engine.SCALAR, Engine.NATIVE, Engine.REFERENCE}) {
            Kernels kernels = on(engine);
            FloatBuffer from = direct(x);
            FloatBuffer to = direct(new float[120]);
            kernels.forward(f, from, shape, to);
            float[] back = new float[120];
            to.get(back);
            assertArrayEquals(y, back, 1e-6f);
            kernels.forward(f, FloatBuffer.wrap(x), shape, FloatBuffer.wrap(back));
            assertArrayEquals(y, back, 1e-6f);
        }
    }

    private static FloatBuffer direct(float[] values) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(values.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        buffer.put(values).flip();
        return buffer;
    }

    @Test
    void misuseIsAnsweredBeforeAnythingIsWritten() {
        AxisFunction f = AxisFunction.softmax();
        float[] x = new float[6];
        int[] shape = {2, 3};
        assertEquals("x", thrown(NullPointerException.class, () -> f.forward((float[]) null, shape, x)));
        assertEquals("shape", thrown(NullPointerException.class, () -> f.forward(x, null, x)));
        assertEquals(
                "y has 5 elements, the shape has 6",
                thrown(IllegalArgumentException.class, () -> f.forward(x, shape, new float[5])));
        assertEquals("axis 2 of 2 dimensions", thrown(IllegalArgumentException.class, () -> f.axis(2)
                .forward(x, shape, x)));
        assertEquals(
                "axis -1 of shape [2, 0] is empty",
                thrown(IllegalArgumentException.class, () -> f.forward(x, new int[] {2, 0}, x)));
        Kernels kernels = Kernels.defaults();
        AxisLayout rows = AxisLayout.rows(1, 3, 3);
        assertEquals(
                "y and x overlap in part",
                thrown(IllegalArgumentException.class, () -> kernels.forward(f, rows, x, 0, x, 1)));
        assertEquals(
                "x: range [4, 7) in 6 elements",
                thrown(IndexOutOfBoundsException.class, () -> kernels.forward(f, rows, x, 4, x, 0)));
        assertThrows(IllegalArgumentException.class, () -> AxisLayout.rows(2, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> f.temperature(0));
        assertThrows(NoSuchElementException.class, () -> AxisFunction.of("softmux"));
        f.forward(new float[0], new int[] {0, 3}, new float[0]);
    }

    private static String thrown(Class<? extends Throwable> type, org.junit.jupiter.api.function.Executable call) {
        return assertThrows(type, call).getMessage();
    }

    @Test
    void textParsesBack() {
        AxisFunction f = AxisFunction.softmax().axis(1).temperature(2.5);
        assertEquals("softmax(axis=1, temperature=2.5)", f.toString());
        assertEquals(f, AxisFunction.of(f.toString()));
        AxisFunction scaled = AxisFunction.of("softmax(scale=0.3)");
        assertEquals(scaled, AxisFunction.of(scaled.toString()));
        assertEquals("log_softmax", AxisFunction.of("LogSoftmax").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "1048577, 1, 17592186044416, 1",
        "4611686018427387904, 4, 4, 1",
        "2, 1, -9223372036854775808, 1",
        "1, 3, 1, 4611686018427387904",
        "2, 1, 1152921504606846976, 1"
    })
    void aLayoutReachesNoFurtherThanAddresses(long outer, long axis, long outerStride, long axisStride) {
        IllegalArgumentException answer = assertThrows(
                IllegalArgumentException.class, () -> new AxisLayout(outer, axis, 1, outerStride, axisStride));
        assertTrue(answer.getMessage().startsWith("a layout reaches too far"), answer.getMessage());
    }
}
