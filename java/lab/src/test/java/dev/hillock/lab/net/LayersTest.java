package dev.hillock.lab.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.GatedUnit;
import dev.hillock.engine.Engines;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayersTest {
    private static float[] random(int length) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) (6 * random.nextDouble() - 2);
        }
        return x;
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "SCALAR", "VECTOR", "NATIVE", "ONEDNN", "REFERENCE"})
    void aGatedLayerIsTheActivationOfTheGatesTimesTheValues(Engine engine) {
        if (engine != Engine.AUTO && !Engines.get(engine).availability().isAvailable()) {
            return;
        }
        int rows = 5;
        GatedLayer layer = new GatedLayer(Compute.on(engine, 1), new Shape(2, 1, 6), GatedUnit.of("swiglu"));
        assertEquals(new Shape(2, 1, 3), layer.outputShape());
        // Arrays may be longer than the batch.
        float[] x = random(rows * 12 + 7);
        float[] y = new float[rows * 6 + 9];
        Arrays.fill(y, 99f);
        layer.forward(rows, x, y, true);
        double bound = engine == Engine.ONEDNN ? 1e-5 : 1e-6;
        for (int place = 0; place < rows * 2; place++) {
            for (int c = 0; c < 3; c++) {
                double gate = x[place * 6 + c];
                double expected = gate / (1 + Math.exp(-gate)) * x[place * 6 + 3 + c];
                assertEquals(expected, y[place * 3 + c], bound * Math.max(1, Math.abs(expected)));
            }
        }
        assertEquals(99f, y[rows * 6]);
    }

    @Test
    void dropoutKeepsTheMeanAndNeverDropsTheSameTwice() {
        Dropout layer = dropout(5);
        float[] ones = new float[20_000];
        Arrays.fill(ones, 1f);
        float[] first = new float[ones.length];
        float[] second = new float[ones.length];
        float[] again = new float[ones.length];
        layer.forward(ones.length / 10, ones, first, true);
        layer.forward(ones.length / 10, ones, second, true);
        dropout(5).forward(ones.length / 10, ones, again, true);
        int zeros = 0;
        for (float y : first) {
            assertEquals(y == 0f ? 0f : (float) (1 / 0.7), y);
            zeros += y == 0f ? 1 : 0;
        }
        assertEquals(0.3, zeros / 20_000.0, 0.01);
        assertArrayEquals(first, again);
        assertFalse(Arrays.equals(first, second));
        layer.forward(ones.length / 10, ones, again, false);
        assertArrayEquals(ones, again, "outside training nothing is dropped");
    }

    private static Dropout dropout(long seed) {
        Dropout layer = new Dropout(Compute.defaults(), Shape.flat(10), 0.3);
        layer.draw(Initialization.HE, new SplittableRandom(seed));
        return layer;
    }

    @Test
    void layerNormGivesEveryPlaceMeanZeroAndVarianceOne() {
        LayerNorm layer = new LayerNorm(new Shape(2, 1, 8));
        float[] x = random(3 * 16);
        float[] y = new float[x.length];
        layer.forward(3, x, y, false);
        for (int place = 0; place < 6; place++) {
            double mean = 0;
            double square = 0;
            for (int c = 0; c < 8; c++) {
                mean += y[place * 8 + c] / 8.0;
                square += y[place * 8 + c] * (double) y[place * 8 + c] / 8;
            }
            assertEquals(0, mean, 1e-6);
            assertEquals(1, square, 1e-4);
        }
    }

    @Test
    void weightsBeforeAGateKeepTheVariance() {
        Network network = Network.of(Shape.flat(400))
                .gated(300, GatedUnit.of("swiglu"))
                .dense(300)
                .activation(Activation.relu())
                .build(Compute.defaults(), 4);
        assertEquals(1.0 / 400, variance(network, 0), 2e-5);
        assertEquals(2.0 / 300, variance(network, 2), 1e-4);
    }

    private static double variance(Network network, int layer) {
        double sum = 0;
        float[] weights = ((Dense) network.layers().get(layer)).weights().value();
        for (float w : weights) {
            sum += w * (double) w / weights.length;
        }
        return sum;
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Compute compute = Compute.defaults();
        GatedUnit unit = GatedUnit.of("glu");
        assertThrows(IllegalArgumentException.class, () -> new GatedLayer(compute, Shape.flat(5), unit));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(compute, Shape.flat(5), 1));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(compute, Shape.flat(5), -0.1));
    }
}
