package dev.hillock.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine ONEDNN over the catalogue, against REFERENCE. */
class OneDnnEngineTest {
    // oneDNN's float32 on [-8, 8), with dy there too: absolute for results below 1, relative above. Its slope of
    // gelu_tanh
    // is the worst, at 4.2e-6. There is no bound in ULP to hold it to.
    private static final double TOLERANCE = 1e-5;
    private static final float RANGE = 8;
    private static final float GUARD = 12345;
    // What oneDNN has no primitive for, or another one than the catalogue.
    private static final List<String> WITHOUT_BACKWARD = List.of("hardswish", "clamp");

    @BeforeAll
    static void theDriverIsHere() {
        Drivers.required();
    }

    static Stream<Arguments> served() {
        List<Arguments> cases = new ArrayList<>();
        for (Function function : Catalogue.functions()) {
            double[] parameters = defaults(function);
            for (Direction direction : Direction.values()) {
                if (parameters != null
                        && Engines.get(Engine.ONEDNN).supports(function, ElementType.FLOAT32, direction, parameters)) {
                    cases.add(Arguments.of(function, direction));
                }
            }
        }
        return cases.stream();
    }

    private static double[] defaults(Function function) {
        return function.parameters().stream().anyMatch(p -> p.defaultValue() == null)
                ? null
                : function.parameters().stream()
                        .mapToDouble(p -> (float) (double) p.defaultValue())
                        .toArray();
    }

    @Test
    void everyFunctionOfTheFoundationIsServed() {
        for (String name : List.of(
                "identity",
                "sigmoid",
                "tanh",
                "relu",
                "leaky_relu",
                "elu",
                "selu",
                "silu",
                "swish_beta",
                "gelu",
                "gelu_tanh",
                "softplus",
                "mish",
                "hardswish")) {
            Function function = Catalogue.function(name);
            for (Direction direction : List.of(Direction.FORWARD, Direction.BACKWARD)) {
                boolean expected = direction == Direction.FORWARD || !WITHOUT_BACKWARD.contains(name);
                assertEquals(
                        expected,
                        Engines.get(Engine.ONEDNN)
                                .supports(function, ElementType.FLOAT32, direction, defaults(function)),
                        name + " " + direction);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void agreesWithTheReferenceAtEveryLengthAndOffset(Function function, Direction direction) {
        for (int length = 1; length <= 70; length++) {
            compare(function, direction, length, length % 5);
        }
        compare(function, direction, 100_003, 0); // more than one crossing, and a rest
    }

    private static void compare(Function function, Direction direction, int length, int offset) {
        double[] parameters = defaults(function);
        float[] x = values(offset + length, length);
        float[] dy = values(offset + length, length + 1);
        if (direction == Direction.BACKWARD_FROM_OUTPUT) {
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) function.reference(x[i], parameters);
            }
        }
        float[] actual = new float[offset + length + 1];
        actual[offset + length] = GUARD;
        Engines.get(Engine.ONEDNN)
                .eltwise(
                        function,
                        ElementType.FLOAT32,
                        direction,
                        parameters,
                        x,
                        offset,
                        dy,
                        offset,
                        actual,
                        offset,
                        length);
        for (int i = offset; i < offset + length; i++) {
            double expected =
                    switch (direction) {
                        case FORWARD -> function.reference(x[i], parameters);
                        case BACKWARD -> dy[i] * function.referenceDerivative(x[i], parameters);
                        case BACKWARD_FROM_OUTPUT -> dy[i] * function.referenceFromOutput(x[i], parameters);
                    };
            if (!(Math.abs(actual[i] - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
                fail(function + " " + direction + " at " + Float.toHexString(x[i]) + ": got " + actual[i] + ", want "
                        + expected + " (length " + length + ", offset " + offset + ")");
            }
        }
        assertEquals(GUARD, actual[offset + length], "the element behind the range");
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,10,1", "64,1000,1", "700,300,1", "4,33,6", "2,1000,17"})
    void softmaxAgreesWithItsFormula(int outer, int axis, int inner) {
        OneDnnEngine engine = new OneDnnEngine();
        float[] x = values(outer * axis * inner, 1);
        float[] dy = values(x.length, 2);
        for (boolean logarithm : new boolean[] {false, true}) {
            float[] y = new float[x.length];
            float[] dx = new float[x.length];
            engine.softmax(logarithm, Direction.FORWARD, x, 0, null, 0, y, 0, outer, axis, inner);
            engine.softmax(logarithm, Direction.BACKWARD_FROM_OUTPUT, y, 0, dy, 0, dx, 0, outer, axis, inner);
            for (int row = 0; row < outer * inner; row++) {
                int start = row / inner * axis * inner + row % inner;
                double sum = 0;
                double weighted = 0;
                double total = 0;
                for (int i = start; i < start + axis * inner; i += inner) {
                    sum += Math.exp(x[i]);
                    weighted += dy[i] * Math.exp(x[i]);
                    total += dy[i];
                }
                for (int i = start; i < start + axis * inner; i += inner) {
                    double share = Math.exp(x[i]) / sum;
                    double slope = logarithm ? dy[i] - share * total : share * (dy[i] - weighted / sum);
                    assertEquals(logarithm ? Math.log(share) : share, y[i], TOLERANCE, "y");
                    assertEquals(slope, dx[i], TOLERANCE * Math.max(1, Math.abs(total)), "dx");
                }
            }
        }
    }

    @Test
    void arraysAndMemoryOutsideTheHeapGiveTheSameBits() {
        Kernels kernels = Kernels.builder().engine(Engine.ONEDNN).build();
        float[] x = values(1000, 1);
        float[] y = new float[1000];
        kernels.forward(Activation.gelu(), x, y);
        try (FloatPointer from = new FloatPointer(x);
                FloatPointer to = new FloatPointer(1000)) {
            kernels.forward(Activation.gelu(), from, to);
            for (int i = 0; i < y.length; i++) {
                assertEquals(y[i], to.get(i), "element " + i);
            }
        }
        kernels.forward(Activation.gelu(), x, x);
        assertArrayEquals(y, x, "in place");
    }

    @Test
    void moreShapesThanAThreadKeepsAreNoProblem() {
        Kernels kernels = Kernels.builder().engine(Engine.ONEDNN).build();
        for (int length = 1; length <= 3 * OneDnn.HILLOCK_ONEDNN_CACHE_CAPACITY; length++) {
            float[] x = values(length, length);
            kernels.forward(Activation.of("tanh"), x, x);
        }
        assertEquals(OneDnn.HILLOCK_ONEDNN_CACHE_CAPACITY, OneDnn.hillock_onednn_cached_primitives());
    }

    @Test
    void saysVersionAndInstructionSet() {
        OneDnnLibrary library = OneDnnLibrary.get();
        assertEquals("3.11.0", library.version());
        assertTrue(library.effectiveIsa().matches("[a-z0-9_]+"), library.effectiveIsa());
    }

    static float[] values(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (random.nextFloat() * 2 - 1) * RANGE;
        }
        return values;
    }

    @Test
    void softmaxServesEveryLayoutAndTemperature() {
        Kernels kernels = Kernels.builder().engine(Engine.ONEDNN).build();
        Kernels expected = Kernels.builder().engine(Engine.REFERENCE).build();
        AxisLayout[] layouts = {
            AxisLayout.of(new int[] {3, 7, 5}, 1), AxisLayout.of(new int[] {4, 9}, -1), new AxisLayout(2, 5, 1, 17, 3)
        };
        for (String name : new String[] {"softmax", "log_softmax"}) {
            for (double temperature : new double[] {1, 2.5}) {
                AxisFunction f = AxisFunction.of(name, Map.of("temperature", temperature));
                for (AxisLayout layout : layouts) {
                    int length = (int) layout.highest();
                    float[] x = new float[length];
                    float[] dy = new float[length];
                    for (int i = 0; i < length; i++) {
                        x[i] = (float) Math.sin(i) * 3;
                        dy[i] = (float) Math.cos(3 * i);
                    }
                    float[] y = new float[length];
                    float[] dx = new float[length];
                    float[] wantedY = new float[length];
                    float[] wantedDx = new float[length];
                    expected.forward(f, layout, x, 0, wantedY, 0);
                    expected.backward(f, layout, wantedY, 0, dy, 0, wantedDx, 0);
                    kernels.forward(f, layout, x, 0, y, 0);
                    assertArrayEquals(wantedY, y, 1e-5f);
                    kernels.backward(f, layout, y, 0, dy, 0, dx, 0);
                    assertArrayEquals(wantedDx, dx, 1e-5f);
                    kernels.backward(f, layout, y, 0, dy, 0, y, 0);
                    assertArrayEquals(dx, y);
                }
            }
        }
    }
}
