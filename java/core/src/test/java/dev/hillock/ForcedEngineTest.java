package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.LossKernels;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForcedEngineTest {
    private static final int[] SHAPE = {2, 4};

    // Plain loops that call themselves by a name, without losses and, if it is oneDNN's, logarithms of sums.
    private static Kernels named(Engine engine) {
        KernelEngine scalar = Engines.get(Engine.SCALAR);
        AxisKernels axis = (AxisKernels) Proxy.newProxyInstance(
                AxisKernels.class.getClassLoader(),
                new Class<?>[] {AxisKernels.class},
                (proxy, method, arguments) ->
                        method.getName().equals("hasLogSums") ? false : method.invoke(scalar.axis(), arguments));
        KernelEngine kernels = (KernelEngine) Proxy.newProxyInstance(
                KernelEngine.class.getClassLoader(),
                new Class<?>[] {KernelEngine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "engine" -> engine;
                    case "axis" -> engine == Engine.ONEDNN ? axis : scalar.axis();
                    case "losses" -> engine == Engine.ONEDNN ? LossKernels.NONE : scalar.losses();
                    default -> method.invoke(scalar, arguments);
                });
        return Kernels.builder().engine(kernels).build();
    }

    private static int count(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static void forward(AxisOperation f) {
        f.forward(new float[8], SHAPE, new float[count(f.outputShape(SHAPE))]);
    }

    @ParameterizedTest
    @CsvSource({
        "ONEDNN, logsumexp",
        "ONEDNN, sparsemax",
        "ONEDNN, maxout(k=2)",
        "ONEDNN, entmax15",
        "ONEDNN, hardmax",
        "NATIVE, entmax15",
        "NATIVE, hardmax",
        "VECTOR, entmax15",
        "VECTOR, hardmax"
    })
    void anOperationThatTheEngineDoesNotHaveIsRefused(Engine engine, String text) {
        AxisOperation f = AxisOperation.of(text).on(named(engine));
        String words = "engine " + engine.word() + " has no " + f.name() + " over an axis";
        assertEquals(
                words,
                assertThrows(IllegalStateException.class, () -> forward(f)).getMessage());
        float[] dy = new float[count(f.outputShape(SHAPE))];
        assertEquals(
                words,
                assertThrows(IllegalStateException.class, () -> f.backward(new float[8], dy, SHAPE, new float[8]))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logsumexp",
                "sparsemax",
                "maxout(k=2)",
                "entmax15",
                "hardmax",
                "crelu",
                "softmin",
                "gumbel_softmax"
            })
    void referenceAndScalarHaveEveryOperation(String text) {
        for (Engine engine : new Engine[] {Engine.REFERENCE, Engine.SCALAR, Engine.AUTO}) {
            forward(AxisOperation.of(text).on(Kernels.builder().engine(engine).build()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ONEDNN, mse",
        "ONEDNN, bce_with_logits",
        "ONEDNN, mape",
        "NATIVE, mape",
        "NATIVE, cosine",
        "VECTOR, msle",
        "NATIVE, focal(gamma=2.5)"
    })
    void aLossThatTheEngineDoesNotHaveIsRefused(Engine engine, String text) {
        Loss loss = Loss.of(text).on(named(engine));
        assertEquals(
                "engine " + engine.word() + " has no loss " + loss.function().name(),
                assertThrows(IllegalStateException.class, () -> loss.value(new float[4], new float[4]))
                        .getMessage());
    }

    @Test
    void lossesOfAnEngineRun() {
        Loss.of("mse").on(named(Engine.NATIVE)).value(new float[4], new float[4]);
        float[] scores = new float[8];
        for (Engine engine : new Engine[] {Engine.NATIVE, Engine.ONEDNN}) {
            Loss.of("cross_entropy").on(named(engine)).valueAndGradient(scores, SHAPE, new int[2], new float[8]);
        }
        for (Engine engine : new Engine[] {Engine.REFERENCE, Engine.SCALAR, Engine.AUTO}) {
            Kernels kernels = Kernels.builder().engine(engine).build();
            for (String text : new String[] {"mse", "mape", "nll", "cross_entropy", "cosine"}) {
                Loss.of(text).on(kernels).valueAndGradient(scores, SHAPE, scores, new float[8]);
            }
        }
    }
}
