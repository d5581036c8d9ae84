package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.hillock.catalogue.AxisOperations;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.kernel.NarrowFloats;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call takes on the heap does not grow with its operands. */
class BoundedMemoryTest {
    private static final ElementType TYPE = ElementType.BFLOAT16;
    private static final int SHORT = 1 << 17;
    private static final int LONG = 1 << 20;
    // Bytes for each element more: a few small objects for a piece of some thousands.
    private static final double GROWTH = 0.02;
    // The plain Java kernels take up to a kilobyte for a row of 512 or thirty for a slab; widened operands take eight
    // an element.
    private static final double GROWTH_OF_ROWS = 4;
    // The plain Java kernels of losses take a kilobyte for a piece of 16384.
    private static final double GROWTH_OF_LOSSES = 0.2;

    /** A call on so many elements, with its operands ready. */
    @FunctionalInterface
    private interface Prepared {
        Runnable of(int length);
    }

    private static void assertBounded(String what, Prepared prepared) {
        assertBounded(what, GROWTH, prepared);
    }

    private static void assertBounded(String what, double growth, Prepared prepared) {
        Runnable small = prepared.of(SHORT);
        Runnable large = prepared.of(LONG);
        for (int warmUp = 0; warmUp < 20; warmUp++) {
            small.run();
        }
        large.run();
        long more = allocated(large) - allocated(small);
        assertTrue(more < growth * (LONG - SHORT), what + " takes " + more + " bytes more");
    }

    private static long allocated(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            call.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }

    private static short[] narrow(int length, int seed) {
        return narrow(floats(length, seed));
    }

    private static short[] narrow(float[] values) {
        short[] narrow = new short[values.length];
        NarrowFloats.narrow(TYPE, values, 0, narrow, 0, narrow.length);
        return narrow;
    }

    private static float[] floats(int length, int seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static BiasedActivation biased(Engine engine) {
        return BiasedActivation.of(Activation.gelu()).engine(engine);
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"SCALAR", "AUTO"})
    void sixteenBitElementsWithBiasScaleAndSum(Engine engine) {
        int channels = 64;
        float[] shift = floats(channels, 1);
        float[] scale = floats(channels, 2);
        float[] dShift = new float[channels];
        float[] dScale = new float[channels];
        for (int inner : new int[] {1, 32}) {
            assertBounded("bias", n -> {
                short[] x = narrow(n, 3);
                int[] shape = {n / channels / inner, channels, inner};
                return () -> biased(engine).forward(TYPE, x, shift, shape, 1, x);
            });
            assertBounded("scale and shift backward", n -> {
                short[] x = narrow(n, 4);
                short[] dy = narrow(n, 5);
                int[] shape = {n / channels / inner, channels, inner};
                return () -> biased(engine).backward(TYPE, x, scale, shift, dy, shape, 1, dy, dScale, dShift);
            });
        }
        assertBounded("sum", n -> {
            short[] x = narrow(n, 6);
            short[] r = narrow(n, 7);
            return () -> biased(engine).forward(TYPE, x, r, x);
        });
        assertBounded("sum backward", n -> {
            short[] x = narrow(n, 8);
            short[] r = narrow(n, 9);
            short[] dy = narrow(n, 10);
            return () -> biased(engine).backward(TYPE, x, r, dy, dy);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"SCALAR", "AUTO"})
    void dropoutOfSixteenBitElements(Engine engine) {
        DropoutActivation dropout = DropoutActivation.of(Activation.gelu(), 0.3, 1)
                .on(Kernels.builder().engine(engine).threads(1).build());
        assertBounded("dropout", n -> {
            short[] x = narrow(n, 1);
            return () -> dropout.forward(TYPE, x, x);
        });
        assertBounded("dropout backward", n -> {
            short[] x = narrow(n, 1);
            short[] dy = narrow(n, 2);
            return () -> dropout.backward(TYPE, x, dy, dy);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"SCALAR", "AUTO"})
    void parametricReluOfFloats(Engine engine) {
        Kernels kernels = Kernels.builder().engine(engine).threads(1).build();
        prelus((prelu, shape) -> {
            float[] x = floats(size(shape), 1);
            float[] dAlpha = new float[64];
            return () -> {
                prelu.forward(kernels, x, shape, x);
                prelu.backward(kernels, x, x, shape, x, dAlpha);
            };
        });
    }

    @Test
    void parametricReluOfSixteenBitElements() {
        prelus((prelu, shape) -> {
            short[] x = narrow(size(shape), 1);
            float[] dAlpha = new float[64];
            return () -> {
                prelu.forward(TYPE, x, shape, x);
                prelu.backward(TYPE, x, x, shape, x, dAlpha);
            };
        });
    }

    private static void prelus(BiFunction<Prelu, int[], Runnable> calls) {
        float[] alpha = new float[64];
        Arrays.fill(alpha, 1.01f);
        Prelu prelu = Prelu.of(1, alpha, alpha.length);
        for (int inner : new int[] {1, 32}) {
            assertBounded(
                    "prelu, " + inner + " inside", n -> calls.apply(prelu, new int[] {n / 64 / inner, 64, inner}));
        }
    }

    // Some rows at a time, in slabs with all columns and with some of them.
    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"SCALAR", "AUTO"})
    void operationsOverAnAxis(Engine engine) {
        Kernels kernels = Kernels.builder().engine(engine).threads(1).build();
        AxisOperations.all().forEach(definition -> {
            for (int inner : new int[] {1, 32}) {
                AxisOperation f = AxisOperation.of(
                                definition.name(), definition.name().equals("maxout") ? Map.of("k", 2) : Map.of())
                        .axis(1)
                        .on(kernels);
                assertBounded(f + " of 16-bit elements", GROWTH_OF_ROWS, n -> {
                    short[] x = narrow(n, 1);
                    int[] shape = {n / 512 / inner, 512, inner};
                    short[] y = new short[size(f.outputShape(shape))];
                    return () -> f.forward(TYPE, x, shape, y);
                });
                assertBounded(f + " backward of 16-bit elements", GROWTH_OF_ROWS, n -> {
                    short[] x = narrow(n, 1);
                    int[] shape = {n / 512 / inner, 512, inner};
                    short[] dy = narrow(size(f.outputShape(shape)), 2);
                    return () -> f.backward(TYPE, x, dy, shape, x);
                });
            }
        });
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    @Test
    void gatedUnitsOfSixteenBitElements() {
        GatedCatalogue.units().forEach(definition -> {
            GatedUnit unit = GatedUnit.of(definition.name());
            assertBounded(definition.name(), n -> {
                short[] x = narrow(n, 1);
                short[] y = new short[n / 2];
                return () -> unit.forward(TYPE, x, new int[] {n / 64, 64}, y);
            });
            assertBounded(definition.name() + " backward", n -> {
                short[] x = narrow(n, 1);
                short[] dy = narrow(n / 2, 2);
                short[] dx = new short[n];
                return () -> unit.backward(TYPE, x, dy, new int[] {n / 64, 64}, dx);
            });
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"SCALAR", "AUTO"})
    void lossesWithPositiveWeights(Engine engine) {
        Loss loss = Loss.of("bce_with_logits")
                .withWeight(new float[] {2}, 1)
                .withPosWeight(new float[] {3}, 1)
                .on(Kernels.builder().engine(engine).threads(1).build());
        assertBounded("weighted loss of floats", GROWTH_OF_LOSSES, n -> {
            float[] x = floats(n, 1);
            float[] t = new float[n];
            float[] dx = new float[n];
            return () -> loss.valueAndGradient(x, t, dx);
        });
        assertBounded("weighted loss of 16-bit elements", GROWTH_OF_LOSSES, n -> {
            short[] x = narrow(n, 1);
            short[] t = new short[n];
            short[] dx = new short[n];
            return () -> loss.valueAndGradient(TYPE, x, new int[] {n}, t, dx);
        });
    }
}
