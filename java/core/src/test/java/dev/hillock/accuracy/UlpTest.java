package dev.hillock.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UlpTest {
    @Test
    void theExactValueIsNotRounded() {
        assertEquals(0.5, Ulp.error(1f, 1 + 0x1p-24));
        assertEquals(0.25, Ulp.error(1f, 1 + 0x1p-25));
        assertEquals(1, Ulp.error(Math.nextUp(3f), 3));
    }

    @Test
    void belowANumberThatIsAPowerOfTwoTheUnitIsHalf() {
        assertEquals(1, Ulp.error(1f, 1 - 0x1p-24), 1e-6);
    }

    @Test
    void subnormalsHaveOneUnit() {
        assertEquals(0.5, Ulp.error(0f, Float.MIN_VALUE * 0.5));
        assertEquals(1, Ulp.error(Float.MIN_VALUE * 2, Float.MIN_VALUE));
        assertEquals(1, Ulp.error(0f, Float.MIN_VALUE));
    }

    @Test
    void roundingToInfinityIsNoErrorWhereAFloatMust() {
        assertEquals(0, Ulp.error(Float.POSITIVE_INFINITY, 0x1p128));
        assertEquals(0.5, Ulp.error(Float.POSITIVE_INFINITY, 0x1p128 - 0x1p103));
        assertEquals(1, Ulp.error(Float.POSITIVE_INFINITY, Float.MAX_VALUE));
        assertEquals(0x1p25, Ulp.error(Float.NEGATIVE_INFINITY, 0x1p128), 4);
    }

    @Test
    void nanIsOnlyRightForNan() {
        assertEquals(0, Ulp.error(Float.NaN, Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, Ulp.error(Float.NaN, 1));
        assertEquals(Double.POSITIVE_INFINITY, Ulp.error(1, Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, Ulp.error(1, Double.POSITIVE_INFINITY));
    }
}
