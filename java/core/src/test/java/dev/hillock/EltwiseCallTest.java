package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.catalogue.Direction;
import dev.hillock.engine.Engines;
import dev.hillock.engine.ShadowCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EltwiseCallTest {
    private static final float[] ARRAY = {1};
    private static final float[] OFF_HEAP = null;

    private final EltwiseCall auto = new EltwiseCall(Engine.AUTO, null, 1, null, ShadowCheck.OFF);

    @BeforeEach
    void thereIsANativeEngine() {
        assumeTrue(Engines.get(Engine.NATIVE).availability().isAvailable(), "no native library");
    }

    private Engine chosen(ElementType type, Direction direction, Object x, Object dy, Object out) {
        return auto.engine(Activation.sigmoid(), type, direction, x, dy, out, 1).engine();
    }

    @ParameterizedTest
    @EnumSource
    void memoryOutsideTheHeapGoesNativeHoweverShort(ElementType type) {
        assertEquals(Engine.NATIVE, chosen(type, Direction.FORWARD, OFF_HEAP, null, OFF_HEAP));
        assertEquals(Engine.NATIVE, chosen(type, Direction.BACKWARD, OFF_HEAP, OFF_HEAP, OFF_HEAP));
    }

    @Test
    void oneOperandOutsideTheHeapIsEnough() {
        assertEquals(Engine.NATIVE, chosen(ElementType.FLOAT32, Direction.FORWARD, OFF_HEAP, null, ARRAY));
        assertEquals(Engine.NATIVE, chosen(ElementType.FLOAT32, Direction.FORWARD, ARRAY, null, OFF_HEAP));
        assertEquals(Engine.NATIVE, chosen(ElementType.FLOAT32, Direction.BACKWARD, ARRAY, OFF_HEAP, ARRAY));
    }

    @Test
    void shortArraysStayInJava() {
        assertEquals(Engine.SCALAR, chosen(ElementType.FLOAT32, Direction.FORWARD, ARRAY, null, ARRAY));
        assertEquals(Engine.SCALAR, chosen(ElementType.FLOAT32, Direction.BACKWARD, ARRAY, ARRAY, ARRAY));
    }
}
