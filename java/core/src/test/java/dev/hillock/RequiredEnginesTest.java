package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.hillock.engine.Engines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code -Dhillock.require=native,vector} demands: tests that skip an engine cannot then hide its absence. */
class RequiredEnginesTest {
    private static final String REQUIRED = System.getProperty("hillock.require", "scalar,reference");

    static String[] requiredEngines() {
        return REQUIRED.split(",");
    }

    @ParameterizedTest
    @MethodSource("requiredEngines")
    void everyRequiredEngineIsAvailable(String engine) {
        assertNull(Engines.get(Engine.of(engine)).availability().reason());
    }
}
