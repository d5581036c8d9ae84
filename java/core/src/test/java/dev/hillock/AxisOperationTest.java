package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.AxisOperations;
import dev.hillock.engine.Engines;
import dev.hillock.kernel.NarrowFloats;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AxisOperationTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    static Stream<AxisOperation> operations() {
        return Stream.concat(
                AxisOperations.all().stream()
                        .filter(o -> o.parameters().stream().allMatch(p -> p.defaultValue() != null))
                        .map(o -> AxisOperation.of(o.name())),
                Stream.of(
                                "softmin(temperature=2, axis=1)",
                                "masked_softmax(scale=0.5, causal=1)",
                                "gumbel_softmax(temperature=0.7, seed=3, axis=0)",
                                "logsumexp(keepdims=1, axis=1)",
                                "sparsemax(axis=0)",
                                "entmax15(axis=1)",
                                "crelu(axis=1)",
                                "maxout(k=2)",
                                "maxout(k=3, axis=1)")
                        .map(AxisOperation::of));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void gradientsAreTheSlopesOfTheValues(AxisOperation f) {
        int[] shape = {2, 6, 4};
        double[] x = random(48, 1);
        double[] dy = random(product(f.outputShape(shape)), 2);
        double[] dx = new double[48];
        f.backward(x, dy, shape, dx);
        double h = 1e-6;
        for (int i = 0; i < 48; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += h;
            down[i] -= h;
            double central = (weighted(f, up, shape, dy) - weighted(f, down, shape, dy)) / (2 * h);
            double expected = f.name().equals("hardmax") ? 0 : central;
            assertEquals(expected, dx[i], 1e-7, f + " at " + i);
        }
    }

    private static double weighted(AxisOperation f, double[] x, int[] shape, double[] dy) {
        double[] y = new double[dy.length];
        f.forward(x, shape, y);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += y[i] * dy[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void sixteenBitsAreTheRoundedFloats(AxisOperation f) {
        int[] shape = {3, 12, 8};
        for (ElementType type : new ElementType[] {ElementType.BFLOAT16, ElementType.FLOAT16}) {
            short[] x = narrow(type, floats(random(288, 5)));
            short[] dy = narrow(type, floats(random(product(f.outputShape(shape)), 6)));
            float[] y = new float[dy.length];
            float[] dx = new float[288];
            f.forward(NarrowFloats.widened(type, x), shape, y);
            f.backward(NarrowFloats.widened(type, x), NarrowFloats.widened(type, dy), shape, dx);
            short[] yBits = new short[dy.length];
            short[] dxBits = new short[288];
            f.forward(type, x, shape, yBits);
            f.backward(type, x, dy, shape, dxBits);
            assertArrayEquals(narrow(type, y), yBits, f + " " + type);
            assertArrayEquals(narrow(type, dx), dxBits, f + " " + type);
        }
    }

    private static short[] narrow(ElementType type, float[] values) {
        short[] bits = new short[values.length];
        NarrowFloats.narrow(type, values, 0, bits, 0, bits.length);
        return bits;
    }

    // Rows along the last axis, long and short, in the middle, and so many columns that a slice is cut.
    private static final int[][] SHAPES = {{3, 12, 8}, {2, 6, 1200}, {2, 3, 24, 480}, {1, 24, 6000}, {70, 12, 84}};

    static Stream<Kernels> kernels(AxisOperation f) {
        return Stream.of(Engine.SCALAR, Engine.VECTOR, Engine.NATIVE)
                .filter(engine -> Engines.get(engine).availability().isAvailable() && f.isOn(Engines.get(engine)))
                .flatMap(engine -> Stream.of(1, 3).map(threads -> Kernels.builder()
                        .engine(engine)
                        .threads(threads)
                        .pool(new ForkJoinPool(2))
                        .build()));
    }

    private static float[] withSpecials(float[] x) {
        for (int i = 0; i < x.length; i += 97) {
            x[i] = i % 5 == 0 ? -INFINITY : i % 5 == 1 ? 0f : i % 5 == 2 ? -0f : i % 5 == 3 ? 88f : x[i];
        }
        x[x.length / 2] = Float.NaN;
        x[x.length / 3] = INFINITY;
        return x;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void enginesAndThreadsGiveTheSameBits(AxisOperation f) {
        for (int[] shape : SHAPES) {
            float[] x = withSpecials(floats(random(product(shape), 7)));
            float[] dy = floats(random(product(f.outputShape(shape)), 8));
            float[] y = new float[dy.length];
            float[] dx = new float[x.length];
            AxisOperation scalar =
                    f.on(Kernels.builder().engine(Engine.SCALAR).threads(1).build());
            scalar.forward(x, shape, y);
            scalar.backward(x, dy, shape, dx);
            double[] wideY = new double[dy.length];
            double[] wideDx = new double[x.length];
            scalar.forward(doubles(x), shape, wideY);
            scalar.backward(doubles(x), doubles(dy), shape, wideDx);
            kernels(f).forEach(kernels -> {
                String where = f + " of " + Arrays.toString(shape) + " on " + kernels.engine() + ", "
                        + kernels.threads() + " threads";
                float[] sameY = new float[y.length];
                float[] sameDx = new float[dx.length];
                f.on(kernels).forward(x, shape, sameY);
                f.on(kernels).backward(x, dy, shape, sameDx);
                assertArrayEquals(bits(y), bits(sameY), where);
                assertArrayEquals(bits(dx), bits(sameDx), where + " backward");
                double[] sameWideY = new double[y.length];
                double[] sameWideDx = new double[dx.length];
                f.on(kernels).forward(doubles(x), shape, sameWideY);
                f.on(kernels).backward(doubles(x), doubles(dy), shape, sameWideDx);
                assertArrayEquals(bits(wideY), bits(sameWideY), where + " of doubles");
                assertArrayEquals(bits(wideDx), bits(sameWideDx), where + " backward of doubles");
            });
        }
    }

    // All NaNs count as one.
    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void textbooksAgree(AxisOperation f) {
        AxisOperation textbook = f.on(Kernels.builder().engine(Engine.REFERENCE).build());
        for (int[] shape : SHAPES) {
            double[] x = random(product(shape), 9);
            double[] dy = random(product(f.outputShape(shape)), 10);
            double[] y = new double[dy.length];
            double[] dx = new double[x.length];
            f.forward(x, shape, y);
            f.backward(x, dy, shape, dx);
            double[] expectedY = new double[dy.length];
            double[] expectedDx = new double[x.length];
            textbook.forward(x, shape, expectedY);
            textbook.backward(x, dy, shape, expectedDx);
            assertArrayEquals(expectedY, y, 1e-12, f + " of " + Arrays.toString(shape));
            assertArrayEquals(expectedDx, dx, 1e-12, f + " backward of " + Arrays.toString(shape));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void singlePrecisionAgreesWithDouble(AxisOperation f) {
        int[] shape = {3, 12, 8};
        float[] x = floats(random(288, 3));
        float[] dy = floats(random(product(f.outputShape(shape)), 4));
        float[] y = new float[dy.length];
        float[] dx = new float[288];
        f.forward(x, shape, y);
        f.backward(x, dy, shape, dx);
        double[] expectedY = new double[y.length];
        double[] expectedDx = new double[288];
        f.forward(doubles(x), shape, expectedY);
        f.backward(doubles(x), doubles(dy), shape, expectedDx);
        for (int i = 0; i < y.length; i++) {
            assertEquals(expectedY[i], y[i], 1e-6 * Math.max(1, Math.abs(expectedY[i])), f + " " + i);
        }
        for (int i = 0; i < 288; i++) {
            assertEquals(expectedDx[i], dx[i], 2e-6, f + " dx " + i);
        }
        if (y.length == x.length) {
            f.backward(x, dy, shape, dy);
            assertArrayEquals(dx, dy);
            f.forward(x, shape, x);
            assertArrayEquals(y, x);
        } else {
            assertThrows(IllegalArgumentException.class, () -> f.forward(x, shape, x));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void textsReadBack(AxisOperation f) {
        assertEquals(f.toString(), AxisOperation.of(f.toString()).toString());
        assertEquals(
                "gumbel_softmax(seed=1.23456789E8)",
                AxisOperation.of("gumbel_softmax(seed=123456789)").toString());
    }

    @Test
    void distributionsSumToOne() {
        for (String name : new String[] {"softmin", "sparsemax", "entmax15", "gumbel_softmax", "hardmax"}) {
            float[] y = floats(random(50, 5));
            AxisOperation.of(name).forward(y, new int[] {5, 10}, y);
            for (int row = 0; row < 5; row++) {
                double sum = 0;
                for (int i = 0; i < 10; i++) {
                    sum += y[row * 10 + i];
                    assertTrue(y[row * 10 + i] >= 0);
                }
                assertEquals(1, sum, 1e-6, name);
            }
        }
    }

    @Test
    void worksOutKnownValues() {
        assertArrayEquals(new float[] {0, 0.25f, 0.75f}, run("sparsemax", 0.1f, 1, 1.5f), 1e-7f);
        assertArrayEquals(new float[] {0, 0, 1}, run("sparsemax", 0, 1, 2.5f));
        assertArrayEquals(new float[] {0.5f, 0, 0.5f}, run("entmax15", 2, -3, 2), 1e-7f);
        assertArrayEquals(new float[] {0, 1, 0}, run("hardmax", 1, 3, 3));
        assertArrayEquals(new float[] {1, 0, 0, 0, 2, -0f}, run("crelu", 1, -2, 0));
        assertArrayEquals(new float[] {2, 4}, run("maxout(k=2)", 1, 2, 4, 3));
        assertEquals(1e4f + (float) Math.log(2), run("logsumexp", 1e4f, 1e4f)[0]);
        assertEquals(-INFINITY, run("logsumexp", -INFINITY, -INFINITY)[0]);
        assertEquals(INFINITY, run("logsumexp", 0, INFINITY)[0]);
    }

    @Test
    void logsumexpDropsItsAxisUnlessItIsKept() {
        assertArrayEquals(
                new int[] {2, 4}, AxisOperation.of("logsumexp(axis=1)").outputShape(2, 3, 4));
        assertArrayEquals(
                new int[] {2, 1, 4},
                AxisOperation.of("logsumexp(axis=1, keepdims=1)").outputShape(2, 3, 4));
        assertArrayEquals(new int[] {2, 6, 4}, AxisOperation.of("crelu(axis=1)").outputShape(2, 3, 4));
    }

    @Test
    void nanStays() {
        for (String name :
                new String[] {"softmin", "sparsemax", "entmax15", "hardmax", "logsumexp", "masked_softmax"}) {
            assertTrue(Float.isNaN(run(name, 1, Float.NaN, 2)[0]), name);
        }
        assertTrue(Float.isNaN(run("maxout(k=2)", 1, Float.NaN)[0]));
        assertTrue(Float.isNaN(run("crelu", Float.NaN)[1]));
    }

    @Test
    void whatIsMaskedGetsNothing() {
        AxisOperation f = AxisOperation.of("masked_softmax").mask(new boolean[] {true, false, true}, 3);
        float[] x = {1, Float.NaN, 1, 2, 99, 2};
        float[] y = new float[6];
        f.forward(x, new int[] {2, 3}, y);
        assertArrayEquals(new float[] {0.5f, 0, 0.5f, 0.5f, 0, 0.5f}, y);
        float[] dx = new float[6];
        f.backward(x, new float[] {1, 5, 0, 0, 5, 1}, new int[] {2, 3}, dx);
        assertArrayEquals(new float[] {0.25f, 0, -0.25f, -0.25f, 0, 0.25f}, dx);
        AxisOperation nothing = AxisOperation.of("masked_softmax").mask(new boolean[3], 3);
        nothing.forward(x, new int[] {2, 3}, y);
        assertArrayEquals(new float[6], y);
        nothing.backward(x, y, new int[] {2, 3}, dx);
        assertArrayEquals(new float[6], dx);
        double[] inDouble = new double[6];
        nothing.forward(doubles(x), new int[] {2, 3}, inDouble);
        assertArrayEquals(new double[6], inDouble);
    }

    @Test
    void masksSpreadOverEveryShape() {
        int[] shape = {2, 3, 24, 480};
        float[] x = floats(random(product(shape), 11));
        float[] values = floats(random(24 * 480, 12));
        boolean[] kept = new boolean[3 * 480];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = i % 7 != 3;
        }
        for (int axis : new int[] {1, 2, 3}) {
            AxisOperation f = AxisOperation.of("masked_softmax(scale=0.5)").axis(axis);
            float[] logits = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                logits[i] = 0.5f * x[i] + values[i % (24 * 480)];
            }
            float[] expected = new float[x.length];
            AxisFunction.softmax().axis(axis).forward(logits, shape, expected);
            float[] y = new float[x.length];
            f.mask(values, 24, 480).forward(x, shape, y);
            assertArrayEquals(expected, y, "axis " + axis);
            for (int i = 0; i < x.length; i++) {
                boolean keep = kept[i / (24 * 480) % 3 * 480 + i % 480];
                logits[i] = keep ? 0.5f * x[i] : -INFINITY;
            }
            AxisFunction.softmax().axis(axis).forward(logits, shape, expected);
            f.mask(kept, 3, 1, 480).forward(x, shape, y);
            for (int i = 0; i < y.length; i++) {
                // Where all is dropped softmax has no value.
                assertEquals(Float.isNaN(expected[i]) ? 0 : expected[i], y[i], "axis " + axis + " at " + i);
            }
        }
    }

    @Test
    void aCausalQuerySeesNoLaterKey() {
        float[] y = new float[18];
        AxisOperation.of("masked_softmax(causal=1)").forward(new float[18], new int[] {2, 3, 3}, y);
        float third = 1 / 3f;
        float[] one = {1, 0, 0, 0.5f, 0.5f, 0, third, third, third};
        assertArrayEquals(one, Arrays.copyOf(y, 9), 1e-7f);
        assertArrayEquals(one, Arrays.copyOfRange(y, 9, 18), 1e-7f);
    }

    @Test
    void gumbelNoiseDependsOnSeedAndPlaceAlone() {
        float[] a = run("gumbel_softmax(seed=1)", 0, 0, 0, 0);
        assertArrayEquals(a, run("gumbel_softmax(seed=1)", 0, 0, 0, 0));
        assertFalse(Arrays.equals(a, run("gumbel_softmax(seed=2)", 0, 0, 0, 0)));
        // The maximum is at i with the probability softmax gives it.
        int hits = 0;
        float third = (float) Math.log(2);
        for (int seed = 0; seed < 4000; seed++) {
            float[] y = run("gumbel_softmax(hard=1, seed=" + seed + ")", third, 0);
            assertEquals(1, y[0] + y[1]);
            hits += (int) y[0];
        }
        assertEquals(2 / 3.0, hits / 4000.0, 0.03);
    }

    @Test
    void misuseIsAnswered() {
        assertThrows(NoSuchElementException.class, () -> AxisOperation.of("sparsmax"));
        assertThrows(IllegalArgumentException.class, () -> AxisOperation.of("maxout"));
        assertThrows(IllegalArgumentException.class, () -> run("maxout(k=2)", 1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> AxisOperation.of("softmin")
                .mask(new float[1], 1));
        assertThrows(IllegalArgumentException.class, () -> AxisOperation.of("crelu")
                .forward(new float[4], new int[] {2, 2}, new float[4]));
        assertThrows(IllegalArgumentException.class, () -> AxisOperation.of("masked_softmax(causal=1)")
                .forward(new float[4], new int[] {4}, new float[4]));
        assertThrows(NullPointerException.class, () -> AxisOperation.of("softmin")
                .forward((float[]) null, new int[] {1}, new float[1]));
    }

    private static float[] run(String text, float... x) {
        AxisOperation f = AxisOperation.of(text);
        float[] y = new float[product(f.outputShape(x.length))];
        f.forward(x, new int[] {x.length}, y);
        return y;
    }

    private static int product(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static double[] random(int length, int seed) {
        return new Random(seed).doubles(length, -2, 2).toArray();
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
