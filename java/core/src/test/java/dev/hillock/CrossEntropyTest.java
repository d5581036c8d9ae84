package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.Losses;
import dev.hillock.loss.ClassLoss;
import dev.hillock.loss.LossCall;
import dev.hillock.loss.Reals;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cross-entropy in single precision against the same loss in double precision. */
class CrossEntropyTest {
    private static final LossFunction FUNCTION = Losses.loss("cross_entropy");
    private static final int IGNORED = -100;

    static Stream<int[]> shapes() {
        return Stream.of(
                new int[] {1, 1},
                new int[] {3, 2},
                new int[] {70, 1000},
                new int[] {2, 50257},
                new int[] {4, 7, 3},
                new int[] {2, 300, 5, 9},
                new int[] {11});
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void agreesWithDoublePrecision(int[] shape) {
        for (double smoothing : new double[] {0, 0.1}) {
            for (boolean weighted : new boolean[] {false, true}) {
                Case c = new Case(shape, weighted, 3);
                double[] p = {IGNORED, smoothing};
                float[] expected = new float[c.x.length];
                float[] expectedLosses = new float[c.targets.length];
                double sum = ClassLoss.run(FUNCTION, p, c.call(c.x, expected, expectedLosses), 0.25);
                float[] actual = new float[c.x.length];
                float[] losses = new float[c.targets.length];
                assertEquals(sum, c.run(smoothing, c.x, actual, losses, 1), 1e-6 * Math.max(1, sum));
                assertArrayEquals(expected, actual, 5e-7f);
                assertArrayEquals(expectedLosses, losses, 1e-5f);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theBitsDependOnNeitherThreadsNorPlace(int[] shape) {
        Case c = new Case(shape, true, 3);
        float[] alone = new float[c.x.length];
        double value = c.run(0.1, c.x, alone, null, 1);
        float[] together = new float[c.x.length];
        assertEquals(value, c.run(0.1, c.x, together, null, 4));
        assertArrayEquals(alone, together);
        assertEquals(value, c.run(0.1, c.x, null, null, 2));
        float[] inPlace = c.x.clone();
        assertEquals(value, c.run(0.1, inPlace, inPlace, null, 2));
        assertArrayEquals(alone, inPlace);
    }

    @Test
    void helpersComeFromThePoolOfTheKernels() {
        CountedPool pool = new CountedPool();
        Case c = new Case(new int[] {70, 1000}, false, 3);
        CrossEntropy.run(c.call(c.x, c.x, null), IGNORED, 0, 1, pool.kernels());
        pool.requireAsked();
    }

    @Test
    void hugeLogitsStayExact() {
        float[] x = {1e4f, -1e4f, 0, -1e4f, 1e4f, 0};
        float[] dx = new float[6];
        float[] losses = new float[2];
        Loss.of("cross_entropy")
                .withReduction(Reduction.NONE)
                .compute(x, new int[] {2, 3}, null, new long[] {1, 1}, null, dx, losses);
        assertArrayEquals(new float[] {2e4f, 0}, losses);
        assertArrayEquals(new float[] {1, -1, 0, 0, 0, 0}, dx);
    }

    @Test
    void rowsWithoutAValueAreNaNAndIgnoredOnesZero() {
        float inf = Float.POSITIVE_INFINITY;
        float[] x = {-inf, -inf, inf, 0, Float.NaN, 0, Float.NaN, 0, -inf, 0};
        float[] dx = new float[10];
        float[] losses = new float[5];
        Loss.of("cross_entropy")
                .withReduction(Reduction.NONE)
                .compute(x, new int[] {5, 2}, null, new long[] {0, 0, 1, IGNORED, 0}, null, dx, losses);
        assertTrue(Float.isNaN(losses[0]) && Float.isNaN(losses[1]) && Float.isNaN(losses[2]));
        assertTrue(Float.isNaN(dx[0]) && Float.isNaN(dx[2]) && Float.isNaN(dx[5]));
        assertEquals(0, losses[3]);
        assertEquals(0, dx[6]);
        assertEquals(inf, losses[4]);
        assertEquals(-1, dx[8]);
    }

    private static final class Case {
        private final int[] shape;
        private final float[] x;
        private final long[] targets;
        private final double[] weights;

        Case(int[] shape, boolean weighted, double spread) {
            this.shape = shape;
            int classes = shape.length == 1 ? shape[0] : shape[1];
            int length = 1;
            for (int size : shape) {
                length *= size;
            }
            Random random = new Random(length);
            x = new float[length];
            for (int i = 0; i < length; i++) {
                x[i] = (float) (random.nextGaussian() * spread);
            }
            targets = new long[length / classes];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = i % 5 == 4 ? IGNORED : random.nextInt(classes);
            }
            weights = weighted ? new double[classes] : null;
            for (int k = 0; weighted && k < classes; k++) {
                weights[k] = 0.5f + random.nextFloat();
            }
        }

        LossCall call(float[] at, float[] dx, float[] losses) {
            int axis = shape.length == 1 ? 0 : 1;
            return new LossCall(
                    Reals.of(at),
                    shape,
                    axis,
                    null,
                    targets,
                    null,
                    null,
                    null,
                    weights,
                    Reals.of(dx),
                    Reals.of(losses));
        }

        double run(double smoothing, float[] at, float[] dx, float[] losses, int threads) {
            Kernels kernels = Kernels.builder().threads(threads).build();
            return CrossEntropy.run(call(at, dx, losses), IGNORED, smoothing, 0.25, kernels);
        }
    }
}
