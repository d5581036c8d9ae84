package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.LossFunction.Kind;
import dev.hillock.catalogue.Losses;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
    private static final int[] SHAPE = {3, 5, 2};
    private static final int LENGTH = 30;

    static Stream<LossFunction> losses() {
        return Losses.all().stream();
    }

    @Test
    void theTutorialsValues() {
        assertEquals(0.22839300, Loss.of("bce").value(new float[] {0.8f, 0.3f, 0.9f}, new float[] {1, 0, 1}), 5e-8);
        assertEquals(
                0.22268647,
                Loss.of("bce_with_logits").value(new float[] {1.5f, -0.8f, 2.3f}, new float[] {1, 0, 1}),
                5e-8);
        float[] x = {2.5f, 1.8f, 3.2f};
        float[] t = {2.3f, 1.9f, 3.0f};
        assertEquals(0.03, Loss.of("mse").value(x, t), 1e-7);
        assertEquals(0.16666667, Loss.of("mae").value(x, t), 1e-7);
        assertEquals(0.015, Loss.of("smooth_l1").value(x, t), 1e-7);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAreTheSlopesOfTheValues(LossFunction function) {
        for (Reduction reduction : Reduction.values()) {
            Loss loss = Loss.of(function.name()).withReduction(reduction);
            Data data = new Data(function, 7);
            float[] dx = new float[LENGTH];
            data.compute(loss, data.x, dx, null);
            for (int i = 0; i < LENGTH; i++) {
                float h = 1f / 1024;
                float[] up = data.x.clone();
                float[] down = data.x.clone();
                up[i] += h;
                down[i] -= h;
                double central =
                        (data.compute(loss, up, null, null) - data.compute(loss, down, null, null)) / (up[i] - down[i]);
                assertEquals(central, dx[i], 2e-3 * Math.max(1, Math.abs(central)), loss + " " + reduction + " " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void reductionsAgree(LossFunction function) {
        Data data = new Data(function, 8);
        Loss loss = Loss.of(function.name());
        int count = Arrays.stream(loss.lossShape(SHAPE)).reduce(1, (a, b) -> a * b);
        float[] losses = new float[count];
        data.compute(loss.withReduction(Reduction.NONE), data.x, null, losses);
        double sum = 0;
        for (float value : losses) {
            sum += value;
        }
        assertEquals(sum, data.compute(loss.withReduction(Reduction.SUM), data.x, null, null), 1e-4);
        assertEquals(sum / count, data.compute(loss, data.x, null, null), 1e-5);
        assertEquals(sum / 3, data.compute(loss.withReduction(Reduction.BATCH_MEAN), data.x, null, null), 1e-4);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossesOfHugeLogitsAreFinite(LossFunction function) {
        if (!function.input().equals("logits")) {
            return;
        }
        Data data = new Data(function, 9);
        for (int i = 0; i < LENGTH; i++) {
            data.x[i] = i % 2 == 0 ? 1e4f : -1e4f;
        }
        float[] dx = new float[LENGTH];
        assertTrue(Double.isFinite(data.compute(Loss.of(function.name()), data.x, dx, null)));
        for (float value : dx) {
            assertTrue(Float.isFinite(value), function.name());
        }
    }

    @Test
    void crossEntropyIsNllOfLogSoftmax() {
        Data data = new Data(Losses.loss("cross_entropy"), 3);
        float[] logSoftmax = new float[LENGTH];
        for (int outer = 0; outer < 3; outer++) {
            for (int inner = 0; inner < 2; inner++) {
                int start = outer * 10 + inner;
                double sum = 0;
                for (int k = 0; k < 5; k++) {
                    sum += Math.exp(data.x[start + 2 * k]);
                }
                for (int k = 0; k < 5; k++) {
                    logSoftmax[start + 2 * k] = (float) (data.x[start + 2 * k] - Math.log(sum));
                }
            }
        }
        assertEquals(
                data.compute(Loss.of("nll"), logSoftmax, null, null),
                data.compute(Loss.of("cross_entropy"), data.x, null, null),
                1e-6);
    }

    @Test
    void ignoredTargetsCountForNothing() {
        float[] x = {1, 2, 3, 9, 9, 9};
        float[] dx = new float[6];
        Loss loss = Loss.of("cross_entropy");
        double alone = loss.valueAndGradient(new float[] {1, 2, 3}, new int[] {1, 3}, new int[] {0}, null);
        assertEquals(alone, loss.valueAndGradient(x, new int[] {2, 3}, new int[] {0, -100}, dx), 1e-12);
        assertArrayEquals(new float[3], Arrays.copyOfRange(dx, 3, 6));
        assertTrue(Double.isNaN(loss.valueAndGradient(x, new int[] {2, 3}, new int[] {-100, -100}, null)));
    }

    @Test
    void classWeightsWeighTheMean() {
        float[] x = {0, 0, 0, 0};
        Loss loss = Loss.of("cross_entropy").withClassWeights(1, 3);
        assertEquals(Math.log(2), loss.valueAndGradient(x, new int[] {2, 2}, new int[] {0, 1}, null), 1e-7);
        float[] dx = new float[4];
        loss.withReduction(Reduction.SUM).valueAndGradient(x, new int[] {2, 2}, new int[] {0, 1}, dx);
        assertArrayEquals(new float[] {-0.5f, 0.5f, 1.5f, -1.5f}, dx);
    }

    @Test
    void epsilonKeepsQuotientsAndLogarithmsFinite() {
        float[] one = {1};
        float[] zero = {0};
        assertEquals(1e9, Loss.of("mape").value(one, zero), 1);
        assertEquals(400, Loss.of("mape(eps=0.25)").value(one, zero));
        float[] minusOne = {-1};
        assertEquals(Math.pow(Math.log(1e-7), 2), Loss.of("msle").value(minusOne, zero), 1e-6);
        assertEquals(Math.pow(Math.log(0.5), 2), Loss.of("msle(eps=0.5)").value(minusOne, zero), 1e-12);
        double[] x = {3, 4};
        double[] dx = new double[2];
        assertEquals(0, Loss.of("cosine").value(x, x), 1e-15);
        assertEquals(0.75, Loss.of("cosine(eps=10)").valueAndGradient(x, null, x, dx), 1e-15);
    }

    @Test
    void labelSmoothingMixesInTheUniformDistribution() {
        float[] x = {1, 2, 4};
        int[] shape = {1, 3};
        double plain = Loss.of("cross_entropy").valueAndGradient(x, shape, new int[] {2}, null);
        double uniform =
                Loss.of("cross_entropy").valueAndGradient(x, shape, new float[] {1 / 3f, 1 / 3f, 1 / 3f}, null);
        double smoothed = Loss.of("cross_entropy", Map.of("label_smoothing", 0.3))
                .valueAndGradient(x, shape, new int[] {2}, null);
        assertEquals(0.7 * plain + 0.3 * uniform, smoothed, 1e-6);
    }

    @Test
    void positiveWeightsAreSpreadOverTheLastDimension() {
        float[] z = {1, -2, 0.5f, 3};
        float[] t = {1, 0, 0.5f, 1};
        float[] losses = new float[4];
        Loss.of("bce_with_logits")
                .withPosWeight(new float[] {2, 5}, 2)
                .withReduction(Reduction.NONE)
                .compute(z, new int[] {2, 2}, t, null, null, null, losses);
        double[] weight = {2, 5, 2, 5};
        for (int i = 0; i < 4; i++) {
            double bend = Math.log1p(Math.exp(-Math.abs(z[i]))) + Math.max(-z[i], 0);
            assertEquals((1 - t[i]) * z[i] + (1 + (weight[i] - 1) * t[i]) * bend, losses[i], 1e-6);
        }
    }

    @Test
    void misuseIsAnsweredBeforeAnythingIsWritten() {
        Loss loss = Loss.of("cross_entropy");
        float[] dx = new float[4];
        IndexOutOfBoundsException index = assertThrows(
                IndexOutOfBoundsException.class,
                () -> loss.valueAndGradient(new float[4], new int[] {2, 2}, new int[] {0, 7}, dx));
        assertEquals("target 7 at position 1 is not a class of 0..1", index.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> loss.valueAndGradient(new float[4], new int[] {2, 2}, new int[] {0}, dx));
        assertThrows(IllegalArgumentException.class, () -> Loss.of("mse").value(new float[2], new float[3]));
        assertThrows(IllegalArgumentException.class, () -> Loss.of("bce").value(new float[] {1.5f}, new float[1]));
        assertThrows(IllegalArgumentException.class, () -> Loss.of("mse").withPosWeight(new float[] {1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Loss.of("mse").withWeight(new float[3], 3).value(new float[4], new float[4]));
        assertThrows(java.util.NoSuchElementException.class, () -> Loss.of("crossentropi"));
        assertThrows(IllegalArgumentException.class, () -> Loss.of("huber", Map.of("delta", -1)));
        assertEquals(
                "cross_entropy(ignore_index=1.6777217E7)",
                Loss.of("cross_entropy(ignore_index=16777217)").toString());
        assertArrayEquals(new float[4], dx);
    }

    // Predictions away from kinks and valid targets for any loss.
    private static final class Data {
        private final LossFunction function;
        private final float[] x = new float[LENGTH];
        private final float[] targets = new float[LENGTH];
        private final long[] indices = new long[LENGTH / 5];
        private final float[] variance = new float[LENGTH];

        Data(LossFunction function, int seed) {
            this.function = function;
            Random random = new Random(seed);
            boolean probabilities = function.name().equals("bce");
            boolean signs = function.input().contains("{-1, 1}");
            for (int i = 0; i < LENGTH; i++) {
                x[i] = probabilities ? 0.1f + 0.8f * random.nextFloat() : (float) random.nextGaussian() + 0.7f;
                targets[i] = signs ? (random.nextBoolean() ? 1 : -1) : 0.05f + 0.9f * random.nextFloat();
                variance[i] = 0.5f + random.nextFloat();
            }
            if (function.name().equals("msle")) {
                for (int i = 0; i < LENGTH; i++) {
                    x[i] = Math.abs(x[i]);
                }
            }
            for (int i = 0; i < indices.length; i++) {
                indices[i] = random.nextInt(5);
            }
        }

        double compute(Loss loss, float[] at, float[] dx, float[] losses) {
            boolean classes = function.kind() == Kind.CLASSES;
            boolean gaussian = function.name().equals("gaussian_nll");
            return loss.compute(
                    at,
                    SHAPE,
                    classes ? null : targets,
                    classes ? indices : null,
                    gaussian ? variance : null,
                    dx,
                    losses);
        }
    }
}
