package dev.hillock.explore;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How a gradient fares on its way back through a plain network of random weights.
 *
 * @param layers the mean magnitude of the gradient at each layer's input to the activation, the first layer first
 * @param steepest the largest magnitude of the activation's slope: its n-th power bounds the product of n slopes
 */
record Gradients(double[] layers, float steepest) {
    /** How the weights are drawn: normal, with this variance for a layer of n inputs and n outputs. */
    enum Initialization {
        /** 2 / n. */
        HE(2),
        /** 2 / (n + n), which for these square layers is LeCun's 1 / n too. */
        XAVIER(1),
        /** A tenth of Xavier's: weights that are too small. */
        SMALL(0.1);

        private final double gain;

        Initialization(double gain) {
            this.gain = gain;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The deepest network served. */
    static final int DEEPEST = 50;

    private static final int WIDTH = 32;
    private static final int BATCH = 32;
    private static final long SEED = 20;

    // Drawn once, of variance 1: every network has the same, scaled.
    private static final float[][] WEIGHTS = new float[DEEPEST][];

    private static final float[] INPUT;
    private static final float[] GRADIENT;

    static {
        Random random = new Random(SEED);
        INPUT = normal(random, BATCH * WIDTH);
        GRADIENT = normal(random, BATCH * WIDTH);
        for (int layer = 0; layer < DEEPEST; layer++) {
            WEIGHTS[layer] = normal(random, WIDTH * WIDTH);
        }
    }

    private static float[] normal(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static Gradients of(Activation activation, int depth, Initialization initialization) {
        float scale = (float) Math.sqrt(initialization.gain / WIDTH);
        float[][] before = new float[depth][BATCH * WIDTH];
        float[] y = INPUT.clone();
        for (int layer = 0; layer < depth; layer++) {
            multiply(y, WEIGHTS[layer], scale, before[layer]);
            Kernels.defaults().forward(activation, before[layer], y);
        }
        float[] dy = GRADIENT.clone();
        double[] magnitudes = new double[depth];
        for (int layer = depth - 1; layer >= 0; layer--) {
            Kernels.defaults().backward(activation, before[layer], dy, dy);
            magnitudes[layer] = meanMagnitude(dy);
            dy = multiplyTransposed(dy, WEIGHTS[layer], scale);
        }
        return new Gradients(magnitudes, Curve.steepest(activation));
    }

    private static double meanMagnitude(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += Math.abs(value);
        }
        return sum / values.length;
    }

    private static void multiply(float[] x, float[] weights, float scale, float[] product) {
        Arrays.fill(product, 0);
        for (int row = 0; row < BATCH; row++) {
            for (int k = 0; k < WIDTH; k++) {
                float factor = scale * x[row * WIDTH + k];
                for (int column = 0; column < WIDTH; column++) {
                    product[row * WIDTH + column] += factor * weights[k * WIDTH + column];
                }
            }
        }
    }

    private static float[] multiplyTransposed(float[] dy, float[] weights, float scale) {
        float[] dx = new float[dy.length];
        for (int row = 0; row < BATCH; row++) {
            for (int k = 0; k < WIDTH; k++) {
                float sum = 0;
                for (int column = 0; column < WIDTH; column++) {
                    sum += dy[row * WIDTH + column] * weights[k * WIDTH + column];
                }
                dx[row * WIDTH + k] = scale * sum;
            }
        }
        return dx;
    }
}
