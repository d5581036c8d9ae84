package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.engine.Engines;
import dev.hillock.kernel.NarrowFloats;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FusedTest {
    static Stream<GatedDefinition> units() {
        return GatedCatalogue.units().stream().filter(unit -> !unit.isClamped());
    }

    private static List<Engine> engines() {
        return Stream.of(Engine.SCALAR, Engine.NATIVE, Engine.VECTOR)
                .filter(engine -> Engines.get(engine).availability().isAvailable())
                .toList();
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
    void aClampedUnitCutsGateAndValue() {
        GatedUnit unit = GatedUnit.of("swiglu_clamped");
        float[] x = {9, 7, -2, 0.5f, 1, -9, 7, 0.25f};
        float[] y = new float[4];
        unit.forward(x, new int[] {8}, y);
        float[] gate = {7, 7, -2, 0.5f};
        float[] value = {2, -6, 8, 1.25f};
        float[] expected = new float[4];
        GatedUnit.of(Activation.of("gelu_sigmoid")).forward(gate, value, expected);
        assertArrayEquals(expected, y);
        float[] dy = {1, 2, 3, 4};
        float[] dGate = new float[4];
        float[] dValue = new float[4];
        GatedUnit.of(Activation.of("gelu_sigmoid")).backward(gate, value, dy, dGate, dValue);
        dGate[0] = 0;
        dValue[1] = 0;
        unit.backward(x, dy, new int[] {8}, x);
        assertArrayEquals(dGate, java.util.Arrays.copyOf(x, 4));
        assertArrayEquals(dValue, java.util.Arrays.copyOfRange(x, 4, 8));
    }

    @Test
    void dropoutDropsTheSameElementsInBothDirections() {
        int n = 200_000;
        float[] x = values(n, 5);
        float[] dy = values(n, 6);
        DropoutActivation dropout = DropoutActivation.of(Activation.tanh(), 0.25, 42);
        float[] y = new float[n];
        float[] dx = new float[n];
        dropout.on(Kernels.builder().threads(1).build()).forward(x, y);
        float[] again = new float[n];
        dropout.on(Kernels.builder().threads(4).build()).forward(x, again);
        assertArrayEquals(y, again);
        dropout.backward(x, dy, dx);
        float[] kept = new float[n];
        float[] slope = new float[n];
        Activation.tanh().forward(x, kept);
        Activation.tanh().backward(x, dy, slope);
        float scale = (float) (1 / 0.75);
        int dropped = 0;
        for (int i = 0; i < n; i++) {
            boolean gone = y[i] == 0 && kept[i] != 0;
            dropped += gone ? 1 : 0;
            assertEquals(gone ? 0 : kept[i] * scale, y[i]);
            assertEquals(gone ? 0 : slope[i] * scale, dx[i]);
        }
        assertEquals(0.25, dropped / (double) n, 0.005);
        float[] other = new float[n];
        DropoutActivation.of(Activation.tanh(), 0.25, 43).forward(x, other);
        int differing = 0;
        for (int i = 0; i < n; i++) {
            differing += (other[i] == 0) != (y[i] == 0) ? 1 : 0;
        }
        assertEquals(2 * 0.25 * 0.75, differing / (double) n, 0.01);
        assertThrows(IllegalArgumentException.class, () -> DropoutActivation.of(Activation.tanh(), 1, 0));
    }

    private static double[] doubles(int count, int seed) {
        return new Random(seed).doubles(count, -6, 6).toArray();
    }

    @ParameterizedTest
    @MethodSource("units")
    void gatedUnitsOfDoublesHaveTheBitsOfTheirSteps(GatedDefinition definition) {
        Activation f = Activation.of(definition.activation());
        Kernels scalar = Kernels.builder().engine(Engine.SCALAR).build();
        for (int n : new int[] {1, 1023, 1024, 1025, 3000}) {
            double[] gate = doubles(n, n);
            double[] value = doubles(n, n + 1);
            double[] dy = doubles(n, n + 2);
            double[] expected = new double[n];
            double[] scaled = new double[n];
            double[] dValue = new double[n];
            double[] dGate = new double[n];
            scalar.forward(f, gate, expected);
            for (int i = 0; i < n; i++) {
                dValue[i] = dy[i] * expected[i];
                expected[i] *= value[i];
                scaled[i] = dy[i] * value[i];
            }
            scalar.backward(f, gate, scaled, dGate);
            for (Engine engine : engines()) {
                GatedUnit unit = GatedUnit.of(definition.name()).engine(engine);
                double[] y = new double[n];
                unit.forward(gate, value, y);
                assertArrayEquals(expected, y, 0, definition + " on " + engine);
                double[] actualGate = new double[n];
                double[] actualValue = new double[n];
                unit.backward(gate, value, dy, actualGate, actualValue);
                assertArrayEquals(dGate, actualGate, 0, definition + " on " + engine);
                assertArrayEquals(dValue, actualValue, 0, definition + " on " + engine);
            }
        }
    }

    // Pieces of several rows, of a part of a row, and rows behind one another.
    @ParameterizedTest
    @CsvSource({"3, 14, 5", "1500, 4, 1", "2, 6002, 1", "2, 4, 2500"})
    void packedUnitsOfDoublesAndOfSixteenBitsAreThoseOfFloats(int outer, int size, int inner) {
        int[] shape = {outer, size, inner};
        int n = outer * size * inner;
        for (String name : new String[] {"swiglu", "glu", "swiglu_clamped"}) {
            for (GateLayout layout : GateLayout.values()) {
                if (layout == GateLayout.TWO_INPUTS) {
                    continue;
                }
                GatedUnit unit = GatedUnit.of(name).layout(layout).axis(1);
                float[] x = values(n, 1);
                float[] dy = values(n / 2, 2);
                x[3] = 9;
                x[100] = -9;
                x[n - 1] = 8;
                float[] y = new float[n / 2];
                float[] dx = new float[n];
                unit.forward(x, shape, y);
                unit.backward(x, dy, shape, dx);
                double[] wideY = new double[n / 2];
                double[] wideDx = new double[n];
                unit.forward(wide(x), shape, wideY);
                unit.backward(wide(x), wide(dy), shape, wideDx);
                assertArrayEquals(wideY, wide(y), 1e-4, name + " " + layout);
                assertArrayEquals(wideDx, wide(dx), 1e-3, name + " " + layout);
                short[] narrowX = narrow(x);
                short[] narrowDy = narrow(dy);
                float[] roundedX = NarrowFloats.widened(ElementType.BFLOAT16, narrowX);
                unit.forward(roundedX, shape, y);
                unit.backward(roundedX, NarrowFloats.widened(ElementType.BFLOAT16, narrowDy), shape, dx);
                short[] narrowY = new short[n / 2];
                unit.forward(ElementType.BFLOAT16, narrowX, shape, narrowY);
                unit.backward(ElementType.BFLOAT16, narrowX, narrowDy, shape, narrowX);
                assertArrayEquals(narrow(y), narrowY);
                assertArrayEquals(narrow(dx), narrowX);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GateLayout.class,
            names = {"GATE_FIRST", "VALUE_FIRST", "INTERLEAVED_GATE_FIRST"})
    void aClampedUnitIsTheUnitOfClampedHalves(GateLayout layout) {
        int n = 5000;
        float[] x = values(2 * n, 3);
        float[] dy = values(n, 4);
        boolean interleaved = layout == GateLayout.INTERLEAVED_GATE_FIRST;
        int step = interleaved ? 2 : 1;
        int gateAt = layout == GateLayout.VALUE_FIRST ? n : 0;
        int valueAt = interleaved ? 1 : n - gateAt;
        float[] gate = new float[n];
        float[] value = new float[n];
        for (int i = 0; i < n; i++) {
            gate[i] = Math.min(7, x[gateAt + i * step]);
            value[i] = Math.max(-7, Math.min(7, x[valueAt + i * step])) + 1;
        }
        GatedUnit plain = GatedUnit.of(Activation.of("gelu_sigmoid"));
        GatedUnit clamped = GatedUnit.of("swiglu_clamped").layout(layout);
        float[] expected = new float[n];
        float[] y = new float[n];
        plain.forward(gate, value, expected);
        clamped.forward(x, new int[] {2 * n}, y);
        assertArrayEquals(expected, y);
        float[] dGate = new float[n];
        float[] dValue = new float[n];
        float[] dx = new float[2 * n];
        plain.backward(gate, value, dy, dGate, dValue);
        clamped.backward(x, dy, new int[] {2 * n}, dx);
        int cut = 0;
        for (int i = 0; i < n; i++) {
            boolean gateCut = x[gateAt + i * step] > 7;
            boolean valueCut = Math.abs(x[valueAt + i * step]) > 7;
            cut += gateCut || valueCut ? 1 : 0;
            assertEquals(gateCut ? 0 : dGate[i], dx[gateAt + i * step]);
            assertEquals(valueCut ? 0 : dValue[i], dx[valueAt + i * step]);
        }
        assertTrue(cut > 50);
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static short[] narrow(float[] values) {
        short[] narrow = new short[values.length];
        NarrowFloats.narrow(ElementType.BFLOAT16, values, 0, narrow, 0, narrow.length);
        return narrow;
    }

    @Test
    void dropoutOfDoublesDropsTheSameElements() {
        float[] x = values(100_000, 5);
        DropoutActivation dropout = DropoutActivation.of(Activation.tanh(), 0.25, 42);
        float[] y = new float[x.length];
        dropout.forward(x, y);
        double[] kept = new double[x.length];
        double[] slope = new double[x.length];
        Activation.tanh().forward(wide(x), kept);
        Activation.tanh().backward(wide(x), wide(x), slope);
        for (Engine engine : engines()) {
            DropoutActivation here =
                    dropout.on(Kernels.builder().engine(engine).threads(2).build());
            double[] wideY = new double[x.length];
            double[] dx = new double[x.length];
            here.forward(wide(x), wideY);
            here.backward(wide(x), wide(x), dx);
            for (int i = 0; i < x.length; i++) {
                boolean gone = y[i] == 0 && x[i] != 0;
                assertEquals(gone ? 0 : kept[i] * (1 / 0.75), wideY[i]);
                assertEquals(gone ? 0 : slope[i] * (1 / 0.75), dx[i]);
            }
        }
        short[] narrowY = new short[x.length];
        dropout.forward(ElementType.BFLOAT16, narrow(x), narrowY);
        dropout.forward(NarrowFloats.widened(ElementType.BFLOAT16, narrow(x)), y);
        assertArrayEquals(narrow(y), narrowY);
    }

    @Test
    void chainsOfDoublesHaveTheBitsOfTheirSteps() {
        Activation chain = Activation.chain(Activation.tanh(), Activation.silu(), Activation.gelu());
        double[] x = doubles(5000, 1);
        double[] dy = doubles(5000, 2);
        Kernels scalar = Kernels.builder().engine(Engine.SCALAR).build();
        double[] first = new double[5000];
        double[] second = new double[5000];
        double[] expected = new double[5000];
        scalar.forward(Activation.tanh(), x, first);
        scalar.forward(Activation.silu(), first, second);
        scalar.forward(Activation.gelu(), second, expected);
        double[] expectedDx = new double[5000];
        scalar.backward(Activation.gelu(), second, dy, expectedDx);
        scalar.backward(Activation.silu(), first, expectedDx, expectedDx);
        scalar.backward(Activation.tanh(), x, expectedDx, expectedDx);
        for (Engine engine : engines()) {
            Kernels kernels = Kernels.builder().engine(engine).build();
            double[] y = new double[5000];
            double[] dx = new double[5000];
            kernels.forward(chain, x, y);
            kernels.backward(chain, x, dy, dx);
            assertArrayEquals(expected, y, 0, engine.toString());
            assertArrayEquals(expectedDx, dx, 0, engine.toString());
        }
    }

    @Test
    void statisticsCountWhatIsDeadAndFlat() {
        float[] x = {-1, 0, 2, 5, Float.NaN, -3};
        ActivationStatistics relu = ActivationStatistics.forward(Activation.relu(), x, x.clone());
        assertEquals(new ActivationStatistics(6, 3, 3, 1, 0, 5, 7 / 5.0), relu);
        for (int n : new int[] {2, 100}) {
            float[] zeros = new float[n];
            zeros[n - 1] = -0f;
            ActivationStatistics both = ActivationStatistics.forward(Activation.identity(), zeros, zeros);
            assertEquals(new ActivationStatistics(n, n, 0, 0, -0.0, 0.0, 0), both);
            java.util.Arrays.fill(zeros, -0f);
            both = ActivationStatistics.forward(Activation.identity(), zeros, zeros);
            assertEquals(-0.0, both.max());
        }
        float[] large = values(10_000, 7);
        float[] y = new float[10_000];
        ActivationStatistics sigmoid = ActivationStatistics.forward(Activation.sigmoid(), large, y);
        double sum = 0;
        long flat = 0;
        for (int i = 0; i < y.length; i++) {
            sum += y[i];
            flat += Math.exp(-Math.abs(large[i])) < 1.002e-3 ? 1 : 0;
        }
        assertEquals(sum / y.length, sigmoid.mean(), 1e-12);
        assertEquals(flat, sigmoid.saturated());
        float[] expected = new float[10_000];
        Activation.sigmoid().forward(large, expected);
        assertArrayEquals(expected, y);
    }

    @Test
    void misuseIsAnswered() {
        float[] six = new float[6];
        assertThrows(IllegalArgumentException.class, () -> GatedUnit.of("glu").forward(six, new int[] {2, 3}, six));
        assertThrows(IllegalArgumentException.class, () -> GatedUnit.of("glu").backward(six, six, six, six, six));
        double[] wide = new double[6];
        assertThrows(IllegalArgumentException.class, () -> GatedUnit.of("glu").forward(wide, new int[] {2, 3}, wide));
        assertThrows(IllegalArgumentException.class, () -> GatedUnit.of("glu").backward(wide, wide, wide, wide, wide));
        assertThrows(IllegalArgumentException.class, () -> BiasedActivation.of(Activation.relu())
                .forward(wide, new double[2], new int[] {2, 3}, 1, wide));
        assertThrows(NullPointerException.class, () -> BiasedActivation.of(Activation.relu())
                .forward(wide, (double[]) null, new int[] {2, 3}, 1, wide));
        assertThrows(IllegalArgumentException.class, () -> DropoutActivation.of(Activation.relu(), 0.5, 1)
                .forward(wide, new double[5]));
        assertThrows(IllegalArgumentException.class, () -> BiasedActivation.of(Activation.relu())
                .forward(six, new float[2], new int[] {2, 3}, 1, six));
    }
}
