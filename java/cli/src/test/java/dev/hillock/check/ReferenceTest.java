package dev.hillock.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hillock.Activation;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.Direction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parabolas of a run are the reference, wherever they are used. */
class ReferenceTest {
    private static final int COUNT = 1 << 16;
    // Beside the root of a slope the reference itself has a rounding error of its terms, which are about 1.
    private static final double ROUNDING = 0x1p-50;

    @ParameterizedTest
    @CsvSource({
        "gelu, 0x41000000",
        "gelu, 0xc1500000",
        "gelu, 0xbf400000",
        "mish, 0xbf980000",
        "hardswish, 0xc0400000",
        "hardswish, 0x403f8000",
        "elu, 0x00000000",
        "elu, 0x80000000",
        "tanh, 0x7f7f0000",
        "sigmoid, 0xc2cf0000",
        "softplus, 0x3f7f8000",
        "leaky_relu, 0x80000000"
    })
    void consecutiveInputsHaveTheExactValues(String name, String firstBits) {
        Activation f = Activation.of(name);
        int first = Integer.parseUnsignedInt(firstBits.substring(2), 16);
        float[] x = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = Float.intBitsToFloat(first + i);
        }
        for (Direction direction : new Direction[] {Direction.FORWARD, Direction.BACKWARD}) {
            Accuracy accuracy = new Accuracy(f.function(), direction, f.parameters());
            Reference reference = new Reference(accuracy::exact);
            double[] exact = new double[COUNT];
            double[] quick = new double[COUNT];
            reference.each(x, exact, COUNT);
            reference.values(x, quick, COUNT);
            for (int i = 0; i < COUNT; i++) {
                assertEquals(
                        exact[i], quick[i], 0x1p-11 * Ulp.unit(exact[i]) + ROUNDING, f + " " + direction + " " + x[i]);
                assertEquals(
                        Math.copySign(1, exact[i]), Math.copySign(1, quick[i]), f + " " + direction + " at " + x[i]);
            }
        }
    }
}
