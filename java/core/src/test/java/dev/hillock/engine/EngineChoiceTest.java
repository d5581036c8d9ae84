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
        assumeTrue(Engines.get(Engine.NATIVE).availability().isAvailable(), "no native library");
        int lanes = Engines.get(Engine.VECTOR).lanes();
        long[] thanVector =
                Crossovers.here(lanes, (function, direction) -> true).thanVector();
        assumeTrue(thanVector[Crossovers.index(SIGMOID, Direction.FORWARD)] > 16, "calls are too cheap here");
        int early = 0;
        for (int call = 0; call < 1600; call++) {
            early += chosen(16) == Engine.VECTOR ? 1 : 0;
        }
        assertTrue(early > 0 && early <= 101, "of the first 1600: " + early);
        for (int call = 0; call < 1_000_000; call++) {
            chosen(16);
        }
        assertEquals(Engine.VECTOR, chosen(16));
    }
}
