package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.Activation;
import dev.hillock.Engine;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Gradients of gated units: plain Java's bits, whichever input a result replaces. */
class GatedGradientsTest {
    private static final Activation F = Activation.silu();
    // Around the length of a vector, of a block and of what one crossing takes.
    private static final int[][] SHAPES = {
        {1, 1}, {3, 17}, {7, 1023}, {5, 1024}, {2, 1025}, {9, 2500}, {70, 1000}, {3000, 50}, {1, 65536}, {2, 65537}
    };

    private final Random random = new Random(9);

    private float[] values(int n) {
        return RowKernelsTest.values(n, 3, random.nextLong());
    }

    // What a result lies in; dy only where it lies as the gate does.
    private enum Replaced {
        NONE,
        GATE,
        VALUE,
        DY
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            mode = Mode.INCLUDE,
            names = {"NATIVE", "VECTOR"})
    void aResultMayReplaceAnInput(Engine engine) {
        KernelEngine tested = Engines.get(engine);
        assumeTrue(tested.availability().isAvailable());
        for (int[] shape : SHAPES) {
            // Rows that lie apart, as the halves of a packed array do.
            for (int gap : new int[] {0, shape[1]}) {
                assertReplaces(tested, new GatedRows(shape[0], shape[1], shape[1] + gap, 1));
            }
        }
    }

    private void assertReplaces(KernelEngine tested, GatedRows rows) {
        int n = (int) (rows.rows() * rows.rowStride());
        float[] gate = values(n);
        float[] value = values(n);
        float[] dy = values(n);
        float[][] expected = {new float[n], new float[n]};
        run(Engines.get(Engine.SCALAR), rows, gate, value, dy, expected[0], expected[1]);
        for (Replaced first : Replaced.values()) {
            for (Replaced second : Replaced.values()) {
                boolean isOne = first == second && first != Replaced.NONE;
                boolean isDy = first == Replaced.DY || second == Replaced.DY;
                if (isOne || isDy && rows.rowStride() != rows.length()) {
                    continue;
                }
                float[][] inputs = {new float[n], gate.clone(), value.clone(), dy.clone()};
                float[] dGate = inputs[first.ordinal()];
                float[] dValue = second == Replaced.NONE ? new float[n] : inputs[second.ordinal()];
                run(tested, rows, inputs[1], inputs[2], inputs[3], dGate, dValue);
                String what = rows + ", dGate in place of " + first + ", dValue of " + second;
                assertSame(rows, expected[0], dGate, what);
                assertSame(rows, expected[1], dValue, what);
            }
        }
    }

    private static void run(
            KernelEngine engine,
            GatedRows rows,
            float[] gate,
            float[] value,
            float[] dy,
            float[] dGate,
            float[] dValue) {
        double[] p = {};
        engine.fused().gatedBackward(F.function(), p, rows, gate, 0, value, 0, dy, dGate, dValue);
    }

    private static void assertSame(GatedRows rows, float[] expected, float[] actual, String what) {
        int length = (int) rows.length();
        float[] wanted = new float[length];
        float[] got = new float[length];
        for (int row = 0; row < rows.rows(); row++) {
            int at = (int) (row * rows.rowStride());
            System.arraycopy(expected, at, wanted, 0, length);
            System.arraycopy(actual, at, got, 0, length);
            assertArrayEquals(wanted, got, what);
        }
    }
}
