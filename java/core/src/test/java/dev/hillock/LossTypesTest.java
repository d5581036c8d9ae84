package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.LossFunction.Kind;
import dev.hillock.catalogue.Losses;
import dev.hillock.kernel.NarrowFloats;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of doubles and of 16-bit elements, along a class axis that is not the last one. */
class LossTypesTest {
    private static final int[] SHAPE = {4, 5, 3};
    private static final int LENGTH = 60;

    static Stream<LossFunction> losses() {
        return Losses.all().stream();
    }

    private static double[] predictions(LossFunction function) {
        Random random = new Random(17);
        boolean positive = function.name().equals("msle");
        return random.doubles(LENGTH)
                .map(u -> function.name().equals("bce") ? 0.1 + 0.8 * u : positive ? 0.2 + u : 4 * u - 1.4)
                .toArray();
    }

    private static double[] targets(LossFunction function) {
        Random random = new Random(18);
        boolean signs = function.input().contains("{-1, 1}");
        return random.doubles(LENGTH)
                .map(u -> signs ? (u < 0.5 ? 1 : -1) : 0.05 + 0.9 * u)
                .toArray();
    }

    private static double compute(LossFunction function, Loss loss, double[] x, double[] dx) {
        boolean classes = function.kind() == Kind.CLASSES;
        double[] variance = new double[LENGTH];
        Arrays.fill(variance, 0.8);
        return loss.compute(
                x,
                SHAPE,
                classes ? null : targets(function),
                classes ? new long[] {0, 4, 2, 1, 3, 3, 0, 0, 4, 2, 1, 1} : null,
                function.name().equals("gaussian_nll") ? variance : null,
                dx,
                null);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsOfDoublesAreTheSlopesOfTheValues(LossFunction function) {
        Loss loss = Loss.of(function.name());
        double[] x = predictions(function);
        double[] dx = new double[LENGTH];
        compute(function, loss, x, dx);
        double h = 1e-6;
        for (int i = 0; i < LENGTH; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += h;
            down[i] -= h;
            double central = (compute(function, loss, up, null) - compute(function, loss, down, null)) / (2 * h);
            assertEquals(central, dx[i], 1e-7 * Math.max(1, Math.abs(central)), loss + " at " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void doublesAgreeWithFloats(LossFunction function) {
        Loss loss = Loss.of(function.name());
        double[] x = predictions(function);
        double[] dx = new double[LENGTH];
        double value = compute(function, loss, x, dx);
        boolean classes = function.kind() == Kind.CLASSES;
        float[] variance = new float[LENGTH];
        Arrays.fill(variance, 0.8f);
        float[] rounded = new float[LENGTH];
        double fromFloats = loss.compute(
                floats(x),
                SHAPE,
                classes ? null : floats(targets(function)),
                classes ? new long[] {0, 4, 2, 1, 3, 3, 0, 0, 4, 2, 1, 1} : null,
                function.name().equals("gaussian_nll") ? variance : null,
                rounded,
                null);
        assertEquals(value, fromFloats, 1e-5 * Math.max(1, Math.abs(value)), function.name());
        for (int i = 0; i < LENGTH; i++) {
            assertEquals(dx[i], rounded[i], 1e-5 * Math.max(1, Math.abs(dx[i])), function.name() + " at " + i);
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void sixteenBitsAreWidenedAndTheGradientIsRoundedOnce() {
        for (ElementType type : new ElementType[] {ElementType.BFLOAT16, ElementType.FLOAT16}) {
            short[] x = new short[LENGTH];
            short[] t = new short[LENGTH];
            NarrowFloats.narrow(type, floats(predictions(Losses.loss("mse"))), 0, x, 0, LENGTH);
            NarrowFloats.narrow(type, floats(targets(Losses.loss("mse"))), 0, t, 0, LENGTH);
            int[] labels = {0, 4, 2, 1, 3, 3, 0, 0, 4, 2, 1, 1};
            float[] widened = NarrowFloats.widened(type, x);
            float[] gradient = new float[LENGTH];
            short[] expected = new short[LENGTH];
            short[] dx = new short[LENGTH];
            Loss crossEntropy = Loss.of("cross_entropy");
            double value = crossEntropy.valueAndGradient(widened, SHAPE, labels, gradient);
            assertEquals(value, crossEntropy.valueAndGradient(type, x, SHAPE, labels, dx));
            NarrowFloats.narrow(type, gradient, 0, expected, 0, LENGTH);
            assertArrayEquals(expected, dx);
            Loss bce = Loss.of("bce_with_logits");
            value = bce.valueAndGradient(widened, SHAPE, NarrowFloats.widened(type, t), gradient);
            assertEquals(value, bce.valueAndGradient(type, x, SHAPE, t, dx));
            NarrowFloats.narrow(type, gradient, 0, expected, 0, LENGTH);
            assertArrayEquals(expected, dx);
        }
        assertThrows(IllegalArgumentException.class, () -> Loss.of("mse")
                .valueAndGradient(ElementType.FLOAT32, new short[2], new int[] {2}, new short[2], new short[2]));
    }

    @Test
    void weightsOfDoublesAreNotRounded() {
        double third = 1.0 / 3;
        double[] x = {1};
        assertEquals(third, Loss.of("mae").withWeight(new double[] {third}).value(x, new double[] {0}));
        double whole = Loss.of("cross_entropy")
                .withReduction(Reduction.SUM)
                .valueAndGradient(new double[] {0, 1}, new int[] {1, 2}, new int[] {0}, null);
        assertEquals(
                third * whole,
                Loss.of("cross_entropy")
                        .withReduction(Reduction.SUM)
                        .withClassWeights(third, 1)
                        .valueAndGradient(new double[] {0, 1}, new int[] {1, 2}, new int[] {0}, null),
                1e-16);
    }
}
