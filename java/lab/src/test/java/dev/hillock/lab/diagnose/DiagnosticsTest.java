package dev.hillock.lab.diagnose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.GatedUnit;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static float[] random(int length) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) (10 * random.nextDouble() - 3);
        }
        return x;
    }

    @Test
    void aUnitIsDeadIfItIsZeroInEveryBatch() {
        DeadUnitMonitor monitor = new DeadUnitMonitor("hidden 1", 4);
        assertEquals(0, monitor.dead(), "nothing seen");
        monitor.observe(new float[] {0, 1, 0, -0f, 0, 0, 0, 0}, 2);
        assertArrayEquals(new int[] {0, 2, 3}, monitor.deadUnits());
        monitor.observe(new float[] {2, 0, 0, 0}, 1);
        assertEquals("hidden 1: 2/4 (50.0 %)", monitor.toString());
        assertTrue(monitor.warning().orElseThrow().contains("leaky_relu"));
        assertFalse(monitor.warning(0.6).isPresent());
        monitor.observe(new float[] {0, 0, Float.NaN, 1}, 1);
        assertEquals(0, monitor.dead());
        assertFalse(monitor.warning().isPresent());
    }

    // Against a plain look at every value: few and many silent units, rows of every kind, tiny values and NaN.
    @Test
    void deadUnitsAreExactWhateverTheBatches() {
        SplittableRandom random = new SplittableRandom(11);
        for (int units : new int[] {1, 7, 64, 200}) {
            for (double zeros : new double[] {0.5, 0.97, 0.9999}) {
                DeadUnitMonitor monitor = new DeadUnitMonitor("u", units);
                boolean[] spoke = new boolean[units];
                for (int batch = 0; batch < 90; batch++) {
                    int rows = 1 + random.nextInt(40);
                    float[] y = new float[rows * units];
                    for (int i = 0; i < y.length; i++) {
                        if (random.nextDouble() > zeros) {
                            y[i] = new float[] {-1, Float.MIN_VALUE, -Float.MIN_VALUE, Float.NaN, 3e38f}
                                    [random.nextInt(5)];
                            spoke[i % units] = true;
                        }
                    }
                    monitor.observe(y, rows);
                    if (random.nextInt(3) > 0) {
                        continue;
                    }
                    for (int unit : monitor.deadUnits()) {
                        assertFalse(spoke[unit], "unit " + unit + " of " + units);
                    }
                    int silent = 0;
                    for (boolean one : spoke) {
                        silent += one ? 0 : 1;
                    }
                    assertEquals(silent, monitor.dead());
                }
            }
        }
    }

    @Test
    void channelsFirstAndChannelsLastAgree() {
        // Two images of two pixels and three channels, of which the second is silent.
        DeadUnitMonitor last = new DeadUnitMonitor("c", 3);
        last.observe(new float[] {1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0}, 4);
        DeadUnitMonitor first = new DeadUnitMonitor("c", 3);
        first.observe(new float[] {1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0}, 2, 3, 2);
        assertArrayEquals(new int[] {1}, last.deadUnits());
        assertArrayEquals(new int[] {1}, first.deadUnits());
        assertThrows(IllegalArgumentException.class, () -> first.observe(new float[12], 2, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> first.observe(new float[11], 2, 3, 2));
    }

    @Test
    void monitorsOfSeveralWorkersAddUp() {
        float[] x = random(10_000);
        Moments whole = new Moments();
        whole.observe(x, x.length);
        Moments sum = new Moments();
        for (int from = 0; from < x.length; from += 2500) {
            Moments part = new Moments();
            part.observe(x, from, 2500);
            sum.merge(part);
        }
        double mean = 0;
        for (float v : x) {
            mean += v / (double) x.length;
        }
        double variance = 0;
        for (float v : x) {
            variance += (v - mean) * (v - mean) / x.length;
        }
        for (Moments moments : new Moments[] {whole, sum}) {
            assertEquals(mean, moments.mean(), 1e-12);
            assertEquals(variance, moments.variance(), 1e-10);
            assertEquals(x.length, moments.count());
        }
        DeadUnitMonitor one = new DeadUnitMonitor("u", 2);
        DeadUnitMonitor two = new DeadUnitMonitor("u", 2);
        one.observe(new float[] {1, 0}, 1);
        two.observe(new float[] {0, 0}, 1);
        two.merge(one);
        assertArrayEquals(new int[] {1}, two.deadUnits());
    }

    @Test
    void numbersThatAreNotFiniteAreCountedApart() {
        Moments moments = new Moments();
        moments.observe(new float[] {1, Float.NaN, -3, Float.POSITIVE_INFINITY, 0}, 5);
        assertEquals(2, moments.notFinite());
        assertEquals(-2.0 / 3, moments.mean(), 1e-12);
        assertEquals(4.0 / 3, moments.meanMagnitude(), 1e-12);
        assertEquals(Math.sqrt(10.0 / 3), moments.rootMeanSquare(), 1e-12);
        assertEquals(3, moments.largestMagnitude());
        assertEquals(1.0 / 3, moments.sparsity(), 1e-12);
    }

    @Test
    void saturationIsWhereTheSlopeIsSmall() {
        // s'(x) < 0.05 / 4 from |x| = 4.36 on.
        SaturationMonitor sigmoid = new SaturationMonitor(Activation.sigmoid());
        sigmoid.observe(new float[] {-100, -5, -4.2f, 0, 4.2f, 5, 1e30f, Float.NEGATIVE_INFINITY}, 8);
        assertEquals(5 / 8.0, sigmoid.share());
        SaturationMonitor relu = new SaturationMonitor(Activation.relu());
        relu.observe(new float[] {-1, -0.5f, 0.5f, 1}, 4);
        assertEquals(0.5, relu.share());
        SaturationMonitor identity = new SaturationMonitor(Activation.identity());
        identity.observe(new float[] {-1e9f, 1e9f}, 2);
        assertEquals(0, identity.share());
    }

    @Test
    void samplingLooksForDeadUnitsEverywhereAndMeasuresOneExampleInMany() {
        Network network = Network.of(Shape.flat(3))
                .dense(4)
                .activation(Activation.relu())
                .gated(5, GatedUnit.of("swiglu"))
                .dense(1)
                .build(Compute.defaults(), 1);
        try (NetworkMonitor monitor = NetworkMonitor.attach(network, 4)) {
            float[] x = random(30);
            // Of 7, 7 and 7 examples those numbered 0, 4, 8, 12, 16, 20.
            Moments same = new Moments();
            for (int i = 0, seen = 0; i < 3; i++) {
                network.forward(7, x, true);
                for (int row = 0; row < 7; row++, seen++) {
                    if (seen % 4 == 0) {
                        same.observe(network.values(1), row * 4, 4);
                    }
                }
                Arrays.fill(network.outputGradient(), 1f);
                network.backward();
                int rows = (seen + 3) / 4;
                LayerReport relu = monitor.reports().get(0);
                LayerReport gated = monitor.reports().get(1);
                assertEquals((i + 1) * 7, relu.dead().examples());
                assertEquals(4 * rows, relu.values().count());
                assertEquals(4 * rows, relu.gradients().count());
                assertEquals(same.mean(), relu.values().mean(), 1e-12);
                assertEquals(5 * rows, gated.values().count());
                assertEquals(5 * rows, gated.saturation().count(), "of the gates");
            }
            monitor.reset();
            assertEquals(0, monitor.reports().get(0).values().count());
            assertEquals(0, monitor.reports().get(1).saturation().count());
        }
    }

    @Test
    void aMonitorSeesALayerUntilItIsDetached() {
        Network network = Network.of(Shape.flat(3))
                .dense(4)
                .activation(Activation.relu())
                .dense(1)
                .build(Compute.defaults(), 1);
        float[] x = random(30);
        NetworkMonitor monitor = NetworkMonitor.attachToAll(network);
        network.forward(10, x, true);
        Arrays.fill(network.outputGradient(), 1f);
        network.backward();
        monitor.close();
        network.forward(10, x, false);
        LayerReport report = monitor.reports().get(0);
        assertEquals(1, report.layer());
        assertEquals(40, report.values().count());
        assertEquals(40, report.gradients().count());
        assertEquals(report.values().sparsity(), report.saturation().share());
        assertTrue(report.values().sparsity() > 0);
    }
}
