package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoublePrecisionTest {
    private static final int LENGTH = 1001;

    static Stream<Function> functions() {
        return Catalogue.functions().stream();
    }

    private static Activation activation(Function function) {
        Map<String, Number> required = new HashMap<>();
        function.parameters().stream().filter(p -> p.defaultValue() == null).forEach(p -> required.put(p.name(), 1));
        return Activation.of(function.name(), required);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theGradientIsTheSlopeOfTheValues(Function function) {
        Activation f = activation(function);
        double h = 1e-6;
        double[] x = new double[LENGTH];
        double[] up = new double[LENGTH];
        double[] down = new double[LENGTH];
        double[] ones = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            x[i] = (i - LENGTH / 2 + 1 / Math.E) / 60;
            up[i] = x[i] + h;
            down[i] = x[i] - h;
            ones[i] = 1;
        }
        double[] y = new double[LENGTH];
        double[] dx = new double[LENGTH];
        f.forward(x, y);
        f.backward(x, ones, dx);
        double[] fromOutput = new double[LENGTH];
        if (f.allowsBackwardFromOutput()) {
            f.backwardFromOutput(y, ones, fromOutput);
        }
        f.forward(up, up);
        f.forward(down, down);
        for (int i = 0; i < LENGTH; i++) {
            double central = (up[i] - down[i]) / (2 * h);
            assertEquals(central, dx[i], 2e-8 * Math.max(1, Math.abs(central)), f + " at " + x[i]);
            if (f.allowsBackwardFromOutput()) {
                assertEquals(dx[i], fromOutput[i], 1e-9 * Math.max(1, Math.abs(dx[i])), f + " from y at " + x[i]);
            }
        }
    }

    @Test
    void rangesThreadsAndChainsWork() {
        double[] x = new Random(1).doubles(300_001, -5, 5).toArray();
        Activation f = Activation.of("elu(alpha=0.1)");
        double[] y = new double[x.length];
        Kernels.builder().threads(1).build().forward(f, x, y);
        double[] split = new double[x.length + 3];
        Kernels.builder().threads(4).build().forward(f, x, 0, split, 2, x.length);
        for (int i = 0; i < x.length; i++) {
            assertEquals(x[i] > 0 ? x[i] : 0.1 * Math.expm1(x[i]), y[i], 1e-16);
            assertEquals(y[i], split[2 + i]);
        }
        double[] chained = {0.3};
        Activation.chain(Activation.tanh(), Activation.affine(2, 1)).forward(chained, chained);
        assertArrayEquals(new double[] {2 * Math.tanh(0.3) + 1}, chained);
    }

    @Test
    void misuseIsAnswered() {
        double[] x = new double[4];
        Activation gelu = Activation.gelu();
        assertThrows(NullPointerException.class, () -> gelu.forward(x, (double[]) null));
        assertThrows(IllegalArgumentException.class, () -> gelu.forward(x, new double[3]));
        assertThrows(IllegalStateException.class, () -> gelu.backwardFromOutput(x, x, x));
        Kernels kernels = Kernels.defaults();
        assertThrows(IllegalArgumentException.class, () -> kernels.forward(gelu, x, 0, x, 1, 2));
    }
}
