package dev.hillock.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bytedeco.javacpp.BytePointer;

/**
 * A call on short arrays that copies them to memory outside the heap and back: JNI's critical regions cost more than the
 * copies. The arguments lie in that memory, too. There is a fixed set of slots; a call that finds its slot taken goes
 * without.
 */
final class CopiedCall {
    /** The longest arrays, in elements, that are copied. */
    static final int LONGEST = 1024;

    private static final int SLOTS = 16;
    private static final int OPERANDS = 3;
    private static final int OPERAND_BYTES = LONGEST * Float.BYTES;

    // The fields of hillock_eltwise_arguments, each of eight bytes.
    private static final int KERNEL = 0;
    private static final int PARAMETERS = 1;
    private static final int ADDRESSES = 4;
    private static final int LENGTH = 7;
    private static final int FIELDS = 8;

    private static final AtomicReferenceArray<CopiedCall> FREE = new AtomicReferenceArray<>(SLOTS);

    // In a slot that nobody has asked for yet.
    private static final CopiedCall UNMADE = new CopiedCall();

    static {
        for (int i = 0; i < SLOTS; i++) {
            FREE.set(i, UNMADE);
        }
    }

    private final int slot;
    private final FloatBuffer operands;
    private final LongBuffer arguments;
    private final long address;

    private CopiedCall() {
        slot = -1;
        operands = null;
        arguments = null;
        address = 0;
    }

    private CopiedCall(int slot) {
        this.slot = slot;
        ByteBuffer memory = ByteBuffer.allocateDirect(OPERANDS * OPERAND_BYTES + FIELDS * Long.BYTES)
                .order(ByteOrder.nativeOrder());
        operands = memory.asFloatBuffer();
        arguments = memory.position(OPERANDS * OPERAND_BYTES).asLongBuffer();
        long start = new BytePointer(memory.position(0)).address();
        address = start + OPERANDS * OPERAND_BYTES;
        for (int operand = 0; operand < OPERANDS; operand++) {
            arguments.put(ADDRESSES + operand, start + (long) operand * OPERAND_BYTES);
        }
    }

    /** Memory of one's own for one {@link #run}, or null. */
    static CopiedCall take() {
        int slot = (int) Thread.currentThread().getId() & SLOTS - 1;
        CopiedCall taken = FREE.getAndSet(slot, null);
        return taken == UNMADE ? made(slot) : taken;
    }

    // Where there is no memory outside the heap the slot stays empty: to ask again would cost each call half a second.
    private static CopiedCall made(int slot) {
        try {
            return new CopiedCall(slot);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** Runs a kernel as {@link NativeCalls#eltwise} says, and gives the memory back; dy may be null. */
    void run(
            long kernel,
            double p0,
            double p1,
            double p2,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset,
            long length) {
        copyIn(0, x, xOffset, length);
        if (dy != null) {
            copyIn(1, dy, dyOffset, length);
        }
        arguments.put(KERNEL, kernel);
        arguments.put(PARAMETERS, Double.doubleToRawLongBits(p0));
        arguments.put(PARAMETERS + 1, Double.doubleToRawLongBits(p1));
        arguments.put(PARAMETERS + 2, Double.doubleToRawLongBits(p2));
        arguments.put(LENGTH, length);
        Hillock.hillock_eltwise_packed(address);
        operands.get(2 * LONGEST, out, (int) (outOffset / Float.BYTES), (int) length);
        FREE.setRelease(slot, this);
    }

    private void copyIn(int operand, float[] array, long offset, long length) {
        operands.put(operand * LONGEST, array, (int) (offset / Float.BYTES), (int) length);
    }
}
