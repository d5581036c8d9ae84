package dev.hillock.engine;

import static dev.hillock.engine.EngineCases.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hillock.Engine;
import dev.hillock.catalogue.LossKernel;
import dev.hillock.engine.EngineCases.Named;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses return SCALAR's bits on every engine and instruction set: sums, terms and gradients. */
class SameLossBitsTest {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        0.5f,
        1f / 3,
        2f / 3,
        Math.nextDown(1f),
        Math.nextUp(1f),
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Math.nextDown(Float.MIN_NORMAL),
        1e-30f,
        1e-8f,
        20f,
        -20f,
        88.8f,
        -88.8f,
        104f,
        -106f,
        1e4f,
        -1e4f,
        1e30f,
        -1e30f,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    private record Result(double sum, float[] terms, float[] dx) {}

    private static Stream<double[]> parameters(LossKernel loss) {
        return switch (loss) {
            case SMOOTH_L1 -> Stream.of(new double[] {1, 1}, new double[] {0.3, 1 / 0.3}, new double[] {0, 1 / 0.0});
            case HUBER -> Stream.of(new double[] {1}, new double[] {0.3}, new double[] {0});
            case QUANTILE -> Stream.of(new double[] {0.5, -0.5}, new double[] {0.9, -0.1});
            case HINGE, SQUARED_HINGE, HINGE_EMBEDDING -> Stream.of(new double[] {1}, new double[] {0.7});
            case BCE_WITH_LOGITS -> Stream.of(new double[] {1, 0}, new double[] {0.9, 0.05});
            case FOCAL ->
                Stream.of(
                        new double[] {2, 0.25, 0.75}, new double[] {0, 1, 1}, new double[] {1, 0.1, 0.9}, new double[] {
                            5, 0.5, 0.5
                        });
            case POISSON_NLL_RATE -> Stream.of(new double[] {1e-8}, new double[] {0});
            default -> Stream.of(new double[0]);
        };
    }

    private static Result run(
            LossKernels kernels, LossKernel loss, double[] p, float[] x, float[] t, float[] weight, int offset) {
        int length = x.length - offset;
        float[] terms = new float[x.length];
        float[] dx = new float[x.length];
        double sum = kernels.run(
                loss, p, new LossOperands(x, offset, t, offset, weight, terms, offset, dx, offset, length), 0.37);
        double alone =
                kernels.run(loss, p, new LossOperands(x, offset, t, offset, weight, null, 0, null, 0, length), 1);
        assertEquals(Double.doubleToLongBits(sum), Double.doubleToLongBits(alone), "the sum alone");
        return new Result(sum, terms, dx);
    }

    private static void compare(LossKernel loss, float[] x, float[] t, float[] weight, int offset) {
        LossKernels scalar = Engines.get(Engine.SCALAR).losses();
        parameters(loss).forEach(p -> {
            Result expected = run(scalar, loss, p, x, t, weight, offset);
            for (Named named : EngineCases.identical()) {
                String where = loss + Arrays.toString(p) + " on " + named;
                Result actual = run(named.engine().losses(), loss, p, x, t, weight, offset);
                for (int i = 0; i < x.length; i++) {
                    if (bits(expected.terms[i]) != bits(actual.terms[i])
                            || bits(expected.dx[i]) != bits(actual.dx[i])) {
                        String at = where + " at x = " + x[i] + ", t = " + t[i];
                        assertEquals(Float.toHexString(expected.terms[i]), Float.toHexString(actual.terms[i]), at);
                        assertEquals(Float.toHexString(expected.dx[i]), Float.toHexString(actual.dx[i]), at);
                    }
                }
                assertEquals(Double.toHexString(expected.sum), Double.toHexString(actual.sum), where + ", sum");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(LossKernel.class)
    void atSpecialValues(LossKernel loss) {
        int n = SPECIAL.length;
        float[] x = new float[n * n];
        float[] t = new float[n * n];
        for (int i = 0; i < x.length; i++) {
            x[i] = SPECIAL[i / n];
            t[i] = SPECIAL[i % n];
        }
        compare(loss, x, t, null, 0);
    }

    @ParameterizedTest
    @EnumSource(LossKernel.class)
    void atAnyMagnitude(LossKernel loss) {
        Random random = new Random(7);
        float[] x = new float[5000];
        float[] t = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(random.nextInt());
            t[i] = i % 3 == 0 ? Float.intBitsToFloat(random.nextInt()) : i % 3 == 1 ? i % 2 : random.nextFloat();
        }
        compare(loss, x, t, null, 0);
    }

    @ParameterizedTest
    @EnumSource(LossKernel.class)
    void atAnyLengthAndOffsetWithWeights(LossKernel loss) {
        Random random = new Random(8);
        for (int length = 0; length <= 67; length++) {
            compare(loss, random, length, length % 5);
        }
        compare(loss, random, 256, 0);
        compare(loss, random, 3 * 256 + 41, 3);
    }

    private static void compare(LossKernel loss, Random random, int length, int offset) {
        float[] x = new float[length + offset];
        float[] t = new float[length + offset];
        float[] weight = new float[length];
        for (int i = 0; i < x.length; i++) {
            x[i] = 4 * random.nextFloat() - 1.5f;
            t[i] = random.nextBoolean() ? 1 : random.nextFloat();
        }
        for (int i = 0; i < length; i++) {
            weight[i] = random.nextFloat();
        }
        compare(loss, x, t, length % 2 == 0 ? weight : null, offset);
    }

    @ParameterizedTest
    @EnumSource(LossKernel.class)
    void inPlace(LossKernel loss) {
        Random random = new Random(9);
        float[] x = new float[300];
        float[] t = new float[300];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat();
            t[i] = random.nextFloat();
        }
        double[] p = parameters(loss).findFirst().orElseThrow();
        for (Named named : EngineCases.identical()) {
            Result expected = run(named.engine().losses(), loss, p, x, t, null, 0);
            float[] both = x.clone();
            named.engine().losses().run(loss, p, new LossOperands(both, 0, t, 0, null, null, 0, both, 0, 300), 0.37);
            assertArrayEquals(expected.dx, both, loss + " on " + named);
        }
    }
}
