package dev.hillock.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @Test
    void theLeastBitsOfANumberOrMore() {
        long all = (1L << 53) - 1;
        double[] values = {0, 0x1p-54, Math.nextUp(0x1p-54), 1e-9, 0.1, 0.5, 0.75, Math.nextDown(1.0)};
        for (double value : values) {
            long least = CounterRandom.leastFrom(value);
            assertTrue(CounterRandom.unit(least << 11 | 0x7ff) >= value, value + "");
            assertTrue(least == 0 || CounterRandom.unit(least - 1 << 11 | 0x7ff) < value, value + "");
            assertTrue(least <= all);
        }
        assertEquals(0, CounterRandom.leastFrom(0x1p-54));
        assertEquals(1, CounterRandom.leastFrom(Math.nextUp(0x1p-54)));
    }

    private static double sum(long bits) {
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }
}
