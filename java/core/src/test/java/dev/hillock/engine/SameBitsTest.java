package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.EngineCases.Case;
import dev.hillock.engine.EngineCases.Named;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameBitsTest {
    private static final KernelEngine SCALAR = Engines.get(Engine.SCALAR);
    private static final List<Named> ENGINES = EngineCases.identical();
    private static final int LONGEST = 130;
    private static final float GUARD = 12345f;
    // Prime, so that a sweep over all bit patterns in these steps meets every exponent at changing mantissas.
    private static final int STEP = 10_007;

    static Stream<Case> cases() {
        return EngineCases.cases();
    }

    @Test
    void enginesThatAreRequiredAreThere() {
        for (String word : System.getProperty("hillock.require", "").split(",")) {
            if (!word.isBlank()) {
                Availability availability = Engines.get(Engine.of(word)).availability();
                assertTrue(availability.isAvailable(), word + ": " + availability.reason());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyEngineServesEveryCase(Case c) {
        for (Named named : ENGINES) {
            assertTrue(
                    named.engine().supports(c.function(), ElementType.FLOAT32, c.direction(), c.parameters()),
                    c + " on " + named);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyEngineReturnsTheSameBits(Case c) {
        float[] x = inputs();
        float[] dy = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            dy[i] = 0.5f + (i % 5);
        }
        float[] expected = EngineCases.run(SCALAR, c, x, dy);
        for (Named named : ENGINES) {
            float[] actual = EngineCases.run(named.engine(), c, x, dy);
            for (int i = 0; i < x.length; i++) {
                EngineCases.assertSameBits(expected[i], actual[i], named, c, x[i], dy[i]);
            }
        }
    }

    // A sweep, and around every power of two what lies beside it: the smallest numbers, infinity and NaN too.
    private static float[] inputs() {
        int count = (int) ((1L << 32) / STEP);
        int exponents = 1 << 9;
        int[] fractions = {0, 1, (1 << 23) - 1};
        float[] x = new float[count + exponents * fractions.length];
        for (int i = 0; i < count; i++) {
            x[i] = Float.intBitsToFloat(Integer.MIN_VALUE + i * STEP);
        }
        for (int exponent = 0; exponent < exponents; exponent++) {
            for (int fraction : fractions) {
                x[count++] = Float.intBitsToFloat(exponent << 23 | fraction);
            }
        }
        return x;
    }

    // From 18 on the simpler formula is taken.
    @ParameterizedTest
    @ValueSource(doubles = {3, 17.5, 18, 20})
    void softplusOfBetaOneIsTheSameForEveryThreshold(double threshold) {
        Function softplus = Catalogue.function("softplus");
        for (Direction direction : Direction.values()) {
            everyEngineReturnsTheSameBits(new Case(softplus, direction, new double[] {1, threshold}));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsDependNeitherOnLengthNorOffsetAndTailsNeverTouchTheNextElement(Case c) {
        Random random = new Random(1);
        float[] x = new float[LONGEST + 17];
        float[] dy = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian() * 4;
            dy[i] = (float) random.nextGaussian();
        }
        float[] expected = EngineCases.run(SCALAR, c, x, dy);
        for (Named named : ENGINES) {
            for (int length = 0; length <= LONGEST; length++) {
                int offset = length % 17;
                int outOffset = (length * 7) % 16;
                float[] out = new float[LONGEST + 32];
                java.util.Arrays.fill(out, GUARD);
                named.engine()
                        .eltwise(
                                c.function(),
                                ElementType.FLOAT32,
                                c.direction(),
                                c.parameters(),
                                x,
                                offset,
                                dy,
                                offset,
                                out,
                                outOffset,
                                length);
                for (int i = 0; i < out.length; i++) {
                    boolean inside = i >= outOffset && i < outOffset + length;
                    int from = i - outOffset + offset;
                    if (inside) {
                        EngineCases.assertSameBits(expected[from], out[i], named, c, x[from], dy[from]);
                    } else {
                        assertEquals(GUARD, out[i], named + " " + c + " wrote outside, length " + length);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inPlaceIsTheSame(Case c) {
        // Long arrays have other loops.
        float[] x = new float[9001];
        float[] dy = new float[x.length];
        Random random = new Random(2);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian() * 4;
            dy[i] = (float) random.nextGaussian();
        }
        float[] expected = EngineCases.run(SCALAR, c, x, dy);
        for (Named named : ENGINES) {
            float[] overX = x.clone();
            float[] overDy = dy.clone();
            run(named.engine(), c, overX, dy, overX);
            run(named.engine(), c, x, overDy, overDy);
            for (int i = 0; i < x.length; i++) {
                EngineCases.assertSameBits(expected[i], overX[i], named, c, x[i], dy[i]);
                if (c.direction() != Direction.FORWARD) {
                    EngineCases.assertSameBits(expected[i], overDy[i], named, c, x[i], dy[i]);
                }
            }
        }
    }

    private static void run(KernelEngine engine, Case c, float[] x, float[] dy, float[] out) {
        engine.eltwise(c.function(), ElementType.FLOAT32, c.direction(), c.parameters(), x, 0, dy, 0, out, 0, x.length);
    }
}
