package dev.hillock.catalogue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationsTest {
    static Stream<String> names() {
        return Stream.of(
                        Catalogue.functions().stream().map(Function::name),
                        AxisCatalogue.functions().stream().map(AxisDefinition::name),
                        AxisOperations.all().stream().map(AxisOperationDefinition::name),
                        GatedCatalogue.units().stream().map(GatedDefinition::name),
                        FusedCatalogue.operations().stream().map(FusedCatalogue.Operation::name),
                        Losses.all().stream().map(LossFunction::name))
                .flatMap(stream -> stream);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyEntryIsExplained(String name) {
        String text = Explanations.of(name);
        assertFalse(text.isBlank());
        assertTrue(text.endsWith("."), text);
    }
}
