package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationTest {
    @Test
    void namesAreReadAsOtherFrameworksWriteThem() {
        for (String name : List.of("LeakyReLU", "leaky_relu", "leaky-relu", "LRELU", "leaky relu")) {
            assertEquals(Activation.leakyRelu(), Activation.of(name));
        }
        assertEquals(Activation.silu(), Activation.of("swish"));
        assertEquals(Activation.swish(2), Activation.of("swish(beta=2)"));
        assertEquals(Activation.geluTanh(), Activation.of("gelu(approximate=tanh)"));
        assertEquals(Activation.gelu(), Activation.of("gelu(approximate=none)"));
        assertEquals(Activation.sigmoid(), Activation.of("logistic"));
        assertEquals(Activation.leakyRelu(0.2), Activation.of("leaky_relu", Map.of("negative_slope", 0.2)));
    }

    @Test
    void noTwoFunctionsShareAName() {
        Map<String, Function> owners = new HashMap<>();
        for (Function function : Catalogue.functions()) {
            function.names().forEach(name -> {
                Function before = owners.put(Names.normal(name), function);
                assertTrue(before == null || before == function, name);
            });
        }
    }

    @Test
    void whatIsPrintedParsesBack() {
        for (Function function : Catalogue.functions()) {
            Map<String, Double> values = new HashMap<>();
            function.parameters().forEach(parameter -> values.put(parameter.name(), values.isEmpty() ? 0.7 : 0.9));
            Activation f = Activation.of(function.name(), values);
            assertEquals(f, Activation.of(f.toString()), f.toString());
        }
        assertEquals("leaky_relu(alpha=0.2)", Activation.leakyRelu(0.2).toString());
        assertEquals("leaky_relu", Activation.leakyRelu().toString());
        // What differs for doubles is not equal, and is read back as it was.
        Activation rounded = Activation.leakyRelu(0.2f);
        assertNotEquals(Activation.leakyRelu(0.2), rounded);
        assertEquals(rounded, Activation.of(rounded.toString()));
        assertNotEquals(Activation.leakyRelu(), Activation.leakyRelu(0.01f));
        assertEquals(
                "leaky_relu(alpha=0.009999999776482582)",
                Activation.leakyRelu(0.01f).toString());
        assertNotEquals(Activation.leakyRelu(), Activation.leakyRelu(0.2));
    }
}
