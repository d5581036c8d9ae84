package dev.hillock.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void noneIsTheNearestOnlyWhereNothingElseIsKnown() {
        assertEquals("relu", Names.nearest("nonee", Stream.of("none", "relu")));
        assertEquals("none", Names.nearest("nonee", Stream.of("none")));
    }

    @Test
    void theNearestIsFoundInAnySpelling() {
        assertEquals("leaky_relu", Names.nearest("LeakyRelo", Stream.of("relu", "leaky_relu", "prelu")));
    }

    @Test
    void aNameIsKnownInAnySpellingAndWithParameters() {
        assertTrue(Names.isOneOf("Leaky-ReLU(alpha=0.2)", Stream.of("relu", "leaky_relu")));
        assertFalse(Names.isOneOf("leaky", Stream.of("relu", "leaky_relu")));
        assertEquals("elu", Names.bare("elu(alpha=1)"));
        assertEquals("elu", Names.bare("elu"));
    }
}
