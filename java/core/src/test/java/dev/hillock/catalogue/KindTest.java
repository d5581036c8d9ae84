package dev.hillock.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KindTest {
    @ParameterizedTest
    @CsvSource({
        "ELEMENTWISE, Leaky-ReLU(alpha=0.2)",
        "ELEMENTWISE, none",
        "OVER_AN_AXIS, log_softmax",
        "AXIS_OPERATION, maxout(k=2)",
        "GATED, SwiGLU",
        "FUSED, bias_act",
        "LOSS, huber(delta=2)"
    })
    void aNameSaysWhatItIs(Kind kind, String text) {
        assertEquals(List.of(kind), of(text));
    }

    @ParameterizedTest
    @EnumSource
    void noNameBelongsToTwo(Kind kind) {
        kind.names().forEach(name -> assertEquals(List.of(kind), of(name), name));
    }

    @Test
    void aWordThatIsNoNameIsNothing() {
        assertEquals(List.of(), of("geluu"));
    }

    private static List<Kind> of(String text) {
        return Arrays.stream(Kind.values()).filter(kind -> kind.has(text)).toList();
    }
}
