package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.EngineCases.Case;
import dev.hillock.engine.EngineCases.Named;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules of the catalogue at the ends and kinks, as bits. Every row of special-values.csv was once a question. */
class SpecialValuesTest {
    private static final List<Named> ENGINES = EngineCases.identical();

    record Row(String function, Direction direction, float x, float expected) {}

    static Stream<Row> rows() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                SpecialValuesTest.class.getResourceAsStream("/special-values.csv"), StandardCharsets.UTF_8))) {
            return reader
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(","))
                    .map(cells -> new Row(
                            cells[0].trim(),
                            Direction.valueOf(cells[1].trim()),
                            Float.parseFloat(cells[2].trim()),
                            Float.parseFloat(cells[3].trim())))
                    .toList()
                    .stream();
        }
    }

    static Stream<Case> cases() {
        return EngineCases.cases();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyEngineReturnsTheStatedBits(Row row) {
        Activation f = Activation.of(row.function);
        Case c = new Case(f.function(), row.direction, f.parameters());
        for (Named named : ENGINES) {
            float actual = EngineCases.run(named.engine(), c, new float[] {row.x}, new float[] {1})[0];
            EngineCases.assertSameBits(row.expected, actual, named, c, row.x, 1);
        }
    }

    // Where b is 0 the squares underflow, and their quotients are 0/0.
    @Test
    void squareplusWithoutBIsReluInDoublesToo() {
        Function squareplus = Catalogue.function("squareplus");
        double[] x = {-Double.MIN_VALUE, -1e-170, -1e-300, -1, 0, 1e-170, Double.MIN_VALUE};
        double[] slope = {0, 0, 0, 0, 0.5, 1, 1};
        double[] y = {0, 1e-170, Double.MIN_VALUE, 1};
        double[] slopeFromY = {0, 1, 1, 1};
        for (Named named : ENGINES) {
            assertArrayEquals(slope, doubles(named, squareplus, Direction.BACKWARD, x), named.name());
            assertArrayEquals(slopeFromY, doubles(named, squareplus, Direction.BACKWARD_FROM_OUTPUT, y), named.name());
        }
    }

    private static double[] doubles(Named named, Function function, Direction direction, double[] x) {
        double[] dy = new double[x.length];
        double[] out = new double[x.length];
        Arrays.fill(dy, 1);
        named.engine()
                .eltwise(function, ElementType.FLOAT64, direction, new double[] {0}, x, 0, dy, 0, out, 0, x.length);
        return out;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nanGoesThrough(Case c) {
        double slopeAtNan = c.direction() == Direction.FORWARD
                ? Double.NaN
                : c.function().referenceDerivative(Double.NaN, c.parameters());
        for (Named named : ENGINES) {
            float actual = EngineCases.run(named.engine(), c, new float[] {Float.NaN}, new float[] {1})[0];
            assertEquals((float) slopeAtNan, actual, c + " on " + named);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void limitsAreLimits(Case c) {
        for (float x :
                new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE}) {
            double at = x;
            if (c.direction() == Direction.BACKWARD_FROM_OUTPUT) {
                at = (float) c.function().reference(x, c.parameters());
            }
            double expected =
                    switch (c.direction()) {
                        case FORWARD -> c.function().reference(at, c.parameters());
                        case BACKWARD -> c.function().referenceDerivative(at, c.parameters());
                        case BACKWARD_FROM_OUTPUT -> c.function().referenceFromOutput(at, c.parameters());
                    };
            for (Named named : ENGINES) {
                float actual = EngineCases.run(named.engine(), c, new float[] {(float) at}, new float[] {1})[0];
                assertTrue(
                        Math.abs((float) expected - actual) <= Math.ulp((float) expected) + fromOutput(c)
                                || (float) expected == actual
                                || Double.isNaN(expected) && Float.isNaN(actual),
                        c + " on " + named + " at " + at + ": expected " + expected + ", got " + actual);
            }
        }
    }

    // The slope from a saturated output is no better than the output.
    private static float fromOutput(Case c) {
        return c.direction() == Direction.BACKWARD_FROM_OUTPUT ? 0x1p-23f : 0;
    }
}
