package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hillock.catalogue.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Cell cell(String operation, String contestant, Check check) {
        Case task = new Case(operation, Direction.FORWARD, 2, 8, 1);
        return new Cell(task, contestant, 1.0, 1.0, 1, 0, check, null, null);
    }

    private static List<String> differences(Cell... cells) {
        Plan plan = new Plan(List.of(), List.of(), List.of(), 1, 1, false, List.of());
        return new Report(plan, Machine.current(), List.of(), List.of(cells))
                .differences().stream().map(Cell::difference).toList();
    }

    @Test
    void aDenseLayerNeedsOnlyBeClose() {
        assertEquals(
                List.of("dense_gelu forward 2x8: auto is far from scalar"),
                differences(
                        cell("dense_gelu", "native", Check.CLOSE),
                        cell("dense_gelu", "vector", Check.SAME_BITS),
                        cell("dense_gelu", "auto", Check.WRONG)));
    }

    @Test
    void everythingElseNeedsTheBits() {
        assertEquals(
                List.of("bias_gelu forward 2x8: native has not the bits of scalar"),
                differences(
                        cell("bias_gelu", "native", Check.CLOSE),
                        cell("bias_gelu", "vector", Check.SAME_BITS),
                        cell("bias_gelu", "onednn", Check.CLOSE)));
    }
}
