package dev.hillock.lab.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
    private final Compute compute = Compute.defaults();

    @ParameterizedTest
    @CsvSource({"1, 4, 5", "2, 2, 3", "3, 2, 2"})
    void everyOutputIsTheSumOfItsPatch(int stride, int height, int width) {
        Shape shape = new Shape(4, 5, 2);
        Convolution layer = new Convolution(compute, shape, 3, 3, 1, stride);
        assertEquals(new Shape(height, width, 3), layer.outputShape());
        int rows = 2;
        float[] x = new float[rows * shape.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i * 7 % 11) - 5;
        }
        float[] w = layer.parameters().get(0).value();
        for (int i = 0; i < w.length; i++) {
            w[i] = (i * 5 % 13) - 6;
        }
        float[] b = layer.parameters().get(1).value();
        b[1] = 100;
        float[] y = new float[rows * layer.outputShape().size()];
        layer.forward(rows, x, y, false);
        int at = 0;
        for (int r = 0; r < rows; r++) {
            for (int oy = 0; oy < height; oy++) {
                for (int ox = 0; ox < width; ox++) {
                    for (int o = 0; o < 3; o++) {
                        assertEquals(b[o] + sum(x, w, r, oy * stride, ox * stride, o), y[at++]);
                    }
                }
            }
        }
    }

    private static float sum(float[] x, float[] w, int r, int oy, int ox, int o) {
        float sum = 0;
        for (int ky = 0; ky < 3; ky++) {
            for (int kx = 0; kx < 3; kx++) {
                int iy = oy + ky - 1;
                int ix = ox + kx - 1;
                for (int c = 0; c < 2 && iy >= 0 && iy < 4 && ix >= 0 && ix < 5; c++) {
                    sum += x[((r * 4 + iy) * 5 + ix) * 2 + c] * w[((o * 3 + ky) * 3 + kx) * 2 + c];
                }
            }
        }
        return sum;
    }

    @Test
    void poolsKeepTheLargestAndSendTheGradientThere() {
        MaxPool pool = new MaxPool(compute, new Shape(2, 5, 1), 2);
        float[] x = {1, 4, 2, 2, 9, 3, 0, 1, 2, 9};
        float[] y = new float[2];
        pool.forward(1, x, y, true);
        assertArrayEquals(new float[] {4, 2}, y);
        float[] dx = new float[10];
        pool.backward(1, x, y, new float[] {5, 6}, dx);
        assertArrayEquals(new float[] {0, 5, 6, 0, 0, 0, 0, 0, 0, 0}, dx);
    }

    @Test
    void overlappingPoolsAddTheirGradients() {
        MaxPool pool = new MaxPool(compute, new Shape(2, 4, 1), 2, 1);
        float[] x = {1, 7, 2, 3, 4, 5, 6, 0};
        float[] y = new float[3];
        pool.forward(1, x, y, true);
        assertArrayEquals(new float[] {7, 7, 6}, y);
        float[] dx = new float[8];
        pool.backward(1, x, y, new float[] {1, 2, 4}, dx);
        assertArrayEquals(new float[] {0, 3, 0, 0, 0, 0, 4, 0}, dx);
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Convolution(compute, new Shape(2, 2, 1), 1, 3, 0));
        assertThrows(IllegalArgumentException.class, () -> new Convolution(compute, new Shape(2, 2, 1), 1, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new MaxPool(compute, new Shape(2, 2, 1), 3));
    }
}
