package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.ParameterSlopes;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterGradientTest {
    static Stream<Arguments> learned() {
        return Catalogue.functions().stream()
                .flatMap(f -> ParameterSlopes.learned(f).stream().map(name -> Arguments.of(f, name)));
    }

    @ParameterizedTest
    @MethodSource("learned")
    void slopesAreThoseOfTheValues(Function f, String parameter) {
        int index = f.parameters().stream().map(p -> p.name()).toList().indexOf(parameter);
        ParameterSlopes.Slope slope = ParameterSlopes.of(f, parameter).orElseThrow();
        double h = 1e-6;
        for (double[] p : f.testParameters()) {
            for (int i = -400; i < 400; i++) {
                double x = (i + 1 / Math.E) / 50;
                double[] up = p.clone();
                double[] down = p.clone();
                up[index] += h;
                down[index] -= h;
                if (f.reference(x, up) == 0 != (f.reference(x, down) == 0)) {
                    continue;
                }
                double central = (f.reference(x, up) - f.reference(x, down)) / (2 * h);
                assertEquals(
                        central,
                        slope.at(x, p),
                        1e-7 * Math.max(1, Math.abs(central)),
                        f + "." + parameter + " at " + x);
            }
            for (double x : new double[] {-1e30, -800, 800, 1e30}) {
                assertEquals(false, Double.isNaN(slope.at(x, p)), f + "." + parameter + " at " + x);
            }
        }
    }

    @Test
    void theBitsDoNotDependOnTheThreads() {
        Random random = new Random(1);
        float[] x = new float[100_003];
        float[] dy = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian() * 3;
            dy[i] = (float) random.nextGaussian();
        }
        Activation f = Activation.swish(1.3);
        double one = Kernels.builder().threads(1).build().parameterGradient(f, "beta", x, dy);
        assertEquals(one, Kernels.builder().threads(4).build().parameterGradient(f, "beta", x, dy));
        float[] dx = new float[x.length];
        float[] expected = new float[x.length];
        f.backward(x, dy, expected);
        assertEquals(one, f.backward(x, dy, dx, "beta"));
        assertArrayEquals(expected, dx);
        assertEquals(one, f.backward(x, dy, dy, "beta"));
        assertArrayEquals(expected, dy);
    }

    @Test
    void worksOutByHand() {
        assertEquals(
                -2 * 3 - 1,
                Activation.leakyRelu(0.1).parameterGradient("slope", new float[] {-2, 5, -1}, new float[] {3, 7, 1}));
    }

    @Test
    void whatIsNotLearnedIsSaid() {
        float[] one = new float[1];
        assertThrows(IllegalArgumentException.class, () -> Activation.elu().parameterGradient("beta", one, one));
        assertThrows(IllegalArgumentException.class, () -> Activation.gelu().parameterGradient("alpha", one, one));
        assertThrows(
                IllegalArgumentException.class, () -> Activation.elu().parameterGradient("alpha", one, new float[2]));
    }

    @org.junit.jupiter.api.Test
    void doublesKeepTheirPrecision() {
        double[] x = {-1.5, 0.25, 3};
        double[] dy = {1, -2, 0.5};
        double h = 1e-6;
        double central = 0;
        for (int i = 0; i < x.length; i++) {
            double up = (0.7 + h) * x[i];
            double down = (0.7 - h) * x[i];
            central += dy[i] * x[i] * (1 / (1 + Math.exp(-up)) - 1 / (1 + Math.exp(-down))) / (2 * h);
        }
        org.junit.jupiter.api.Assertions.assertEquals(
                central, Activation.swish(0.7).parameterGradient("beta", x, dy), 1e-9);
    }
}
