package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.Engines;
import dev.hillock.engine.NativeEngine;
import dev.hillock.kernel.NarrowFloats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.ShortPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions over an axis for elements other than floats. */
class AxisTypesTest {
    static Stream<AxisFunction> functions() {
        return AxisCatalogue.functions().stream()
                .map(AxisDefinition::name)
                .flatMap(name -> Stream.of(AxisFunction.of(name), AxisFunction.of(name, Map.of("temperature", 1.7))));
    }

    private static List<AxisLayout> layouts() {
        List<AxisLayout> layouts = new ArrayList<>();
        for (int n : new int[] {1, 2, 3, 7, 8, 15, 16, 17, 31, 63, 64, 65, 130, 1000}) {
            layouts.add(AxisLayout.of(new int[] {3, n}, -1));
            layouts.add(AxisLayout.rows(3, n, n + 5));
            layouts.add(AxisLayout.of(new int[] {2, n, 1 + n % 37}, 1));
            layouts.add(AxisLayout.of(new int[] {n, 33}, 0));
            layouts.add(new AxisLayout(2, n, 1, 2L * n, -2));
            layouts.add(new AxisLayout(5, n, 1, 1, 5));
        }
        layouts.add(AxisLayout.of(new int[] {9000, 10}, -1));
        return layouts;
    }

    private static double[] values(int count, int seed) {
        Random random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian() * 5;
            if (seed % 3 == 0 && random.nextInt(40) == 0) {
                values[i] = new double[] {-0.0, 0, Double.NEGATIVE_INFINITY, -740, -800, 1e300}[random.nextInt(6)];
            }
        }
        return values;
    }

    // Every engine that keeps the promise of equal bits, on every instruction set.
    private static Map<String, AxisKernels> identical() {
        Map<String, AxisKernels> all = new LinkedHashMap<>();
        for (String isa : NativeEngine.targets()) {
            all.put("native/" + isa, NativeEngine.on(isa).axis());
        }
        if (Engines.get(Engine.VECTOR).availability().isAvailable()) {
            all.put("vector", Engines.get(Engine.VECTOR).axis());
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void doublesHaveTheSameBitsOnEveryEngine(AxisFunction f) {
        AxisKernels scalar = Engines.get(Engine.SCALAR).axis();
        int seed = 0;
        for (AxisLayout layout : layouts()) {
            int extent = (int) (layout.highest() - layout.lowest());
            int first = 3 - (int) layout.lowest();
            double[] x = values(extent + 6, seed++);
            double[] dy = values(extent + 6, 3 * seed + 1);
            double[] y = run(scalar, f, Direction.FORWARD, layout, first, x, null, dy.clone());
            double[] dx = run(scalar, f, Direction.BACKWARD_FROM_OUTPUT, layout, first, y, dy, dy.clone());
            identical().forEach((name, kernels) -> {
                assertArrayEquals(
                        y,
                        run(kernels, f, Direction.FORWARD, layout, first, x, null, dy.clone()),
                        name + " " + f + " " + layout);
                assertArrayEquals(
                        dx,
                        run(kernels, f, Direction.BACKWARD_FROM_OUTPUT, layout, first, y, dy, dy.clone()),
                        name + " backward " + f + " " + layout);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theVectorEngineHasTheBitsOfScalarForFloats(AxisFunction f) {
        assumeTrue(Engines.get(Engine.VECTOR).availability().isAvailable());
        Kernels vector = Kernels.builder().engine(Engine.VECTOR).build();
        Kernels scalar = Kernels.builder().engine(Engine.SCALAR).build();
        int seed = 0;
        for (AxisLayout layout : layouts()) {
            int extent = (int) (layout.highest() - layout.lowest());
            int first = 3 - (int) layout.lowest();
            float[] x = floats(values(extent + 6, seed++));
            float[] dy = floats(values(extent + 6, 3 * seed + 1));
            float[] y = dy.clone();
            float[] same = dy.clone();
            scalar.forward(f, layout, x, first, y, first);
            vector.forward(f, layout, x, first, same, first);
            assertArrayEquals(y, same, f + " " + layout);
            scalar.backward(f, layout, y, first, dy, first, x, first);
            vector.backward(f, layout, y, first, dy, first, dy, first);
            for (long o = 0; o < layout.outer(); o++) {
                int at = first + (int) (o * layout.outerStride());
                assertEquals(x[at], dy[at], f + " backward " + layout);
            }
        }
    }

    private static double[] run(
            AxisKernels kernels,
            AxisFunction f,
            Direction direction,
            AxisLayout layout,
            int first,
            double[] x,
            double[] dy,
            double[] out) {
        kernels.run(
                f.definition(),
                ElementType.FLOAT64,
                direction,
                f.temperature(ElementType.FLOAT64),
                layout,
                x,
                first,
                dy,
                first,
                out,
                first);
        return out;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void doublesAreExactToTheirLastBits() {
        for (int n : new int[] {1, 2, 3, 10, 100, 1000}) {
            double[] x = values(n, 3 * n + 1);
            double[] y = new double[n];
            double[] logarithms = new double[n];
            AxisFunction.softmax().forward(x, new int[] {n}, y);
            AxisFunction.logSoftmax().forward(x, new int[] {n}, logarithms);
            double m = java.util.Arrays.stream(x).max().orElseThrow();
            double total = 0;
            for (int i = 0; i < n; i++) {
                double unit = (3 + n / 16.0) * 0x1p-52 + Math.abs(x[i] - m) * 0x1p-52;
                double expected = Math.exp(logarithms[i]);
                assertEquals(expected, y[i], expected * 2 * unit * Math.max(1, Math.abs(logarithms[i])));
                total += y[i];
            }
            assertEquals(1, total, n * 0x1p-52);
        }
        // ln(1 + e + e^2), to twenty digits.
        double[] y = new double[3];
        AxisFunction.logSoftmax().forward(new double[] {0, 1, 2}, new int[] {3}, y);
        assertEquals(-2.4076059644443803, y[0], 0x1p-51);
        assertEquals(-0.40760596444438030, y[2], 0x1p-53);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void sixteenBitsAreTheRoundedFloats(AxisFunction f) {
        for (ElementType type : new ElementType[] {ElementType.BFLOAT16, ElementType.FLOAT16}) {
            for (AxisLayout layout : layouts()) {
                int extent = (int) (layout.highest() - layout.lowest());
                int first = 3 - (int) layout.lowest();
                short[] x = narrow(type, floats(values(extent + 6, extent)));
                short[] dy = narrow(type, floats(values(extent + 6, 1)));
                float[] xFloats = widen(type, x);
                float[] dyFloats = widen(type, dy);
                float[] y = widen(type, dy);
                Kernels.defaults().forward(f, layout, xFloats, first, y, first);
                short[] expected = narrow(type, y);
                short[] actual = dy.clone();
                Kernels.defaults().forward(f, layout, type, x, first, actual, first);
                assertArrayEquals(expected, actual, f + " " + type + " " + layout);
                float[] dx = dyFloats.clone();
                Kernels.defaults().backward(f, layout, widen(type, actual), first, dyFloats, first, dx, first);
                Kernels.defaults().backward(f, layout, type, actual, first, dy, first, dy, first);
                assertArrayEquals(narrow(type, dx), dy, f + " backward " + type + " " + layout);
            }
        }
    }

    private static short[] narrow(ElementType type, float[] values) {
        short[] bits = new short[values.length];
        NarrowFloats.narrow(type, values, 0, bits, 0, bits.length);
        return bits;
    }

    private static float[] widen(ElementType type, short[] bits) {
        float[] values = new float[bits.length];
        NarrowFloats.widen(type, bits, 0, values, 0, values.length);
        return values;
    }

    @Test
    void memoryOfAnyKindHoldsTheSame() {
        int[] shape = {40, 7};
        double[] x = values(280, 1);
        double[] y = new double[280];
        short[] half = narrow(ElementType.FLOAT16, floats(x));
        short[] halfY = new short[280];
        AxisFunction f = AxisFunction.softmax();
        f.forward(x, shape, y);
        f.forward(ElementType.FLOAT16, half, shape, halfY);
        for (Engine engine : new Engine[] {Engine.AUTO, Engine.SCALAR}) {
            Kernels kernels = Kernels.builder().engine(engine).build();
            DoubleBuffer buffer = ByteBuffer.allocateDirect(280 * 8)
                    .order(ByteOrder.nativeOrder())
                    .asDoubleBuffer();
            kernels.forward(f, DoubleBuffer.wrap(x), shape, buffer);
            double[] copy = new double[280];
            buffer.duplicate().get(copy);
            assertArrayEquals(y, copy);
            kernels.backward(f, buffer, buffer, shape, buffer);
            double[] expected = new double[280];
            kernels.backward(f, y, y, shape, expected);
            buffer.duplicate().get(copy);
            assertArrayEquals(expected, copy);
            ShortBuffer shorts = ByteBuffer.allocateDirect(280 * 2)
                    .order(ByteOrder.nativeOrder())
                    .asShortBuffer();
            kernels.forward(f, ElementType.FLOAT16, ShortBuffer.wrap(half), shape, shorts);
            short[] shortCopy = new short[280];
            shorts.duplicate().get(shortCopy);
            assertArrayEquals(halfY, shortCopy);
        }
    }

    @Test
    void pointersAndAddressesHoldTheSame() {
        assumeTrue(Engines.get(Engine.NATIVE).availability().isAvailable());
        int[] shape = {40, 7};
        double[] x = values(280, 1);
        double[] y = new double[280];
        AxisFunction f = AxisFunction.logSoftmax();
        f.forward(x, shape, y);
        for (Engine engine : new Engine[] {Engine.NATIVE, Engine.SCALAR}) {
            Kernels kernels = Kernels.builder().engine(engine).build();
            try (DoublePointer pointer = new DoublePointer(x);
                    ShortPointer shorts = new ShortPointer(280)) {
                kernels.forward(f, pointer, shape, pointer);
                double[] copy = new double[280];
                pointer.get(copy);
                assertArrayEquals(y, copy);
                kernels.backward(
                        f,
                        AxisLayout.of(shape, -1),
                        ElementType.FLOAT64,
                        pointer.address(),
                        pointer.address(),
                        pointer.address());
                double[] expected = new double[280];
                kernels.backward(f, y, y, shape, expected);
                pointer.get(copy);
                assertArrayEquals(expected, copy);
                short[] half = narrow(ElementType.BFLOAT16, floats(x));
                shorts.put(half, 0, half.length);
                kernels.forward(f, ElementType.BFLOAT16, shorts, shape, shorts);
                kernels.forward(f, ElementType.BFLOAT16, half, shape, half);
                short[] shortCopy = new short[280];
                shorts.get(shortCopy);
                assertArrayEquals(half, shortCopy);
            }
        }
    }

    @Test
    void scaleIsTheInverseOfTheTemperature() {
        assertEquals(AxisFunction.softmax().temperature(8), AxisFunction.of("softmax(scale=0.125)"));
        assertTrue(AxisFunction.of("softmax(scale=0.125)").toString().contains("temperature=8"));
    }

    @Test
    void onlyTheSixteenBitTypesGoInShorts() {
        short[] x = new short[4];
        assertThrows(IllegalArgumentException.class, () -> AxisFunction.softmax()
                .forward(ElementType.FLOAT64, x, new int[] {4}, x));
    }
}
