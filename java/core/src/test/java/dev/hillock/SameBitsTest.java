package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Engines;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SameBitsTest {
    static Stream<Function> functions() {
        return Catalogue.functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void nativeAndScalarReturnTheSameBits(Function function) {
        assumeTrue(
                Engines.get(Engine.NATIVE).availability().isAvailable(),
                Engines.get(Engine.NATIVE).availability().reason());
        Activation f = Activation.of(function.name());
        float[] x = new float[131];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 65) * 0.31f;
        }
        float[] expected = new float[x.length];
        float[] actual = new float[x.length];
        Kernels.builder().engine(Engine.SCALAR).build().forward(f, x, expected);
        Kernels.builder().engine(Engine.NATIVE).build().forward(f, x, actual);
        for (int i = 0; i < x.length; i++) {
            assertEquals(
                    Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(actual[i]), function + " " + x[i]);
        }
    }
}
