package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.engine.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FusedTest {
    static Stream<GatedDefinition> units() {
        return GatedCatalogue.units().stream();
    }

    private static List<Engine> engines() {
        List<Engine> available = new ArrayList<>(List.of(Engine.SCALAR));
        if (Engines.get(Engine.NATIVE).availability().isAvailable()) {
            available.add(Engine.NATIVE);
        }
        return available;
    }

    private static float[] values(int count, int seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * 3);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("units")
    void gatedUnitsHaveTheBitsOfTheirSteps(GatedDefinition definition) {
        Activation f = Activation.of(definition.activation());
        for (Engine engine : engines()) {
            GatedUnit unit = GatedUnit.of(definition.name()).engine(engine);
            Kernels kernels = Kernels.builder().engine(engine).build();
            for (int n : new int[] {1, 5, 64, 1023, 1024, 1025, 3000}) {
                float[] gate = values(n, n);
                float[] value = values(n, n + 1);
                float[] dy = values(n, n + 2);
                float[] expected = new float[n];
                float[] scaled = new float[n];
                float[] dValue = new float[n];
                kernels.forward(f, gate, expected);
                for (int i = 0; i < n; i++) {
                    dValue[i] = dy[i] * expected[i];
                    expected[i] *= value[i];
                    scaled[i] = dy[i] * value[i];
                }
                float[] dGate = new float[n];
                kernels.backward(f, gate, scaled, dGate);
                float[] y = new float[n];
                unit.forward(gate, value, y);
                assertArrayEquals(expected, y, 0, definition + " on " + engine);
                float[] actualGate = new float[n];
                float[] actualValue = new float[n];
                unit.backward(gate, value, dy, actualGate, actualValue);
                assertArrayEquals(dGate, actualGate, 0, definition + " on " + engine);
                assertArrayEquals(dValue, actualValue, 0, definition + " on " + engine);
            }
        }
    }

    // Index in [outer, 2 half, inner] of the gate that belongs to element (o, i, c); the value's through the flag.
    private static int packed(GateLayout layout, boolean gate, int o, int i, int c, int half, int inner) {
        int along =
                switch (layout) {
                    case GATE_FIRST -> gate ? i : half + i;
                    case VALUE_FIRST -> gate ? half + i : i;
                    default -> 2 * i + (gate ? 0 : 1);
                };
        return (o * 2 * half + along) * inner + c;
    }

    @Test
    void packedLayoutsFindTheirHalves() {
        int outer = 3;
        int half = 7;
        for (int inner : new int[] {1, 4}) {
            for (GateLayout layout : GateLayout.values()) {
                if (layout == GateLayout.TWO_INPUTS) {
                    continue;
                }
                int n = outer * half * inner;
                float[] gate = values(n, 1);
                float[] value = values(n, 2);
                float[] dy = values(n, 3);
                float[] x = new float[2 * n];
                for (int k = 0; k < n; k++) {
                    int o = k / (half * inner);
                    int i = k / inner % half;
                    x[packed(layout, true, o, i, k % inner, half, inner)] = gate[k];
                    x[packed(layout, false, o, i, k % inner, half, inner)] = value[k];
                }
                GatedUnit unit = GatedUnit.of("swiglu").layout(layout).axis(1);
                float[] expected = new float[n];
                float[] dGate = new float[n];
                float[] dValue = new float[n];
                unit.forward(gate, value, expected);
                unit.backward(gate, value, dy, dGate, dValue);
                int[] shape = {outer, 2 * half, inner};
                float[] y = new float[n];
                unit.forward(x, shape, y);
                assertArrayEquals(expected, y, 0, layout.toString());
                unit.backward(x, dy, shape, x);
                for (int k = 0; k < n; k++) {
                    int o = k / (half * inner);
                    int i = k / inner % half;
                    assertEquals(dGate[k], x[packed(layout, true, o, i, k % inner, half, inner)]);
                    assertEquals(dValue[k], x[packed(layout, false, o, i, k % inner, half, inner)]);
                }
            }
        }
    }

    @Test
    void biasedActivationsHaveTheBitsOfTheirSteps() {
        Activation f = Activation.gelu();
        float[] firstSums = null;
        for (Engine engine : engines()) {
            Kernels kernels = Kernels.builder().engine(engine).build();
            BiasedActivation biased = BiasedActivation.of(f).engine(engine);
            for (int[] shape : new int[][] {{5, 3, 1}, {70, 33, 1}, {2, 3, 50}, {2, 2, 2500}, {3, 1100, 1}}) {
                int n = shape[0] * shape[1] * shape[2];
                float[] x = values(n, n);
                float[] dy = values(n, n + 1);
                float[] bias = values(shape[1], 4);
                float[] sum = new float[n];
                for (int i = 0; i < n; i++) {
                    sum[i] = x[i] + bias[i / shape[2] % shape[1]];
                }
                float[] expected = new float[n];
                float[] slope = new float[n];
                kernels.forward(f, sum, expected);
                kernels.backward(f, sum, dy, slope);
                float[] y = new float[n];
                biased.forward(x, bias, shape, 1, y);
                assertArrayEquals(expected, y, 0, engine.toString());
                float[] dx = new float[n];
                float[] dBias = new float[shape[1]];
                biased.backward(x, bias, dy, shape, 1, dx, dBias);
                assertArrayEquals(slope, dx, 0, engine.toString());
                double[] exact = new double[shape[1]];
                for (int i = 0; i < n; i++) {
                    exact[i / shape[2] % shape[1]] += slope[i];
                }
                for (int c = 0; c < dBias.length; c++) {
                    assertEquals(exact[c], dBias[c], 1e-4, engine + " dBias");
                }
                if (n == 5000 * 2) {
                    if (firstSums == null) {
                        firstSums = dBias;
                    }
                    assertArrayEquals(firstSums, dBias, 0, "the sums on " + engine);
                }
                biased.backward(x, sum, dy, dx);
            }
        }
    }

    @Test
    void misuseIsAnswered() {
        float[] six = new float[6];
        assertThrows(IllegalArgumentException.class, () -> GatedUnit.of("glu").forward(six, new int[] {2, 3}, six));
        assertThrows(IllegalArgumentException.class, () -> GatedUnit.of("glu").backward(six, six, six, six, six));
        assertThrows(IllegalArgumentException.class, () -> BiasedActivation.of(Activation.relu())
                .forward(six, new float[2], new int[] {2, 3}, 1, six));
    }
}
