package dev.hillock;

import java.nio.Buffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

/** All answers to misuse, given before anything is written. */
final class Checks {
    // Neither their bytes nor what a layout of them adds up overflows.
    private static final long MOST_ELEMENTS = Long.MAX_VALUE / (4 * Double.BYTES);

    private Checks() {}

    static void notNull(String name, Object argument) {
        if (argument == null) {
            throw new NullPointerException(name);
        }
    }

    static void spelled(String name, Map<String, ? extends Number> values) {
        notNull("name", name);
        notNull("values", values);
        values.forEach(Checks::notNull);
    }

    /** How many elements a shape has; with a size of 0 none, however long the others are. */
    static long elements(String name, int[] shape) {
        notNull(name, shape);
        boolean empty = false;
        for (int size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException(name + " has a size below 0: " + Arrays.toString(shape));
            }
            empty |= size == 0;
        }
        if (empty) {
            return 0;
        }
        long count = 1;
        for (int size : shape) {
            if (count > MOST_ELEMENTS / size) {
                throw new IllegalArgumentException(name + " has too many elements: " + Arrays.toString(shape));
            }
            count *= size;
        }
        return count;
    }

    static void range(String name, int length, int offset, int capacity) {
        if (length < 0) {
            throw new IndexOutOfBoundsException(name + ": length " + length + " is negative");
        }
        if (offset < 0 || length > capacity - offset) {
            throw new IndexOutOfBoundsException(
                    name + ": range [" + offset + ", +" + length + ") in " + capacity + " elements");
        }
    }

    static void sameLength(String name, long length, String other, long otherLength) {
        if (length != otherLength) {
            throw new IllegalArgumentException(name + " has " + length + " elements, " + other + " has " + otherLength);
        }
    }

    // Two ranges of one array: the same, or apart.
    static void noPartialOverlap(
            String name, Object base, long start, String other, Object otherBase, long otherStart, long length) {
        if (base == otherBase && start != otherStart && Math.abs(start - otherStart) < length) {
            throw new IllegalArgumentException(name + " and " + other + " overlap in part");
        }
    }

    static void nativeOrder(String name, ByteOrder order) {
        if (order != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException(
                    name + ": byte order " + order + " is not the machine's, " + ByteOrder.nativeOrder());
        }
    }

    static void writable(Buffer buffer) {
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
    }

    static void sixteenBits(ElementType type) {
        notNull("type", type);
        if (!type.isNarrow()) {
            throw new IllegalArgumentException("element type " + type + " is not stored in shorts");
        }
    }

    static void open(String name, Pointer pointer) {
        notNull(name, pointer);
        if (pointer.isNull()) {
            throw new IllegalStateException(name + " is closed");
        }
    }
}
