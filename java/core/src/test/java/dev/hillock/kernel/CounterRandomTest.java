package dev.hillock.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CounterRandomTest {
    private static final long STEP = 1L << 11;

    @Test
    void theIntervalIsOpenAtBothEnds() {
        assertEquals(0x1p-54, CounterRandom.unit(0));
        assertEquals(Math.nextDown(1.0), CounterRandom.unit(-1L));
        assertEquals(Math.nextDown(1.0), CounterRandom.unit(-STEP));
    }

    // The numbers of a seed are part of what users have: masks, slopes, noise.
    @Test
    void belowTheLargestNothingIsCutOff() {
        for (int i = 2; i < 1000; i++) {
            assertEquals(sum(-i * STEP), CounterRandom.unit(-i * STEP));
        }
        for (int i = 0; i < 1000; i++) {
            long bits = CounterRandom.bits(CounterRandom.start(3), i);
            assertEquals(sum(bits), CounterRandom.unit(bits));
            assertEquals(CounterRandom.unit(bits), CounterRandom.uniform(3, i));
        }
    }

    private static double sum(long bits) {
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }
}
