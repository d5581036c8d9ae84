package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.KernelEngine;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShadowCheckTest {
    private static final int LENGTH = 5000;
    private static final int WRONG_AT = 4500;

    private final float[] x = inputs(1);
    private final float[] dy = inputs(2);

    @AfterEach
    void checkNoMore() {
        System.clearProperty("hillock.check");
    }

    // Of every magnitude, and many where slopes have their roots.
    private static float[] inputs(int seed) {
        Random random = new Random(seed);
        float[] inputs = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            inputs[i] = i % 2 == 0
                    ? (float) random.nextGaussian() * 3
                    : (float) Math.scalb(random.nextGaussian(), random.nextInt(40) - 30);
        }
        return inputs;
    }

    private static Kernels checking(KernelEngine engine, String how) {
        System.setProperty("hillock.check", how);
        return Kernels.builder().engine(engine).build();
    }

    static List<Function> functions() {
        return Catalogue.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatKeepsTheContractPasses(Function function) {
        System.setProperty("hillock.check", "true");
        Kernels kernels = Kernels.builder().engine(Engine.AUTO).build();
        for (double[] parameters : function.testParameters()) {
            Map<String, Double> values = new HashMap<>();
            for (int i = 0; i < parameters.length; i++) {
                values.put(function.parameters().get(i).name(), parameters[i]);
            }
            Activation f = Activation.of(function.name(), values);
            float[] y = new float[LENGTH];
            float[] dx = new float[LENGTH];
            kernels.forward(f, x, y);
            kernels.backward(f, x, dy, dx);
            if (function.fromOutput(parameters)) {
                kernels.backwardFromOutput(f, y, dy, dx);
            }
        }
    }

    @Test
    void aWrongElementIsNamed() {
        Kernels kernels = checking(new BrokenEngine(WRONG_AT, LENGTH), "true");
        float[] y = new float[LENGTH];
        IllegalStateException answer =
                assertThrows(IllegalStateException.class, () -> kernels.forward(Activation.gelu(), x, y));
        assertTrue(
                answer.getMessage().startsWith("hillock.check: gelu forward on native gives " + y[WRONG_AT] + " at "),
                answer.getMessage());
    }

    @Test
    void aWrongElementIsFoundInPlaceAndGoingBackward() {
        Kernels kernels = checking(new BrokenEngine(WRONG_AT, LENGTH), "true");
        assertThrows(IllegalStateException.class, () -> kernels.forward(Activation.gelu(), x, x));
        assertThrows(IllegalStateException.class, () -> kernels.backward(Activation.tanh(), inputs(3), dy, dy));
    }

    @Test
    void bitsAreThoseOfOtherCalls() {
        Kernels plain = Kernels.builder().build();
        float[] expected = new float[LENGTH];
        plain.forward(Activation.mish(), x, expected);
        System.setProperty("hillock.check", "true");
        Kernels kernels = Kernels.builder().build();
        FloatBuffer out = MisuseTest.direct(LENGTH);
        kernels.forward(Activation.mish(), FloatBuffer.wrap(x), out);
        float[] actual = new float[LENGTH];
        out.get(actual);
        assertArrayEquals(expected, actual);
    }

    @Test
    void aSampleFindsItSoonerOrLater() {
        Kernels kernels = checking(new BrokenEngine(WRONG_AT, LENGTH), "sample");
        float[] y = new float[LENGTH];
        int found = 0;
        for (int i = 0; i < 4000; i++) {
            try {
                kernels.forward(Activation.relu(), x, y);
            } catch (IllegalStateException e) {
                found++;
            }
        }
        assertTrue(found > 0 && found < 400, found + " of 4000");
    }

    @Test
    void anotherWordIsAnError() {
        System.setProperty("hillock.check", "maybe");
        IllegalArgumentException answer = assertThrows(
                IllegalArgumentException.class, () -> Kernels.builder().build());
        assertEquals("unknown check 'maybe' (known: true, sample, false)", answer.getMessage());
    }
}
