package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.kernel.Ranges;
import java.util.Arrays;

/** Results, compared bit by bit with what plain Java makes of the same inputs; a NaN is like any other. */
final class SameBits {
    private SameBits() {}

    /** Refuses neighbours of a result, in float[] or double[]. */
    @FunctionalInterface
    interface Run {
        void of(Object expected, Object got, int n, long place);
    }

    /** Reads two results by runs of neighbours, 16-bit elements widened. Operands are as {@link KernelEngine} says. */
    static void eachRun(
            ElementType type,
            AxisLayout layout,
            Object expected,
            long expectedOffset,
            Object got,
            long gotOffset,
            Run run) {
        boolean isDense = layout.axisStride() == layout.inner();
        long runs = isDense ? 1 : layout.axis();
        int length = Math.toIntExact(isDense ? layout.axis() * layout.inner() : layout.inner());
        Object wanted = block(type, length);
        Object found = block(type, length);
        for (long o = 0; o < layout.outer(); o++) {
            for (long a = 0; a < runs; a++) {
                long at = o * layout.outerStride() + a * layout.axisStride();
                read(type, expected, expectedOffset, at, wanted, length);
                read(type, got, gotOffset, at, found, length);
                run.of(wanted, found, length, at);
            }
        }
    }

    /** Requires the elements of a layout to have the expected bits; all arrays are float[], or all are double[]. */
    static void require(String what, AxisLayout layout, Object expected, int expectedAt, Object got, int gotAt) {
        ElementType type = got instanceof float[] ? ElementType.FLOAT32 : ElementType.FLOAT64;
        eachRun(
                type,
                layout,
                expected,
                expectedAt,
                got,
                gotAt,
                (wanted, found, n, place) -> require(what, wanted, 0, found, 0, n, place));
    }

    /**
     * Requires n elements of an array, float[] or double[], to have the expected bits.
     *
     * @param what the call, for the message
     * @param place of the first element within the call
     * @throws IllegalStateException naming the first element that differs
     */
    static void require(String what, Object expected, int expectedAt, Object got, int gotAt, int n, long place) {
        int i = expected instanceof float[] floats
                ? Arrays.mismatch(floats, expectedAt, expectedAt + n, (float[]) got, gotAt, gotAt + n)
                : Arrays.mismatch((double[]) expected, expectedAt, expectedAt + n, (double[]) got, gotAt, gotAt + n);
        if (i >= 0) {
            throw new IllegalStateException("hillock.check: " + what + " gives " + Ranges.get(got, gotAt + i)
                    + " at element " + (place + i) + ", plain Java " + Ranges.get(expected, expectedAt + i));
        }
    }

    /** An array for so many elements, which are widened if they have 16 bits. */
    static Object block(ElementType type, int size) {
        return type == ElementType.FLOAT64 ? new double[size] : new float[size];
    }

    /** Reads count elements from done elements after the offset on into the start of a block. */
    static void read(ElementType type, Object base, long offset, long done, Object block, int count) {
        if (block instanceof double[] doubles) {
            Staging.read(base, offset, done, doubles, 0, count);
        } else {
            Staging.read(type, base, offset, done, (float[]) block, 0, count);
        }
    }
}
