package dev.hillock.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Set;

/** Memory outside the heap, through the foreign-memory API: the edition for JDK 22 and later. */
public final class OffHeap {
    // Of memory that nobody can close while a buffer of it is in use.
    private static final Set<Class<?>> LASTING = Set.of(
            Arena.global().scope().getClass(),
            Arena.ofAuto().scope().getClass(),
            MemorySegment.ofBuffer(ByteBuffer.allocateDirect(1)).scope().getClass());

    // Never started: memory that it may access is not confined.
    private static final Thread SOMEBODY_ELSE = new Thread(() -> {}, "hillock-nobody");

    private static final boolean IS_ALLOWED = isAllowed();

    private OffHeap() {}

    // From JDK 24 on a JVM may deny access to addresses.
    private static boolean isAllowed() {
        try {
            at(Long.BYTES, 1, 1);
            return true;
        } catch (IllegalCallerException e) {
            return false;
        }
    }

    /**
     * The address of a direct buffer's first element, whatever its position; 0 where another thread may close its
     * memory at any time, and where this JVM denies access to addresses.
     *
     * @throws IllegalStateException if the buffer is a view of memory that is closed
     * @throws WrongThreadException if its memory is confined to another thread
     */
    public static long address(Buffer direct) {
        MemorySegment remaining = MemorySegment.ofBuffer(direct);
        if (!remaining.scope().isAlive()) {
            throw new IllegalStateException("the buffer's memory is closed");
        }
        if (!remaining.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException("the buffer's memory is confined to another thread");
        }
        if (!IS_ALLOWED || !LASTING.contains(remaining.scope().getClass()) && remaining.isAccessibleBy(SOMEBODY_ELSE)) {
            return 0;
        }
        int bytes = direct instanceof FloatBuffer
                ? Float.BYTES
                : direct instanceof DoubleBuffer ? Double.BYTES : Short.BYTES;
        return remaining.address() - (long) direct.position() * bytes;
    }

    /** Copies floats from an address into an array. */
    public static void read(long address, float[] to, int offset, int count) {
        MemorySegment.copy(at(address, count, Float.BYTES), ValueLayout.JAVA_FLOAT_UNALIGNED, 0, to, offset, count);
    }

    /** Copies floats from an array to an address. */
    public static void write(float[] from, int offset, long address, int count) {
        MemorySegment.copy(from, offset, at(address, count, Float.BYTES), ValueLayout.JAVA_FLOAT_UNALIGNED, 0, count);
    }

    /** Copies doubles from an address into an array. */
    public static void read(long address, double[] to, int offset, int count) {
        MemorySegment.copy(at(address, count, Double.BYTES), ValueLayout.JAVA_DOUBLE_UNALIGNED, 0, to, offset, count);
    }

    /** Copies doubles from an array to an address. */
    public static void write(double[] from, int offset, long address, int count) {
        MemorySegment.copy(from, offset, at(address, count, Double.BYTES), ValueLayout.JAVA_DOUBLE_UNALIGNED, 0, count);
    }

    /** Copies shorts from an address into an array. */
    public static void read(long address, short[] to, int offset, int count) {
        MemorySegment.copy(at(address, count, Short.BYTES), ValueLayout.JAVA_SHORT_UNALIGNED, 0, to, offset, count);
    }

    /** Copies shorts from an array to an address. */
    public static void write(short[] from, int offset, long address, int count) {
        MemorySegment.copy(from, offset, at(address, count, Short.BYTES), ValueLayout.JAVA_SHORT_UNALIGNED, 0, count);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment at(long address, int count, int bytes) {
        return MemorySegment.ofAddress(address).reinterpret((long) count * bytes);
    }
}
