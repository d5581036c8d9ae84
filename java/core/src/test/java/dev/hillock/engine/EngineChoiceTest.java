package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import java.util.stream.Stream;
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
    void whereTheVectorEngineHasThePlainLoopNativeStartsAsItDoesFromThat() {
        Crossovers crossovers = Crossovers.here(16, (function, direction) -> true, function -> false);
        assertArrayEquals(crossovers.thanScalar(), crossovers.thanVector());
        assertArrayEquals(crossovers.thanScalar(), crossovers.thanVectorWithRest());
    }

    @Test
    void tablesGoNativeBeforeTheCompilerHasLookUps() {
        assumeTrue(Engines.get(Engine.NATIVE).availability().isAvailable(), "no native library");
        assumeTrue(Runtime.version().feature() < 25, "the compiler has look-ups");
        Function gelu = Catalogue.function("gelu");
        KernelEngine chosen = null;
        // As many as break the vector engine in.
        for (int call = 0; call < 1_000_000; call++) {
            chosen = Engines.choose(gelu, ElementType.FLOAT32, Direction.FORWARD, new double[0], 64);
        }
        assertEquals(Engine.NATIVE, chosen.engine());
    }

    private static Engine chosenOverAxis(int rows, int columns) {
        return chosenOverAxis("softmax", Direction.FORWARD, rows, columns);
    }

    private static Engine chosenOverAxis(String function, Direction direction, int rows, int columns) {
        AxisKernels chosen = Engines.chooseAxis(
                AxisCatalogue.function(function),
                ElementType.FLOAT32,
                direction,
                AxisLayout.of(new int[] {rows, columns}, 1));
        return Stream.of(Engine.NATIVE, Engine.VECTOR, Engine.SCALAR)
                .filter(engine -> Engines.get(engine).axis() == chosen)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aShortRowStaysInJavaWhereTheCrossingIsDearAndAFewGoNative() {
        assumeTrue(Engines.get(Engine.NATIVE).availability().isAvailable(), "no native library");
        assertEquals(Engine.SCALAR, chosenOverAxis(1, 4));
        assertEquals(NativeLibrary.get().isFfm() ? Engine.NATIVE : Engine.SCALAR, chosenOverAxis(1, 8));
        assertEquals(NativeLibrary.get().isFfm() ? Engine.NATIVE : Engine.SCALAR, chosenOverAxis(2, 2));
        assertEquals(Engine.NATIVE, chosenOverAxis(2, 6));
        assertEquals(Engine.NATIVE, chosenOverAxis(3, 2));
        assertEquals(Engine.NATIVE, chosenOverAxis(1, 24));
        assertEquals(Engine.NATIVE, chosenOverAxis("log_softmax", Direction.BACKWARD_FROM_OUTPUT, 1, 12));
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
