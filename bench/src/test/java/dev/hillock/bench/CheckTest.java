package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CheckTest {
    private static final float[] EXPECTED = {0f, 1f, Float.NaN, -1000f};

    @Test
    void equalBitsAndAnyNanAreTheSame() {
        float[] got = EXPECTED.clone();
        got[2] = Float.intBitsToFloat(0x7fc00001);
        assertEquals(Check.SAME_BITS, Check.of(got, EXPECTED));
    }

    @Test
    void aSignOfZeroOrALastBitIsOnlyClose() {
        assertEquals(Check.CLOSE, Check.of(new float[] {-0f, 1f, Float.NaN, -1000f}, EXPECTED));
        assertEquals(Check.CLOSE, Check.of(new float[] {0f, Math.nextUp(1f), Float.NaN, -1000f}, EXPECTED));
    }

    @Test
    void farOrNanIsWrong() {
        assertEquals(Check.WRONG, Check.of(new float[] {0f, 1.0001f, Float.NaN, -1000f}, EXPECTED));
        assertEquals(Check.WRONG, Check.of(new float[] {0f, 1f, 0f, -1000f}, EXPECTED));
        assertEquals(Check.WRONG, Check.of(new float[] {Float.NaN, 1f, Float.NaN, -1000f}, EXPECTED));
    }
}
