package dev.hillock.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Losses;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {
    @ParameterizedTest
    @CsvSource({
        "sigmoid, bce_with_logits, 1",
        "softmax, cross_entropy, 10",
        "softmax, nll, 10",
        "softmax, mse, 1",
        "sigmoid, cross_entropy, 10",
        "relu, cross_entropy, 10",
        "relu, BCEWithLogits, 1",
        "identity, bce, 1"
    })
    void wrongPairsAreWarnedOf(String output, String loss, int outputs) {
        assertEquals(1, Pairing.warnings(output, loss, outputs).size());
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void everyTasksOwnPairIsRight(Task task) {
        for (String output : task.output().split(", ")) {
            Catalogue.function(output);
            assertTrue(Pairing.warnings(output, task.loss(), 10).isEmpty());
        }
        Losses.loss(task.loss());
        assertEquals(task, Task.of(task.word()));
    }

    @Test
    void symptomsDecideOnTheHiddenLayers() {
        assertEquals("relu", Advisor.advise(Task.REGRESSION, Set.of()).hidden());
        assertEquals(
                "leaky_relu",
                Advisor.advise(Task.BINARY, EnumSet.of(Symptom.DEAD_UNITS)).hidden());
        assertEquals(
                "selu",
                Advisor.advise(Task.BINARY, EnumSet.of(Symptom.DEEP_PLAIN)).hidden());
        assertThrows(IllegalArgumentException.class, () -> Symptom.of("tired"));
        assertEquals(Symptom.DEAD_UNITS, Symptom.of("dead_units"));
    }
}
