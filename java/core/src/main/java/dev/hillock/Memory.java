package dev.hillock;

import dev.hillock.binding.OffHeap;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Memory that is not a plain array, as the engines take it.
 *
 * @param base an array; null for memory outside the heap; the buffer itself where its address cannot be told
 * @param offset index into the array or buffer, or the address in bytes
 * @param length elements
 * @param owner what keeps the memory alive
 */
record Memory(Object base, long offset, long length, Object owner) {
    static Memory read(String name, FloatBuffer buffer) {
        Checks.notNull(name, buffer);
        Checks.nativeOrder(name, buffer);
        if (buffer.hasArray()) {
            return new Memory(
                    buffer.array(), (long) buffer.arrayOffset() + buffer.position(), buffer.remaining(), buffer);
        }
        if (!buffer.isDirect()) {
            // A read-only view of the heap hides its array.
            float[] copy = new float[buffer.remaining()];
            buffer.duplicate().get(copy);
            return new Memory(copy, 0, copy.length, copy);
        }
        long address = OffHeap.address(buffer);
        return address == 0
                ? new Memory(buffer, buffer.position(), buffer.remaining(), buffer)
                : new Memory(null, address + (long) buffer.position() * Float.BYTES, buffer.remaining(), buffer);
    }

    static Memory written(String name, FloatBuffer buffer) {
        Checks.notNull(name, buffer);
        Checks.writable(buffer);
        return read(name, buffer);
    }

    static Memory of(String name, float[] array) {
        Checks.notNull(name, array);
        return new Memory(array, 0, array.length, array);
    }

    // The elements of a layout whose first one is at the offset.
    static Memory within(String name, float[] array, int offset, AxisLayout layout) {
        Checks.notNull(name, array);
        Checks.notNull("layout", layout);
        if (offset < 0 || offset + layout.lowest() < 0 || layout.highest() > array.length - offset) {
            throw new IndexOutOfBoundsException(name + ": range [" + (offset + layout.lowest()) + ", "
                    + (offset + layout.highest()) + ") in " + array.length + " elements");
        }
        return new Memory(array, offset, layout.count(), array);
    }

    static Memory within(String name, long address, AxisLayout layout) {
        Checks.notNull("layout", layout);
        return at(name, address, layout.count());
    }

    static Memory of(String name, FloatPointer pointer) {
        Checks.open(name, pointer);
        return at(
                name,
                pointer.address() + pointer.position() * Float.BYTES,
                pointer.limit() - pointer.position(),
                pointer);
    }

    static Memory at(String name, long address, long length) {
        return at(name, address, length, null);
    }

    private static Memory at(String name, long address, long length, Object owner) {
        if (length < 0) {
            throw new IndexOutOfBoundsException(name + ": length " + length);
        }
        if (address == 0) {
            throw new IllegalStateException(name + " is closed");
        }
        return new Memory(null, address, length, owner);
    }

    void refusePartialOverlap(String name, Memory other, String otherName) {
        refusePartialOverlap(name, other, otherName, length);
    }

    // extent: elements from the lowest to the highest, the same for both.
    void refusePartialOverlap(String name, Memory other, String otherName, long extent) {
        long scale = base == null ? Float.BYTES : 1;
        Checks.noPartialOverlap(name, base, offset, otherName, other.base, other.offset, extent * scale);
    }

    // The memory must not be freed while native code works on it.
    void keepAlive() {
        Reference.reachabilityFence(owner);
    }
}
