package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private static final int LENGTH = 5000;
    private final float[] x = random(1);
    private final float[] dy = random(2);

    @Test
    void aChainReturnsWhatTheSingleCallsReturn() {
        Activation first = Activation.tanh();
        Activation second = Activation.gelu();
        Activation third = Activation.affine(2, -1);
        Activation chain = Activation.chain(first, second, third);
        float[] t1 = new float[LENGTH];
        float[] t2 = new float[LENGTH];
        float[] y = new float[LENGTH];
        first.forward(x, t1);
        second.forward(t1, t2);
        third.forward(t2, y);
        float[] actual = new float[LENGTH];
        chain.forward(x, actual);
        assertArrayEquals(y, actual);

        float[] g = new float[LENGTH];
        third.backward(t2, dy, g);
        second.backward(t1, g, g);
        first.backward(x, g, g);
        float[] inPlace = x.clone();
        chain.backward(inPlace, dy, inPlace);
        assertArrayEquals(g, inPlace);
        assertEquals(chain, Activation.chain(Activation.chain(first, second), third));
        assertTrue(GradientCheck.of(chain).isWithin(1e-8));
    }

    @Test
    void aChainIsRefusedBeforeAnythingIsWritten() {
        Activation mine = Activation.custom("mine", v -> v, v -> 1);
        Kernels scalar = Kernels.builder().engine(withoutCustom()).threads(1).build();
        float[] out = new float[LENGTH];
        for (Activation chain : new Activation[] {
            Activation.chain(Activation.relu(), mine), Activation.chain(Activation.relu(), mine, Activation.tanh())
        }) {
            String forward = assertThrows(IllegalStateException.class, () -> scalar.forward(chain, x, out))
                    .getMessage();
            assertEquals("engine scalar has no mine forward", forward);
            assertThrows(IllegalStateException.class, () -> scalar.backward(chain, x, dy, out));
            short[] halves = new short[LENGTH];
            Arrays.fill(halves, (short) 1);
            assertThrows(IllegalStateException.class, () -> scalar.forward(chain, ElementType.FLOAT16, halves, halves));
            assertEquals(1, halves[0]);
        }
        assertArrayEquals(new float[LENGTH], out);
    }

    // As NATIVE, which is not on every machine.
    private static KernelEngine withoutCustom() {
        KernelEngine scalar = Engines.get(Engine.SCALAR);
        return (KernelEngine) Proxy.newProxyInstance(
                KernelEngine.class.getClassLoader(),
                new Class<?>[] {KernelEngine.class},
                (proxy, method, arguments) ->
                        method.getName().equals("supports") && ((Function) arguments[0]).isCustom()
                                ? (Object) false
                                : method.invoke(scalar, arguments));
    }

    @Test
    void aFunctionOfOnesOwnWorksAsABuiltInOne() {
        Activation relu = Activation.custom("mine", v -> Math.max(v, 0), v -> v > 0 ? 1 : 0);
        float[] expected = new float[LENGTH];
        float[] actual = new float[LENGTH];
        Activation.relu().forward(x, expected);
        relu.forward(x, actual);
        for (int i = 0; i < LENGTH; i++) {
            assertEquals(expected[i], actual[i], 0f);
        }
        Activation.relu().backward(x, dy, expected);
        relu.backward(x, dy, actual);
        for (int i = 0; i < LENGTH; i++) {
            assertEquals(expected[i], actual[i], 0f);
        }
    }

    @Test
    void theGradientCheckFindsAWrongDerivative() {
        Activation wrong = Activation.custom("wrong", v -> v * v * v, v -> 3 * v);
        GradientCheck.Result result = GradientCheck.of(wrong);
        assertFalse(result.isWithin(1e-3), result.toString());
        for (Function function : Catalogue.functions()) {
            Map<String, Double> required = new java.util.HashMap<>();
            function.parameters().stream()
                    .filter(parameter -> parameter.defaultValue() == null)
                    .forEach(parameter -> required.put(parameter.name(), 1.0));
            GradientCheck.Result right = GradientCheck.of(Activation.of(function.name(), required));
            assertTrue(right.isWithin(1e-6), function + ": " + right);
        }
    }

    private static float[] random(int seed) {
        Random random = new Random(seed);
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) random.nextGaussian() * 3;
        }
        return values;
    }
}
