package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.ElementType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossingBoundTest {
    @ParameterizedTest
    @CsvSource({"1,1", "1,65536", "1,65537", "3,65535", "1000,7", "5,200000", "1,2147483647"})
    void partsCoverTheRowsOnceAndStayBelowTheBound(long rows, int length) {
        CrossingBound bound = CrossingBound.on("avx2");
        AtomicLong next = new AtomicLong();
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> bound.each(rows, length, (row, from, together, count) -> {
                    assertEquals(next.get(), row * length + from);
                    assertTrue(together * count <= bound.floats(), together + " rows of " + count);
                    next.addAndGet(together * count);
                }));
        assertEquals(rows * length, next.get());
    }

    @Test
    void theSlowerACrossingTheFewerElements() {
        CrossingBound vectors = CrossingBound.on("avx512");
        CrossingBound portable = CrossingBound.on("portable");
        assertTrue(vectors.of(ElementType.FLOAT64) < vectors.of(ElementType.FLOAT32));
        assertTrue(portable.of(ElementType.FLOAT64) < portable.of(ElementType.BFLOAT16));
        assertTrue(portable.floats() < vectors.floats());
    }

    @Test
    void aLibraryOfAnotherVersionIsNotUsed() {
        assertTrue(NativeEngine.compareVersions("1.2", "1.2").isAvailable());
        assertTrue(NativeEngine.compareVersions("1.2", null).isAvailable());
        assertTrue(NativeEngine.compareVersions("development", "1.2").isAvailable());
        assertFalse(NativeEngine.compareVersions("1.1", "1.2").isAvailable());
    }
}
