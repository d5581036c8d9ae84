package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.LossKernel;
import dev.hillock.catalogue.Losses;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import dev.hillock.kernel.NarrowFloats;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses on kernels: cut into pieces, weighted and over rows, against the same in double precision. */
class KernelLossTest {
    // Four pieces and a rest, split over threads.
    private static final int[] SHAPE = {11, 61, 100};
    private static final int LENGTH = 67_100;

    private final float[] x = new float[LENGTH];
    private final float[] t = new float[LENGTH];

    KernelLossTest() {
        Random random = new Random(5);
        for (int i = 0; i < LENGTH; i++) {
            x[i] = random.nextFloat();
            t[i] = i % 2 == 0 ? random.nextInt(2) : random.nextFloat();
        }
    }

    static Stream<Loss> losses() {
        return Losses.all().stream()
                .filter(f -> f.kind() != LossFunction.Kind.CLASSES)
                .map(f -> Loss.of(f.name()))
                .filter(loss -> LossKernel.of(loss.function(), loss.parameters()) != null);
    }

    private static Kernels on(Engine engine, int threads) {
        return Kernels.builder().engine(engine).threads(threads).build();
    }

    private double compute(Loss loss, float[] dx) {
        return loss.compute(x, SHAPE, t, null, null, dx, null);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theBitsDependOnNeitherThreadsNorEngine(Loss loss) {
        float[] alone = new float[LENGTH];
        double value = compute(loss.on(on(Engine.SCALAR, 1)), alone);
        float[] together = new float[LENGTH];
        assertEquals(value, compute(loss.on(on(Engine.AUTO, 4)), together));
        assertArrayEquals(alone, together);
        assertEquals(value, compute(loss.on(on(Engine.AUTO, 2)), null));
    }

    @Test
    void aGivenEngineComputesItsOwnLosses() {
        KernelEngine scalar = Engines.get(Engine.SCALAR);
        AtomicInteger asked = new AtomicInteger();
        KernelEngine mine = (KernelEngine) Proxy.newProxyInstance(
                KernelEngine.class.getClassLoader(),
                new Class<?>[] {KernelEngine.class},
                (proxy, method, arguments) -> {
                    asked.addAndGet(method.getName().equals("losses") ? 1 : 0);
                    return method.invoke(scalar, arguments);
                });
        compute(Loss.of("mse").on(Kernels.builder().engine(mine).build()), null);
        assertTrue(asked.get() > 0, "the losses came from elsewhere");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void sixteenBitsAreWidenedAndTheGradientIsRoundedOnce(Loss loss) {
        for (ElementType type : new ElementType[] {ElementType.BFLOAT16, ElementType.FLOAT16}) {
            short[] narrowX = new short[LENGTH];
            short[] narrowT = new short[LENGTH];
            NarrowFloats.narrow(type, x, 0, narrowX, 0, LENGTH);
            NarrowFloats.narrow(type, t, 0, narrowT, 0, LENGTH);
            float[] wide = new float[LENGTH];
            double value = loss.valueAndGradient(
                    NarrowFloats.widened(type, narrowX), SHAPE, NarrowFloats.widened(type, narrowT), wide);
            short[] expected = new short[LENGTH];
            NarrowFloats.narrow(type, wide, 0, expected, 0, LENGTH);
            assertEquals(value, loss.valueAndGradient(type, narrowX, SHAPE, narrowT, narrowX));
            assertArrayEquals(expected, narrowX);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void weightsOfAnyShapeWeighAsInDoublePrecision(Loss loss) {
        Random random = new Random(6);
        int[][] shapes = {{}, {1}, {100}, {61, 1}, {11, 1, 100}, SHAPE};
        for (int[] shape : shapes) {
            int size = 1;
            for (int dimension : shape) {
                size *= dimension;
            }
            float[] weight = new float[size];
            for (int i = 0; i < size; i++) {
                weight[i] = random.nextFloat();
            }
            agree(shape.length == 0 ? loss : loss.withWeight(weight, shape));
        }
    }

    @Test
    void weightsOfPositiveTargetsWeighAsInDoublePrecision() {
        float[] weight = {0.5f, 3, 0};
        Loss loss = Loss.of("bce_with_logits(label_smoothing=0.1)");
        agree(loss.withPosWeight(new float[] {3}, 1));
        agree(loss.withPosWeight(new float[] {3}, 1).withWeight(new float[] {0.5f}, 1));
        Loss columns = loss.withPosWeight(weight, 3);
        float[] z = {1, -2, 3, 0.5f, 7, -1};
        float[] targets = {1, 0, 1, 0.3f, 1, 0};
        float[] dx = z.clone();
        float[] losses = new float[6];
        float[] expected = new float[6];
        float[] expectedLosses = new float[6];
        int[] shape = {2, 3};
        double value = columns.compute(dx, shape, targets, null, null, dx, losses);
        double exact =
                columns.on(on(Engine.REFERENCE, 1)).compute(z, shape, targets, null, null, expected, expectedLosses);
        assertEquals(exact, value, 1e-7);
        assertArrayEquals(expected, dx, 1e-7f);
        assertArrayEquals(expectedLosses, losses, 1e-6f);
    }

    private void agree(Loss loss) {
        float[] expected = new float[LENGTH];
        float[] actual = new float[LENGTH];
        Loss sum = loss.withReduction(Reduction.SUM);
        double value = compute(sum.on(on(Engine.REFERENCE, 1)), expected);
        assertEquals(value, compute(sum, actual), 1e-6 * LENGTH, loss.toString());
        for (int i = 0; i < LENGTH; i++) {
            if (!(Math.abs(expected[i] - actual[i]) <= 1e-6 * Math.max(1, Math.abs(expected[i])))) {
                assertEquals(expected[i], actual[i], loss + " at x = " + x[i] + ", t = " + t[i]);
            }
        }
    }
}
