package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.bench.jmh.FusedBenchmark;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.GatedCatalogue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class FusedTest {
    private static Plan plan(List<String> operations) {
        return new Plan(operations, List.of(Direction.values()), List.of(16), 1, 1, false, List.of());
    }

    static Stream<Case> cases() {
        return plan(Fused.NAMES).cases().stream().filter(task -> task.total() == Plan.TABLE);
    }

    @Test
    void everyGatedUnitAndFormIsTimedBothWays() {
        GatedCatalogue.units().forEach(unit -> assertTrue(Fused.NAMES.contains(unit.name()), unit.name()));
        assertTrue(Fused.NAMES.containsAll(
                List.of("bias_gelu", "add_gelu", "scale_shift_gelu", "gelu_dropout", "dense_gelu", "gelu_stats")));
        // Dense layers and statistics have no way back.
        assertEquals(2 * Fused.NAMES.size() - 2, cases().count());
        assertTrue(plan(List.of("swiglu")).cases().stream().anyMatch(task -> task.rows() == Plan.BLOCK.rows()));
    }

    @Test
    void theyAreFoundByTheTablesNamesAndTheCatalogues() {
        assertEquals(Optional.of("geglu_tanh"), Fused.named("GeGLU-tanh"));
        assertEquals(Optional.of("scale_shift_gelu"), Fused.named("scale_shift_act"));
        assertEquals(Optional.of("add_gelu"), Fused.named("add_gelu"));
        assertEquals(Optional.empty(), Fused.named("gelu"));
    }

    @Test
    void theBenchmarkOfJmhHasTheSame() throws ReflectiveOperationException {
        Param param = FusedBenchmark.class.getDeclaredField("operation").getAnnotation(Param.class);
        assertEquals(Fused.NAMES, Arrays.asList(param.value()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everybodyComputesTheSame(Case task) throws NotSupported {
        float[] x = Inputs.x(task);
        float[] behind = Inputs.dy(task);
        // What a clamp cuts off, and the bounds themselves.
        x[0] = 7;
        x[1] = 8;
        x[2] = -8;
        behind[3] = -7;
        behind[4] = 9;
        behind[5] = -9;
        float[] expected = Contestants.expected(task, x, behind);
        assertEquals(task.outputs(), expected.length);
        for (Contestant contestant : List.of(new PlainJava(), new Separate())) {
            boolean clamped = contestant instanceof Separate && task.operation().equals("swiglu_clamped");
            boolean whole = contestant instanceof Separate && (Fused.isDense(task) || Fused.isPrelu(task));
            if (clamped || whole || Fused.isDropout(task) || Fused.isCounted(task)) {
                assertThrows(NotSupported.class, () -> contestant.prepare(task, x, behind));
                continue;
            }
            try (Work work = contestant.prepare(task, x, behind)) {
                assertNotEquals(Check.WRONG, Contestants.check(contestant, work, expected), contestant.name());
            }
        }
    }

    private record Peer(String name, String description) implements Contestant {
        Peer() {
            this("peer", "");
        }

        @Override
        public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
            throw new NotSupported("only asked what it knows");
        }
    }

    @Test
    void peersKnowWhatTheyHave() {
        List<Case> known =
                plan(Fused.NAMES).cases().stream().filter(new Peer()::knows).toList();
        assertTrue(known.stream().allMatch(task -> task.direction() == Direction.FORWARD));
        assertEquals(
                Fused.FROM_MEMORY,
                known.stream().map(Case::operation).distinct().sorted().toList());
    }
}
