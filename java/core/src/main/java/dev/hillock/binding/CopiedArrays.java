package dev.hillock.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Short arrays, copied to memory outside the heap and back: JNI's critical regions cost more than the copies. The memory
 * is a fixed set of slots; a call that finds its slot taken goes without.
 */
final class CopiedArrays {
    /** The longest arrays, in elements, that are copied. */
    static final int LONGEST = 1024;

    private static final int SLOTS = 16;
    private static final int OPERANDS = 3;
    private static final AtomicReferenceArray<CopiedArrays> FREE = new AtomicReferenceArray<>(SLOTS);

    static {
        for (int i = 0; i < SLOTS; i++) {
            FREE.set(i, new CopiedArrays(i));
        }
    }

    private final int slot;
    private final FloatBuffer memory;
    private final long address;

    private CopiedArrays(int slot) {
        this.slot = slot;
        memory = ByteBuffer.allocateDirect(OPERANDS * LONGEST * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        address = new FloatPointer(memory).address();
    }

    /** Memory of one's own until {@link #release()}, or null. */
    static CopiedArrays take() {
        return FREE.getAndSet((int) Thread.currentThread().getId() & SLOTS - 1, null);
    }

    void release() {
        FREE.setRelease(slot, this);
    }

    /** Copies an operand's elements, from a byte offset on, and returns their address. */
    long in(int operand, float[] array, long offset, long length) {
        memory.put(operand * LONGEST, array, (int) (offset / Float.BYTES), (int) length);
        return address(operand);
    }

    long address(int operand) {
        return address + (long) operand * LONGEST * Float.BYTES;
    }

    /** Copies an operand's elements back. */
    void out(int operand, float[] array, long offset, long length) {
        memory.get(operand * LONGEST, array, (int) (offset / Float.BYTES), (int) length);
    }
}
