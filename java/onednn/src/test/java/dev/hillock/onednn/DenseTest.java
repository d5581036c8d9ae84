package dev.hillock.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Dense layers of every engine against three loops in double. */
class DenseTest {
    // Of float32 sums of products of numbers in [-1, 1), relative to max(1, sqrt(terms)).
    private static final double TOLERANCE = 2e-6;

    static Stream<Arguments> engines() {
        List<Arguments> cases = new ArrayList<>();
        int[][] shapes = {
            {1, 1, 1}, {1, 64, 10}, {7, 13, 5}, {32, 64, 128}, {200, 300, 77}, {3, 1500, 1100}, {1100, 40, 130}
        };
        for (int[] s : shapes) {
            cases.add(Arguments.of(Engine.SCALAR, s[0], s[1], s[2]));
            if (OneDnnLibrary.get().isLoaded()) {
                cases.add(Arguments.of(Engine.ONEDNN, s[0], s[1], s[2]));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void agreesWithThreeLoops(Engine engine, int rows, int inputs, int outputs) {
        Dense layer = Dense.of(inputs, outputs).engine(engine);
        Data d = new Data(rows, inputs, outputs);
        d.run(layer);
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < outputs; o++) {
                double y = d.b[o];
                for (int i = 0; i < inputs; i++) {
                    y += (double) d.x[r * inputs + i] * d.w[o * inputs + i];
                }
                near(y, d.y[r * outputs + o], inputs, "y");
            }
            for (int i = 0; i < inputs; i++) {
                double dx = 0;
                for (int o = 0; o < outputs; o++) {
                    dx += (double) d.dy[r * outputs + o] * d.w[o * inputs + i];
                }
                near(dx, d.dx[r * inputs + i], outputs, "dx");
            }
        }
        for (int o = 0; o < outputs; o++) {
            double db = 0;
            for (int r = 0; r < rows; r++) {
                db += d.dy[r * outputs + o];
            }
            near(db, d.db[o], rows, "db");
            for (int i = 0; i < inputs; i++) {
                double dw = 0;
                for (int r = 0; r < rows; r++) {
                    dw += (double) d.dy[r * outputs + o] * d.x[r * inputs + i];
                }
                near(dw, d.dw[o * inputs + i], rows, "dw");
            }
        }
    }

    private static void near(double expected, float actual, int terms, String what) {
        assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.sqrt(terms)), what);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theNumberOfThreadsChangesNothing(Engine engine, int rows, int inputs, int outputs) {
        Data one = new Data(rows, inputs, outputs);
        one.run(Dense.of(inputs, outputs).engine(engine));
        ForkJoinPool pool = new ForkJoinPool(3);
        try {
            Data many = new Data(rows, inputs, outputs);
            many.run(Dense.of(inputs, outputs).engine(engine).threads(pool, 4));
            assertArrayEquals(one.y, many.y);
            assertArrayEquals(one.dx, many.dx);
            assertArrayEquals(one.dw, many.dw);
            assertArrayEquals(one.db, many.db);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void anActivationFollowsFusedOrNot() {
        Drivers.required();
        Data plain = new Data(20, 30, 40);
        plain.run(Dense.of(30, 40));
        float[] after = plain.y.clone();
        Activation.of("relu").forwardInPlace(after);
        Data auto = new Data(20, 30, 40);
        auto.run(Dense.of(30, 40).activation(Activation.of("relu")));
        assertArrayEquals(after, auto.y, "relu after the product");
        Kernels reference = Kernels.builder().engine(Engine.REFERENCE).build();
        for (Activation f :
                List.of(Activation.of("relu"), Activation.gelu(), Activation.selu(), Activation.of("tanh"))) {
            float[] expected = new float[plain.y.length];
            reference.forward(f, plain.y, expected);
            Data fused = new Data(20, 30, 40);
            fused.run(Dense.of(30, 40).engine(Engine.ONEDNN).activation(f));
            assertArrayEquals(expected, fused.y, 1e-5f, f + " fused");
        }
    }

    @Test
    void noBiasAndNoRows() {
        Dense layer = Dense.of(2, 3);
        float[] y = new float[3];
        layer.forward(1, new float[] {1, 2}, new float[] {1, 0, 0, 1, 1, 1}, null, y);
        assertArrayEquals(new float[] {1, 2, 3}, y);
        float[] dw = {1, 1, 1, 1, 1, 1};
        float[] db = {1, 1, 1};
        layer.forward(0, new float[0], new float[6], null, new float[0]);
        layer.backwardInput(0, new float[6], new float[0], new float[0]);
        layer.backwardWeights(0, new float[0], new float[0], dw);
        layer.backwardBias(0, new float[0], db);
        assertArrayEquals(new float[6], dw);
        assertArrayEquals(new float[3], db);
    }

    @Test
    void misuseIsAnsweredBeforeAnythingIsWritten() {
        Dense layer = Dense.of(2, 3);
        float[] w = new float[6];
        float[] y = {7, 7, 7};
        assertMessage("x", assertThrows(NullPointerException.class, () -> layer.forward(1, null, w, null, y)));
        assertMessage(
                "w has 5 elements, [3, 2] needs 6",
                assertThrows(
                        IllegalArgumentException.class, () -> layer.forward(1, new float[2], new float[5], null, y)));
        assertMessage(
                "y and b are the same array",
                assertThrows(IllegalArgumentException.class, () -> layer.forward(1, new float[2], w, y, y)));
        assertMessage(
                "rows must not be negative, but is -1",
                assertThrows(IllegalArgumentException.class, () -> layer.backwardBias(-1, new float[3], y)));
        assertThrows(IllegalArgumentException.class, () -> Dense.of(0, 1));
        assertThrows(IllegalArgumentException.class, () -> layer.engine(Engine.REFERENCE));
        assertThrows(IllegalArgumentException.class, () -> layer.threads(ForkJoinPool.commonPool(), 0));
        assertArrayEquals(new float[] {7, 7, 7}, y);
    }

    private static void assertMessage(String expected, Exception actual) {
        assertTrue(actual.getMessage().contains(expected), actual.getMessage());
    }

    /** A layer's arrays, the same for the same sizes. */
    private static final class Data {
        final int rows;
        final float[] x;
        final float[] w;
        final float[] b;
        final float[] dy;
        final float[] y;
        final float[] dx;
        final float[] dw;
        final float[] db;

        Data(int rows, int inputs, int outputs) {
            this.rows = rows;
            x = unit(rows * inputs, 1);
            w = unit(outputs * inputs, 2);
            b = unit(outputs, 3);
            dy = unit(rows * outputs, 4);
            y = new float[rows * outputs];
            dx = new float[rows * inputs];
            dw = new float[outputs * inputs];
            db = new float[outputs];
        }

        void run(Dense layer) {
            layer.forward(rows, x, w, b, y);
            layer.backwardInput(rows, w, dy, dx);
            layer.backwardWeights(rows, x, dy, dw);
            layer.backwardBias(rows, dy, db);
        }

        private static float[] unit(int count, long seed) {
            float[] values = OneDnnEngineTest.values(count, seed);
            for (int i = 0; i < count; i++) {
                values[i] /= 8;
            }
            return values;
        }
    }
}
