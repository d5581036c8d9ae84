package dev.hillock;

import dev.hillock.binding.OffHeap;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory that is not a plain array, as the engines take it.
 *
 * @param type of its elements
 * @param base an array; null for memory outside the heap; the buffer itself where its address cannot be told or used
 * @param offset index into the array or buffer, or the address in bytes
 * @param length elements
 * @param owner what keeps the memory alive
 */
record Memory(ElementType type, Object base, long offset, long length, Object owner) {
    static Memory read(String name, FloatBuffer buffer) {
        Checks.notNull(name, buffer);
        Checks.nativeOrder(name, buffer.order());
        if (buffer.isReadOnly() && !buffer.isDirect()) {
            // A read-only view of the heap hides its array.
            float[] copy = new float[buffer.remaining()];
            buffer.duplicate().get(copy);
            return new Memory(ElementType.FLOAT32, copy, 0, copy.length, copy);
        }
        return of(ElementType.FLOAT32, buffer);
    }

    static Memory read(String name, ElementType type, ShortBuffer buffer) {
        Checks.sixteenBits(type);
        Checks.notNull(name, buffer);
        Checks.nativeOrder(name, buffer.order());
        if (buffer.isReadOnly() && !buffer.isDirect()) {
            short[] copy = new short[buffer.remaining()];
            buffer.duplicate().get(copy);
            return new Memory(type, copy, 0, copy.length, copy);
        }
        return of(type, buffer);
    }

    private static Memory of(ElementType type, Buffer buffer) {
        if (buffer.hasArray()) {
            long first = (long) buffer.arrayOffset() + buffer.position();
            return new Memory(type, buffer.array(), first, buffer.remaining(), buffer);
        }
        // A view of an array of bytes has neither an array of its own elements nor an address that stays.
        long address = buffer.isDirect() ? OffHeap.address(buffer) : 0;
        return address == 0
                ? new Memory(type, buffer, buffer.position(), buffer.remaining(), buffer)
                : new Memory(type, null, address + (long) buffer.position() * type.bytes(), buffer.remaining(), buffer);
    }

    static Memory read(String name, DoubleBuffer buffer) {
        Checks.notNull(name, buffer);
        Checks.nativeOrder(name, buffer.order());
        if (buffer.isReadOnly() && !buffer.isDirect()) {
            double[] copy = new double[buffer.remaining()];
            buffer.duplicate().get(copy);
            return new Memory(ElementType.FLOAT64, copy, 0, copy.length, copy);
        }
        return of(ElementType.FLOAT64, buffer);
    }

    static Memory written(String name, DoubleBuffer buffer) {
        Checks.notNull(name, buffer);
        Checks.writable(buffer);
        return read(name, buffer);
    }

    static Memory written(String name, FloatBuffer buffer) {
        Checks.notNull(name, buffer);
        Checks.writable(buffer);
        return read(name, buffer);
    }

    static Memory written(String name, ElementType type, ShortBuffer buffer) {
        Checks.notNull(name, buffer);
        Checks.writable(buffer);
        return read(name, type, buffer);
    }

    // An array of the type's carrier.
    static Memory of(String name, ElementType type, Object array) {
        Checks.notNull(name, array);
        return new Memory(type, array, 0, Array.getLength(array), array);
    }

    // The elements of a layout whose first one is at the offset in an array of the type's carrier.
    static Memory within(String name, ElementType type, Object array, int offset, AxisLayout layout) {
        Checks.notNull(name, array);
        Checks.notNull("layout", layout);
        int length = Array.getLength(array);
        if (offset < 0 || offset + layout.lowest() < 0 || layout.highest() > length - offset) {
            throw new IndexOutOfBoundsException(name + ": range [" + (offset + layout.lowest()) + ", "
                    + (offset + layout.highest()) + ") in " + length + " elements");
        }
        return new Memory(type, array, offset, layout.count(), array);
    }

    static Memory within(String name, ElementType type, long address, AxisLayout layout) {
        Checks.notNull("type", type);
        Checks.notNull("layout", layout);
        requireWithinMemory(name, type, address, layout.count(), layout.lowest(), layout.highest());
        return at(name, type, address, layout.count(), null);
    }

    // Position and limit of a typed pointer count its elements.
    static Memory of(String name, ElementType type, Pointer pointer) {
        Checks.open(name, pointer);
        return at(
                name,
                type,
                pointer.address() + pointer.position() * type.bytes(),
                pointer.limit() - pointer.position(),
                pointer);
    }

    static Memory at(String name, ElementType type, long address, long length) {
        return at(name, type, address, length, null);
    }

    private static Memory at(String name, ElementType type, long address, long length, Object owner) {
        if (length < 0) {
            throw new IndexOutOfBoundsException(name + ": length " + length + " is negative");
        }
        if (address == 0) {
            throw new IllegalStateException(name + " is closed");
        }
        requireWithinMemory(name, type, address, length, 0, length);
        return new Memory(type, null, address, length, owner);
    }

    // Addresses have no sign; half of them is more than any machine has.
    private static void requireWithinMemory(
            String name, ElementType type, long address, long length, long lowest, long highest) {
        boolean small = highest <= Long.MAX_VALUE / 2 / type.bytes();
        boolean above = small && Long.compareUnsigned(address + highest * type.bytes(), address) >= 0;
        boolean below = small && Long.compareUnsigned(address + lowest * type.bytes(), address) <= 0;
        if (!above || !below) {
            throw new IllegalArgumentException(
                    name + ": " + length + " elements of " + type + " reach past the end of memory");
        }
    }

    // The offset of an element: arrays count elements, addresses count bytes.
    long offset(long element) {
        return offset + (base == null ? element * type.bytes() : element);
    }

    void refusePartialOverlap(String name, Memory other, String otherName) {
        refusePartialOverlap(name, other, otherName, length);
    }

    // extent: elements from the lowest to the highest, the same for both.
    void refusePartialOverlap(String name, Memory other, String otherName, long extent) {
        long scale = base == null ? type.bytes() : 1;
        Checks.noPartialOverlap(name, base, offset, otherName, other.base, other.offset, extent * scale);
    }

    // The memory must not be freed while native code works on it.
    void keepAlive() {
        Reference.reachabilityFence(owner);
    }
}
