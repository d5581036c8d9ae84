package dev.hillock.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScalarGumbelTest {
    // Over all 889,192,450 values that s can have the error is at most 2^-22.89 max(1, |noise|).
    @Test
    void noiseIsWithinItsBoundInEveryBinade() {
        int first = Float.floatToRawIntBits(0x1p-54f);
        int last = Float.floatToRawIntBits(0.5f);
        for (int bits = first; bits <= last; bits += 997) {
            float s = Float.intBitsToFloat(bits);
            near(-Math.log(-Math.log(s)), ScalarGumbel.gumbel(s));
            near(-Math.log(-Math.log1p(-s)), ScalarGumbel.gumbel(-s));
        }
    }

    private static void near(double exact, float noise) {
        assertEquals(exact, noise, 0x1.2p-23 * Math.max(1, Math.abs(exact)));
    }

    @Test
    void uniformsAreThoseOfTheStream() {
        long start = CounterRandom.start(42);
        for (long index = 0; index < 100_000; index++) {
            double u = CounterRandom.uniform(42, index);
            float s = ScalarGumbel.signedUniform(start, index);
            assertTrue(Math.abs(s) >= 0x1p-54f && Math.abs(s) <= 0.5f);
            assertEquals(u < 0.5 ? u : u - 1, s, Math.abs(s) * 0x1p-24 + 0x1p-53);
        }
    }
}
