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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link SameBitsTest} for doubles: whatever engine computes them, the bits are the same. */
class SameDoubleBitsTest {
    private static final KernelEngine SCALAR = Engines.get(Engine.SCALAR);
    private static final List<Named> ENGINES = EngineCases.identical();
    private static final int LONGEST = 130;
    private static final int SAMPLES = 1 << 18;
    private static final double GUARD = 12345;
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        3,
        -3,
        6,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        -Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    static Stream<Case> cases() {
        return EngineCases.doubleCases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyEngineServesEveryCase(Case c) {
        for (Named named : ENGINES) {
            assertTrue(
                    named.engine().supports(c.function(), ElementType.FLOAT64, c.direction(), c.parameters()),
                    c + " on " + named);
        }
    }

    // A formula for floats also compiles for doubles, with floats' digits: no engine may have it alone.
    @Test
    void enginesHaveKernelsForTheSameFunctions() {
        for (Function function : Catalogue.functions()) {
            boolean expected = Engines.hasKernels(function, ElementType.FLOAT64);
            double[] parameters = EngineCases.defaults(function);
            // SCALAR has formulas for the rest.
            for (Named named : ENGINES.subList(1, ENGINES.size())) {
                boolean has = named.engine().supports(function, ElementType.FLOAT64, Direction.FORWARD, parameters);
                assertEquals(expected, has, function + " on " + named);
            }
        }
    }

    // Special values, values where the functions live, and bit patterns in equal steps through all exponents.
    private static double[] samples() {
        double[] x = new double[SAMPLES];
        Random random = new Random(3);
        long step = (0x7ffL << 52) / (SAMPLES / 4);
        for (int i = 0; i < SAMPLES; i++) {
            x[i] = i < SPECIAL.length
                    ? SPECIAL[i]
                    : switch (i % 4) {
                        case 0 -> random.nextDouble() * 20 - 10;
                        case 1 -> random.nextGaussian() * 300;
                        case 2 -> Double.longBitsToDouble(i / 4 * step);
                        default -> -Double.longBitsToDouble(i / 4 * step);
                    };
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyEngineReturnsTheSameBits(Case c) {
        double[] x = samples();
        double[] dy = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            dy[i] = 0.3 + i % 5;
        }
        double[] expected = run(SCALAR, c, x, dy, new double[x.length]);
        for (Named named : ENGINES) {
            double[] actual = run(named.engine(), c, x, dy, new double[x.length]);
            for (int i = 0; i < x.length; i++) {
                assertSameBits(expected[i], actual[i], named, c, x[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsDependNeitherOnLengthNorOffsetAndTailsNeverTouchTheNextElement(Case c) {
        double[] x = new Random(1).doubles(LONGEST + 17, -8, 8).toArray();
        double[] dy = new Random(2).doubles(LONGEST + 17, -2, 2).toArray();
        double[] expected = run(SCALAR, c, x, dy, new double[x.length]);
        for (Named named : ENGINES) {
            for (int length = 0; length <= LONGEST; length++) {
                int offset = length % 17;
                int outOffset = length * 7 % 16;
                double[] out = new double[LONGEST + 32];
                Arrays.fill(out, GUARD);
                named.engine()
                        .eltwise(
                                c.function(),
                                ElementType.FLOAT64,
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
                    int from = i - outOffset + offset;
                    if (i >= outOffset && i < outOffset + length) {
                        assertSameBits(expected[from], out[i], named, c, x[from]);
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
        double[] x = new Random(4).doubles(1003, -8, 8).toArray();
        double[] dy = new Random(5).doubles(1003, -2, 2).toArray();
        double[] expected = run(SCALAR, c, x, dy, new double[x.length]);
        for (Named named : ENGINES) {
            double[] overX = x.clone();
            double[] overDy = dy.clone();
            run(named.engine(), c, overX, dy, overX);
            run(named.engine(), c, x, overDy, overDy);
            for (int i = 0; i < x.length; i++) {
                assertSameBits(expected[i], overX[i], named, c, x[i]);
                if (c.direction() != Direction.FORWARD) {
                    assertSameBits(expected[i], overDy[i], named, c, x[i]);
                }
            }
        }
    }

    private static double[] run(KernelEngine engine, Case c, double[] x, double[] dy, double[] out) {
        engine.eltwise(c.function(), ElementType.FLOAT64, c.direction(), c.parameters(), x, 0, dy, 0, out, 0, x.length);
        return out;
    }

    // Every NaN is one value.
    private static void assertSameBits(double expected, double actual, Object engine, Case c, double x) {
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
            assertEquals(
                    Double.toHexString(expected),
                    Double.toHexString(actual),
                    () -> c + " on " + engine + " at x = " + Double.toHexString(x));
        }
    }
}
