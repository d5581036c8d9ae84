package dev.hillock.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.Prelu;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parametric ReLU of the engine ONEDNN, against SCALAR: the same but for alpha's gradient, a sum of floats. */
class OneDnnPreluTest {
    private static final double TOLERANCE = 1e-4;
    private static final Kernels SCALAR =
            Kernels.builder().engine(Engine.SCALAR).build();

    // One alpha; runs; columns; a block that is cut into slices, into channels with gaps and into parts of a run.
    private static final int[][] SHAPES = {
        {100}, {200_001}, {6, 5, 7, 7}, {3, 4, 1000}, {300, 17}, {3000, 64}, {2, 90_000}, {1, 3, 70_001}, {40, 70, 49}
    };

    @BeforeAll
    static void theDriverIsHere() {
        Drivers.required();
    }

    private static Kernels kernels(int threads) {
        return Kernels.builder().engine(Engine.ONEDNN).threads(threads).build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyShapeIsServed(int threads) {
        for (int[] shape : SHAPES) {
            int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            int channels = shape.length == 1 ? 1 : shape[1];
            float[] x = OneDnnEngineTest.values(count, 1);
            float[] dy = OneDnnEngineTest.values(count, 2);
            Prelu prelu = Prelu.of(1, OneDnnEngineTest.values(channels, 3), channels);
            float[] y = new float[count];
            float[] wantedY = new float[count];
            float[] dx = dy.clone();
            float[] wantedDx = new float[count];
            float[] dAlpha = new float[channels];
            float[] wantedDAlpha = new float[channels];
            prelu.forward(SCALAR, x, shape, wantedY);
            prelu.backward(SCALAR, x, dy, shape, wantedDx, wantedDAlpha);
            prelu.forward(kernels(threads), x, shape, y);
            prelu.backward(kernels(threads), x, dx, shape, dx, dAlpha);
            String where = Arrays.toString(shape);
            assertArrayEquals(wantedY, y, where);
            assertArrayEquals(wantedDx, dx, where);
            for (int c = 0; c < channels; c++) {
                // Of the sum of the sizes of its terms.
                double magnitude = 32.0 * count / channels;
                assertEquals(wantedDAlpha[c], dAlpha[c], TOLERANCE * magnitude, where + " at " + c);
            }
            prelu.backward(kernels(threads), x, dy, shape, dy, null);
            assertArrayEquals(wantedDx, dy, where + " without alpha's gradient");
            prelu.forward(kernels(threads), x, shape, x);
            assertArrayEquals(wantedY, x, where + " in place");
        }
    }

    // Where it keeps the primitives of the calling thread, it has run some.
    @Test
    void itIsOneDnnThatRuns() {
        int before = OneDnn.hillock_onednn_cached_primitives();
        float[] x = OneDnnEngineTest.values(77, 1);
        Prelu.shared(0.25f).forward(kernels(1), x, new int[] {77}, x);
        Prelu.shared(0.25f).backward(kernels(1), x, x, new int[] {77}, x, null);
        int after = OneDnn.hillock_onednn_cached_primitives();
        assertTrue(after == before + 2 || after == OneDnn.HILLOCK_ONEDNN_CACHE_CAPACITY, before + " to " + after);
    }

    @Test
    void doublesAreRefused() {
        double[] x = {-1, 1};
        String message = assertThrows(
                        IllegalStateException.class, () -> Prelu.shared(0.25f).forward(kernels(1), x, new int[] {2}, x))
                .getMessage();
        assertEquals("engine onednn has no prelu for FLOAT64", message);
        assertArrayEquals(new double[] {-1, 1}, x);
    }
}
