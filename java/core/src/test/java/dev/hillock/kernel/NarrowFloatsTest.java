package dev.hillock.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NarrowFloatsTest {
    private interface Widen {
        float of(short bits);
    }

    private interface Narrow {
        short of(float value);
    }

    private static void everyValueComesBack(Widen widen, Narrow narrow) {
        for (int i = 0; i <= 0xffff; i++) {
            short bits = (short) i;
            float value = widen.of(bits);
            if (Float.isNaN(value)) {
                assertTrue(Float.isNaN(widen.of(narrow.of(value))));
            } else {
                assertEquals(bits, narrow.of(value), Integer.toHexString(i));
            }
        }
    }

    // Between neighbours a and b: the middle goes to the even one, its neighbours to their own side.
    private static void theMiddleGoesToTheEvenOne(Widen widen, Narrow narrow, int infinity) {
        for (int i = 0; i < infinity - 1; i++) {
            float a = widen.of((short) i);
            float b = widen.of((short) (i + 1));
            float middle = (float) ((double) a + ((double) b - a) / 2);
            short even = (short) (i + (i & 1));
            assertEquals(even, narrow.of(middle), Float.toHexString(middle));
            assertEquals((short) i, narrow.of(Math.nextDown(middle)), Float.toHexString(middle));
            assertEquals((short) (i + 1), narrow.of(Math.nextUp(middle)), Float.toHexString(middle));
            assertEquals((short) (even | 0x8000), narrow.of(-middle), Float.toHexString(-middle));
        }
    }

    @Test
    void bfloat16() {
        everyValueComesBack(NarrowFloats::fromBfloat16, NarrowFloats::toBfloat16);
        theMiddleGoesToTheEvenOne(NarrowFloats::fromBfloat16, NarrowFloats::toBfloat16, 0x7f80);
        assertEquals(0x7f80, NarrowFloats.toBfloat16(Float.MAX_VALUE));
        assertEquals(1f, NarrowFloats.fromBfloat16((short) 0x3f80));
    }

    @Test
    void float16() {
        everyValueComesBack(NarrowFloats::fromFloat16, NarrowFloats::toFloat16);
        theMiddleGoesToTheEvenOne(NarrowFloats::fromFloat16, NarrowFloats::toFloat16, 0x7c00);
        assertEquals(0x7bff, NarrowFloats.toFloat16(65519.996f));
        assertEquals(0x7c00, NarrowFloats.toFloat16(65520f));
        assertEquals(0x1p-24f, NarrowFloats.fromFloat16((short) 1));
        assertEquals(1f, NarrowFloats.fromFloat16((short) 0x3c00));
    }
}
