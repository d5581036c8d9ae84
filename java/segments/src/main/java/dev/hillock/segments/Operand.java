package dev.hillock.segments;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * A segment that has been checked.
 *
 * @param array where its floats are, or null outside the heap
 */
record Operand(String name, MemorySegment segment, float[] array) {
    // Never started: memory that it may access is not confined.
    private static final Thread SOMEBODY_ELSE = new Thread(() -> {}, "hillock-nobody");

    static Operand read(String name, MemorySegment segment) {
        Objects.requireNonNull(segment, name);
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException(name + " is closed");
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException(name + " is confined to another thread");
        }
        if (segment.byteSize() % Float.BYTES != 0) {
            throw new IllegalArgumentException(name + " has " + segment.byteSize() + " bytes, no multiple of 4");
        }
        if (segment.address() % Float.BYTES != 0) {
            throw new IllegalArgumentException(name + " does not start at a multiple of 4 bytes");
        }
        // A read-only segment does not give its array away; it is read through copies.
        Object base = segment.heapBase().orElse(null);
        if (base != null && !(base instanceof float[])) {
            throw new IllegalArgumentException(
                    name + ": element type " + base.getClass().componentType() + " is not supported");
        }
        return new Operand(name, segment, (float[]) base);
    }

    static Operand written(String name, MemorySegment segment) {
        Operand operand = read(name, segment);
        if (segment.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return operand;
    }

    void requireLike(Operand other) {
        if (length() != other.length()) {
            throw new IllegalArgumentException(
                    name + " has " + length() + " elements, " + other.name + " has " + other.length());
        }
        boolean same = segment.isNative() == other.segment.isNative() && segment.address() == other.segment.address();
        if (!same && segment.asOverlappingSlice(other.segment).isPresent()) {
            throw new IllegalArgumentException(name + " and " + other.name + " overlap in part");
        }
    }

    long length() {
        return segment.byteSize() / Float.BYTES;
    }

    boolean isArray() {
        return array != null;
    }

    /** Outside the heap, and nobody but this thread can close it. */
    boolean isFixed() {
        return segment.isNative()
                && (!segment.isAccessibleBy(SOMEBODY_ELSE)
                        || segment.scope().equals(Arena.global().scope()));
    }

    int offset() {
        return (int) (segment.address() / Float.BYTES);
    }

    long address() {
        return segment.address();
    }

    /** The array, or the scratch that stands for memory without one. */
    float[] arrayOr(float[] scratch) {
        return array != null ? array : scratch;
    }

    /** Where element {@code at} is in {@link #arrayOr}. */
    int start(long at) {
        return array != null ? (int) (offset() + at) : 0;
    }

    /** The array, or the scratch with the elements from {@code at} in it. */
    float[] take(long at, int count, float[] scratch) {
        if (array == null) {
            MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT_UNALIGNED, at * Float.BYTES, scratch, 0, count);
        }
        return arrayOr(scratch);
    }

    /** Writes the scratch back, if it stood for memory. */
    void put(long at, int count, float[] scratch) {
        if (array == null) {
            MemorySegment.copy(scratch, 0, segment, ValueLayout.JAVA_FLOAT_UNALIGNED, at * Float.BYTES, count);
        }
    }
}
