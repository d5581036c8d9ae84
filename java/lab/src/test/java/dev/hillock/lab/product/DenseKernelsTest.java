package dev.hillock.lab.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DenseKernelsTest {
    static Stream<DenseKernels> kernels() {
        List<DenseKernels> kernels = new ArrayList<>(List.of(new JavaDenseKernels(new Parallel(1))));
        if (OneDnnDenseKernels.isAvailable()) {
            kernels.add(new OneDnnDenseKernels(1));
        }
        return kernels.stream();
    }

    private static float[] random(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void productsAreThoseOfTheTextbook(DenseKernels kernels) {
        for (int[] sizes : new int[][] {{1, 1, 1}, {3, 5, 7}, {32, 64, 10}, {33, 17, 129}}) {
            int rows = sizes[0];
            int inputs = sizes[1];
            int outputs = sizes[2];
            float[] x = random(rows * inputs, 1);
            float[] w = random(outputs * inputs, 2);
            float[] b = random(outputs, 3);
            float[] dy = random(rows * outputs, 4);
            float[] y = new float[rows * outputs];
            float[] dx = new float[rows * inputs];
            float[] dw = new float[outputs * inputs];
            kernels.forward(rows, inputs, outputs, x, w, b, y);
            kernels.backwardInput(rows, inputs, outputs, dy, w, dx);
            kernels.backwardWeights(rows, inputs, outputs, dy, x, dw);
            double[] wantY = new double[y.length];
            double[] wantDx = new double[dx.length];
            double[] wantDw = new double[dw.length];
            for (int r = 0; r < rows; r++) {
                for (int o = 0; o < outputs; o++) {
                    wantY[r * outputs + o] = b[o];
                    for (int i = 0; i < inputs; i++) {
                        wantY[r * outputs + o] += (double) x[r * inputs + i] * w[o * inputs + i];
                        wantDx[r * inputs + i] += (double) dy[r * outputs + o] * w[o * inputs + i];
                        wantDw[o * inputs + i] += (double) dy[r * outputs + o] * x[r * inputs + i];
                    }
                }
            }
            close("y", wantY, y);
            close("dx", wantDx, dx);
            close("dw", wantDw, dw);
        }
    }

    private static void close(String name, double[] want, float[] got) {
        for (int i = 0; i < want.length; i++) {
            assertEquals(want[i], got[i], 2e-5, name + "[" + i + "]");
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void threadsDoNotChangeTheBits(DenseKernels one) {
        int rows = 500;
        int inputs = 130;
        int outputs = 150;
        float[] x = random(rows * inputs, 5);
        float[] w = random(outputs * inputs, 6);
        float[] dy = random(rows * outputs, 7);
        try (Parallel parallel = new Parallel(3)) {
            DenseKernels three =
                    one instanceof JavaDenseKernels ? new JavaDenseKernels(parallel) : new OneDnnDenseKernels(3);
            float[][] results = new float[6][];
            int i = 0;
            for (DenseKernels kernels : List.of(one, three)) {
                kernels.forward(rows, inputs, outputs, x, w, null, results[i++] = new float[rows * outputs]);
                kernels.backwardInput(rows, inputs, outputs, dy, w, results[i++] = new float[rows * inputs]);
                kernels.backwardWeights(rows, inputs, outputs, dy, x, results[i++] = new float[outputs * inputs]);
            }
            for (int k = 0; k < 3; k++) {
                assertArrayEquals(results[k], results[k + 3]);
            }
        }
    }
}
