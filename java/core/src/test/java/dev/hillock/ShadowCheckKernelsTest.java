package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.engine.Engines;
import dev.hillock.kernel.NarrowFloats;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code hillock.check} on what is not an element-wise call on floats. */
class ShadowCheckKernelsTest {
    private static final int LENGTH = 5000;

    @AfterEach
    void checkNoMore() {
        System.clearProperty("hillock.check");
    }

    private static float[] random(int seed) {
        Random random = new Random(seed);
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @FunctionalInterface
    private interface Call {
        void on(Kernels kernels);
    }

    private static Arguments call(String name, Call call) {
        return Arguments.of(name, call);
    }

    // One of each kind of kernel, every one writing to zeros.
    static Stream<Arguments> calls() {
        int[] shape = {50, 100};
        float[] a = random(4);
        float[] b = random(5);
        double[] doubles = IntStream.range(0, LENGTH).mapToDouble(i -> a[i]).toArray();
        short[] halves = new short[LENGTH];
        NarrowFloats.narrow(ElementType.BFLOAT16, a, 0, halves, 0, LENGTH);
        float[] bias = Arrays.copyOf(b, 100);
        float[] half = Arrays.copyOf(b, LENGTH / 2);
        AxisFunction softmax = AxisFunction.softmax();
        AxisOperation sparsemax = AxisOperation.of("sparsemax");
        AxisOperation maxout = AxisOperation.of("maxout(k=2)");
        Prelu prelu = Prelu.of(1, bias, 100);
        GatedUnit swiglu = GatedUnit.of("swiglu");
        BiasedActivation biased = BiasedActivation.of(Activation.gelu());
        DropoutActivation dropout = DropoutActivation.of(Activation.relu(), 0.5, 1);
        return Stream.of(
                call(
                        "gelu forward on native for FLOAT64",
                        k -> k.forward(Activation.gelu(), doubles, new double[LENGTH])),
                call(
                        "gelu forward on native for BFLOAT16",
                        k -> k.forward(Activation.gelu(), ElementType.BFLOAT16, halves, new short[LENGTH])),
                call("softmax forward on native", k -> k.forward(softmax, a, shape, new float[LENGTH])),
                call("softmax forward on native", k -> k.forward(softmax.axis(0), a, shape, new float[LENGTH])),
                call(
                        "softmax forward on native for FLOAT64",
                        k -> k.forward(softmax, doubles, shape, new double[LENGTH])),
                call("softmax backward on native", k -> k.backward(softmax, a, b, shape, new float[LENGTH])),
                call(
                        "logsumexp on native",
                        k -> AxisOperation.of("logsumexp").on(k).forward(a, shape, new float[50])),
                call("sparsemax on native", k -> sparsemax.on(k).forward(a, shape, new float[LENGTH])),
                call("sparsemax backward on native", k -> k.rowKernels(LENGTH)
                        .sparsemaxBackward(AxisLayout.of(shape, 1), a, 0, b, 0, new float[LENGTH], 0)),
                call("maxout on native", k -> maxout.on(k).forward(a, shape, new float[LENGTH / 2])),
                call("maxout backward on native", k -> maxout.on(k).backward(a, half, shape, new float[LENGTH])),
                call(
                        "Gumbel noise on native",
                        k -> AxisOperation.of("gumbel_softmax").on(k).forward(a, shape, new float[LENGTH])),
                call("prelu on native", k -> prelu.forward(k, a, shape, new float[LENGTH])),
                call(
                        "prelu backward on native",
                        k -> prelu.backward(k, a, b, shape, new float[LENGTH], new float[100])),
                call("dropout on native", k -> dropout.on(k).forward(a, new float[LENGTH])),
                call("silu as a gate on native", k -> swiglu.on(k).forward(a, shape, new float[LENGTH / 2])),
                call("silu as a gate, dGate, on native", k -> swiglu.on(k).backward(a, half, shape, new float[LENGTH])),
                call("gelu of scaled or shifted input on native", k -> biased.on(k)
                        .forward(a, bias, shape, 1, new float[LENGTH])),
                call("gelu of scaled or shifted input, backward on native", k -> biased.on(k)
                        .backward(a, bias, b, shape, 1, new float[LENGTH], new float[100])),
                call("mse on native", k -> Loss.of("mse").on(k).valueAndGradient(a, b, new float[LENGTH])));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aWrongBitOfAnyKernelIsFound(String name, Call call) {
        System.setProperty("hillock.check", "true");
        Kernels kernels = Kernels.builder()
                .engine(new BrokenEngine(name.contains("forward on native for") ? LENGTH / 2 : -1, LENGTH))
                .build();
        String answer = assertThrows(IllegalStateException.class, () -> call.on(kernels))
                .getMessage();
        assertTrue(answer.startsWith("hillock.check: " + name), answer);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void rightBitsPass(String name, Call call) {
        for (Engine engine : List.of(Engine.AUTO, Engine.NATIVE, Engine.VECTOR, Engine.SCALAR)) {
            if (engine == Engine.AUTO || Engines.get(engine).availability().isAvailable()) {
                System.setProperty("hillock.check", "true");
                call.on(Kernels.builder().engine(engine).build());
            }
        }
    }
}
