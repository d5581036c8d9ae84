package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
    private static final Function SIGMOID = Catalogue.function("sigmoid");

    private static Engine chosen(int length) {
        return Engines.choose(SIGMOID, ElementType.FLOAT32, Direction.FORWARD, new double[0], length)
                .engine();
    }

    @Test
    void theShortestArraysStayInJavaAndLongOnesGoNative() {
        assumeTrue(Engines.get(Engine.NATIVE).availability().isAvailable(), "no native library");
        assertEquals(Engine.SCALAR, chosen(1));
        assertEquals(Engine.NATIVE, chosen(2048));
        assertEquals(Engine.NATIVE, chosen(1 << 20));
    }

    @Test
    void theVectorEngineIsBrokenInByFewCallsAndThenServes() {
        assumeTrue(Engines.get(Engine.VECTOR).availability().isAvailable(), "no Vector API");
        KernelEngine fresh = new VectorEngine();
        int early = 0;
        for (int call = 0; call < 1600; call++) {
            early += fresh.wants(SIGMOID, ElementType.FLOAT32, Direction.FORWARD, 16) ? 1 : 0;
        }
        assertTrue(early > 0 && early <= 101, "of the first 1600: " + early);
        for (int call = 0; call < 1_000_000; call++) {
            fresh.wants(SIGMOID, ElementType.FLOAT32, Direction.FORWARD, 16);
        }
        assertTrue(fresh.wants(SIGMOID, ElementType.FLOAT32, Direction.FORWARD, 16));
    }
}
