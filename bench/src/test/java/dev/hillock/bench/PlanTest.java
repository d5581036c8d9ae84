package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hillock.catalogue.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void whatIsUsualIsNotInTheCommand() {
        Plan usual = new Plan(Plan.USUAL, Plan.USUAL_DIRECTIONS, List.of(Plan.TABLE), 1, 200, false, List.of());
        assertEquals("./hillock bench --millis 200", usual.command());
    }

    @Test
    void whatIsNotUsualIs() {
        Plan plan = new Plan(
                List.of("gelu", "silu"),
                List.of(Direction.BACKWARD_FROM_OUTPUT),
                List.of(16, 64),
                2,
                50,
                true,
                List.of());
        assertEquals(
                "./hillock bench --function gelu,silu --size 16,64 --direction from-output --threads 2 --millis 50 --peers",
                plan.command());
    }

    @Test
    void whoTakesPartIsInTheCommand() {
        Plan plan = new Plan(
                Plan.USUAL, Plan.USUAL_DIRECTIONS, List.of(Plan.TABLE), 1, 200, false, List.of("copy", "native"));
        assertEquals("./hillock bench --only copy,native --millis 200", plan.command());
    }

    @Test
    void theWayBackOverRowsIsTimedOnce() {
        Plan plan = new Plan(List.of("softmax"), List.of(Direction.values()), List.of(16), 1, 1, false, List.of());
        assertEquals(2 * Plan.SHAPES.size(), plan.cases().size());
        Plan backward = new Plan(List.of("softmax"), List.of(Direction.BACKWARD), List.of(16), 1, 1, false, List.of());
        backward.cases().forEach(task -> assertEquals(Direction.BACKWARD_FROM_OUTPUT, task.direction()));
        assertEquals(Plan.SHAPES.size(), backward.cases().size());
    }
}
