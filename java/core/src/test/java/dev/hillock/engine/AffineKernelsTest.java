package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.Activation;
import dev.hillock.AxisLayout;
import dev.hillock.Engine;
import dev.hillock.catalogue.Function;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Functions behind a scale and a shift: values, gradients and the channels' sums have plain Java's bits. */
class AffineKernelsTest {
    // Around the length of a block, of a vector and of what one crossing takes; few and many channels.
    private static final int[][] SHAPES = {
        {1, 1, 1}, {5, 3, 1}, {70, 33, 1}, {400, 5, 1}, {3, 1024, 1}, {3, 1025, 1}, {2, 2500, 1}, {70, 1000, 1},
        {1, 70000, 1}, {2, 3, 50}, {7, 5, 300}, {3, 40, 49}, {2, 2, 1023}, {2, 2, 1024}, {2, 2, 1025}, {2, 2, 2500},
        {9, 4, 2048}, {2, 3, 70000}, {1, 1, 65537}, {30, 600, 4}
    };
    private static final Activation F = Activation.leakyRelu(0.1f);

    private final Random random = new Random(5);

    private float[] values(int n) {
        return RowKernelsTest.values(n, 3, random.nextLong());
    }

    // Of many sizes: sums of like numbers are exact in double, whatever their order.
    private float[] wide(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.scalb(values[i], random.nextInt(80) - 40);
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            mode = Mode.INCLUDE,
            names = {"NATIVE", "VECTOR"})
    void bitsArePlainJavas(Engine engine) {
        KernelEngine tested = Engines.get(engine);
        assumeTrue(tested.availability().isAvailable());
        for (int[] shape : SHAPES) {
            AxisLayout layout = AxisLayout.of(shape, 1);
            int n = (int) layout.count();
            int channels = shape[1];
            float[] x = values(n);
            float[] dy = wide(values(n));
            float[] shift = values(channels);
            for (float[] scale : new float[][] {null, values(channels)}) {
                String what = shape[0] + "x" + channels + "x" + shape[2] + (scale == null ? "" : ", scaled");
                Result expected = run(Engines.get(Engine.SCALAR), layout, x, scale, shift, dy, new float[n]);
                expected.assertSame(run(tested, layout, x, scale, shift, dy, new float[n]), what);
                float[] inX = x.clone();
                expected.assertSame(run(tested, layout, inX, scale, shift, dy, inX), what + ", in place of x");
                float[] inDy = dy.clone();
                expected.assertSame(run(tested, layout, x, scale, shift, inDy, inDy), what + ", in place of dy");
            }
        }
    }

    private record Result(float[] y, float[] dx, double[] dScale, double[] dShift) {
        void assertSame(Result other, String what) {
            assertArrayEquals(y, other.y, "y of " + what);
            assertArrayEquals(dx, other.dx, "dx of " + what);
            assertArrayEquals(dScale, other.dScale, "dScale of " + what);
            assertArrayEquals(dShift, other.dShift, "dShift of " + what);
        }
    }

    private static Result run(
            KernelEngine engine, AxisLayout layout, float[] x, float[] scale, float[] shift, float[] dy, float[] dx) {
        Function f = F.function();
        double[] p = {0.1f};
        int channels = (int) layout.axis();
        float[] y = new float[x.length];
        double[] dScale = scale == null ? null : new double[channels];
        double[] dShift = new double[channels];
        engine.fused().affineForward(f, p, layout, x, scale, shift, y);
        engine.fused().affineBackward(f, p, layout, x, scale, shift, dy, dx, dScale, dShift);
        return new Result(y, dx, dScale, dShift);
    }
}
