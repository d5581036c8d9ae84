package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ArrayWorkTest {
    @Test
    void partsOfLongArraysAreWhole() {
        assertEquals(0, ArrayWork.share(1 << 25, 0, 100));
        assertEquals((1 << 25) - 335545, ArrayWork.share(1 << 25, 99, 100));
        assertEquals(1 << 25, ArrayWork.share(1 << 25, 100, 100));
    }
}
