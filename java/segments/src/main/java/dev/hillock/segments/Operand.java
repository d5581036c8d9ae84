package dev.hillock.segments;

import dev.hillock.ElementType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * A segment that has been checked.
 *
 * @param type of its elements
 * @param array where they are, a {@code float[]} or for 16 bits a {@code short[]}; or null outside the heap
 */
record Operand(String name, ElementType type, MemorySegment segment, Object array) {
    // Never started: memory that it may access is not confined.
    private static final Thread SOMEBODY_ELSE = new Thread(() -> {}, "hillock-nobody");

    static Operand read(String name, ElementType type, MemorySegment segment) {
        Objects.requireNonNull(segment, name);
        int bytes = type.bytes();
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException(name + " is closed");
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException(name + " is confined to another thread");
        }
        if (segment.byteSize() % bytes != 0) {
            throw new IllegalArgumentException(name + " has " + segment.byteSize() + " bytes, no multiple of " + bytes);
        }
        if (segment.address() % bytes != 0) {
            throw new IllegalArgumentException(name + " does not start at a multiple of " + bytes + " bytes");
        }
        // A read-only segment does not give its array away; it is read through copies.
        Object base = segment.heapBase().orElse(null);
        if (base != null && !(type.isNarrow() ? base instanceof short[] : base instanceof float[])) {
            throw new IllegalArgumentException(
                    name + ": element type " + base.getClass().componentType() + " is not supported");
        }
        return new Operand(name, type, segment, base);
    }

    static Operand written(String name, ElementType type, MemorySegment segment) {
        Operand operand = read(name, type, segment);
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
        return segment.byteSize() / type.bytes();
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
        return (int) (segment.address() / type.bytes());
    }

    long address() {
        return segment.address();
    }

    /** The array, or the scratch that stands for memory without one. */
    Object arrayOr(Object scratch) {
        return array != null ? array : scratch;
    }

    /** Where element {@code at} is in {@link #arrayOr}. */
    int start(long at) {
        return array != null ? (int) (offset() + at) : 0;
    }

    /** An array that can stand for memory outside the heap. */
    Object scratch(int elements) {
        return type.isNarrow() ? new short[elements] : new float[elements];
    }

    /** The array, or the scratch with the elements from {@code at} in it. */
    Object take(long at, int count, Object scratch) {
        if (array == null) {
            MemorySegment.copy(segment, layout(), at * type.bytes(), scratch, 0, count);
        }
        return arrayOr(scratch);
    }

    /** Writes the scratch back, if it stood for memory. */
    void put(long at, int count, Object scratch) {
        if (array == null) {
            MemorySegment.copy(scratch, 0, segment, layout(), at * type.bytes(), count);
        }
    }

    private ValueLayout layout() {
        return type.isNarrow() ? ValueLayout.JAVA_SHORT_UNALIGNED : ValueLayout.JAVA_FLOAT_UNALIGNED;
    }
}
