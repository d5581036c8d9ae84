package dev.hillock.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Availability;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker sees what is wrong with an engine that is wrong on purpose. */
class CheckerTest {
    private static final Contestant SCALAR = new Contestant(Engines.get(Engine.SCALAR), null, true);

    /** What a damaged engine makes of a right result. */
    @FunctionalInterface
    private interface Damage {
        float to(float x, float y);
    }

    // The scalar engine with damage.
    private record Damaged(Damage damage) implements KernelEngine {
        @Override
        public Engine engine() {
            return Engine.NATIVE;
        }

        @Override
        public Availability availability() {
            return Availability.AVAILABLE;
        }

        @Override
        public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
            return true;
        }

        @Override
        public void eltwise(
                Function function,
                ElementType type,
                Direction direction,
                double[] parameters,
                Object x,
                long xOffset,
                Object dy,
                long dyOffset,
                Object out,
                long outOffset,
                long length) {
            SCALAR.engine()
                    .eltwise(function, type, direction, parameters, x, xOffset, dy, dyOffset, out, outOffset, length);
            for (int i = 0; i < length; i++) {
                ((float[]) out)[i] = damage.to(((float[]) x)[i], ((float[]) out)[i]);
            }
        }
    }

    private static Result check(String function, Direction direction, Damage damage) {
        Case tested = new Case(Activation.of(function), direction);
        Contestant damaged = new Contestant(new Damaged(damage), null, true);
        List<Result> results = new Checker(Sweep.sample(), true, 2).run(tested, List.of(SCALAR, damaged), inputs -> {});
        assertTrue(results.get(0).passed(), results.get(0).toString());
        return results.get(1);
    }

    @Test
    void anUndamagedEnginePasses() {
        Result result = check("relu", Direction.BACKWARD, (x, y) -> y);
        assertTrue(result.passed(), result.toString());
        assertEquals(0, result.differing());
    }

    @Test
    void oneWrongBitIsSeen() {
        Result result = check("leaky_relu", Direction.FORWARD, (x, y) -> x == -20f ? Math.nextUp(y) : y);
        assertEquals(1, result.differing());
        assertEquals(-20f, result.differingInput());
        assertTrue(result.maxUlp() > 0.5 && result.maxUlp() < 2);
        assertFalse(result.passed());
    }

    @Test
    void theSignOfZeroIsPartOfTheResult() {
        Result result = check("relu", Direction.FORWARD, (x, y) -> y == 0 ? 0f : y);
        assertTrue(result.wrongSpecials() > 0);
        assertEquals("-0.0", Double.toString(result.wrongSpecial()));
        assertFalse(result.passed());
    }

    @Test
    void nanMustComeThrough() {
        Result result = check("relu", Direction.FORWARD, (x, y) -> x != x ? 0 : y);
        assertTrue(result.wrongSpecials() > 0);
        assertTrue(Double.isNaN(result.wrongSpecial()));
        assertFalse(result.passed());
    }

    @Test
    void allNansAreOne() {
        Result result = check("relu", Direction.FORWARD, (x, y) -> x != x ? Float.intBitsToFloat(0x7fc12345) : y);
        assertEquals(0, result.differing());
        assertTrue(result.passed(), result.toString());
    }

    @Test
    void wrongSlopesOfSpecialGradientsAreSeen() {
        Result result =
                check("relu", Direction.BACKWARD, (x, y) -> x < 0 && Float.floatToRawIntBits(y) == 0 ? 0f : y * 1f);
        assertTrue(result.passed(), result.toString());
        result = check("relu", Direction.BACKWARD, (x, y) -> Float.isInfinite(y) ? Float.NaN : y);
        assertTrue(result.differing() > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "geglu",
                "glu",
                "swiglu_clamped",
                "bias_gelu",
                "add_gelu",
                "scale_shift_gelu",
                "gelu_dropout",
                "gelu_stats"
            })
    void wrongRowsOfGatedUnitsAndFusedFormsAreSeen(String name) {
        Contestant damaged = new Contestant(new Damaged((x, y) -> y * 1.000001f), null, true);
        for (AxisChecker.Result result : RowChecker.run(name, List.of(SCALAR, damaged))) {
            boolean right = result.contestant() == SCALAR;
            assertEquals(right, result.passed(), result.toString());
            assertEquals(right, result.differing() == 0, result.toString());
            assertEquals(right, result.maxShare() <= 1, result.toString());
        }
    }

    @Test
    void aFunctionWithoutKernelsIsAFormula() {
        List<Result> results = new Checker(Sweep.sample(), true, 2)
                .run(new Case(Activation.of("isru"), Direction.FORWARD), List.of(SCALAR), inputs -> {});
        assertEquals(1, results.size());
        assertEquals("reference", results.get(0).contestant().label());
        assertTrue(results.get(0).passed() && results.get(0).maxUlp() > 0.499, results.toString());
    }

    // The slope of isru and star_relu near its root came to 5.1 and 5.8 ULP before their formulas kept what they lose.
    @Test
    void aFormulaOfDoublesIsJudgedBySixtyDigits() {
        for (String name : List.of("isru", "isrlu", "bent_identity", "star_relu", "binary_step", "sign")) {
            List<Case> cases = DoubleChecker.cases(List.of(Activation.of(name)));
            assertTrue(cases.size() >= 2);
            for (Case tested : cases) {
                List<Result> results = DoubleChecker.run(tested, List.of(SCALAR));
                assertEquals(1, results.size());
                assertEquals("reference", results.get(0).contestant().label());
                assertTrue(results.get(0).passed(), results.toString());
            }
        }
    }

    @Test
    void theHashIsThatOfTheOutputs() {
        Case tested = new Case(Activation.relu(), Direction.FORWARD);
        String one = new Checker(Sweep.sample(), true, 1)
                .run(tested, List.of(SCALAR), n -> {})
                .get(0)
                .hash();
        String two = new Checker(Sweep.sample(), true, 2)
                .run(tested, List.of(SCALAR), n -> {})
                .get(0)
                .hash();
        assertEquals(one, two);
        Result damaged = check("relu", Direction.FORWARD, (x, y) -> x == 20f ? Math.nextUp(y) : y);
        assertNotEquals(one, damaged.hash());
    }
}
