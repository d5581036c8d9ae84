package dev.hillock.lab.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateTest {
    private static final Blueprint THREE = new Perceptron(List.of(8, 7, 6));

    @Test
    void commasAndPlusSignsInParenthesesSeparateNothing() {
        assertEquals(
                List.of("relu", "hardtanh(min=-1, max=+2)", "gelu+relu+gelu"),
                Texts.split("relu, hardtanh(min=-1, max=+2),gelu+relu+gelu", ','));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gelu | gelu | gelu+gelu+gelu",
                "Swish | silu | silu+silu+silu",
                "relu+relu+gelu | relu+relu+gelu | relu+relu+gelu",
                "prelu+PReLU(per-channel)+leaky_relu(alpha=0.2) | prelu+prelu(per_channel)+leaky_relu(alpha=0.2) | prelu+prelu(per_channel)+leaky_relu(alpha=0.2)",
                "swish(beta=learned) | swish(beta=learned) | swish(beta=learned)+swish(beta=learned)+swish(beta=learned)"
            })
    void namesAreReadAndReadBack(String text, String name, String spelled) {
        Candidate candidate = Candidate.of(text, THREE);
        assertEquals(name, candidate.name());
        assertEquals(spelled, candidate.spelled());
        assertEquals(spelled, Candidate.of(spelled, THREE).spelled());
    }

    @Test
    void aSwapChangesOneLayer() {
        Candidate swapped = Candidate.of("relu", THREE).swapped("2:gelu", THREE);
        assertEquals("2:gelu", swapped.name());
        assertEquals("relu+gelu+relu", swapped.spelled());
    }

    @ParameterizedTest
    @CsvSource({"4:gelu", "first:gelu", "0:gelu", "2", ":gelu", "2:", "2:gelo"})
    void aWrongSwapIsRefused(String swap) {
        Candidate relu = Candidate.of("relu", THREE);
        RuntimeException e = assertThrows(RuntimeException.class, () -> relu.swapped(swap, THREE));
        assertEquals(1, e.getMessage().lines().count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "relu+gelu | relu+gelu: 2 activations for 3 places in the network",
                "relu++gelu | unknown function ''",
                "geluu | unknown function 'geluu' (nearest: gelu)",
                "prelu(alpha=learned) | ",
            })
    void aWrongNameIsRefused(String text, String message) {
        RuntimeException e = assertThrows(RuntimeException.class, () -> Candidate.of(text, THREE));
        assertTrue(message == null || e.getMessage().startsWith(message), e.getMessage());
    }
}
