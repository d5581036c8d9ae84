package dev.hillock.binding;

import java.nio.Buffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Memory outside the heap, through JavaCPP; needs one of its native libraries to be loaded, ours or another. Copies throw
 * an {@code IllegalStateException} without.
 */
public final class OffHeap {
    private OffHeap() {}

    /** The address of a direct buffer's first element, whatever its position; 0 where it cannot be told. */
    public static long address(Buffer direct) {
        return NativeLibrary.get().calls() == null ? 0 : Hillock.direct_buffer_address(direct);
    }

    /** Copies floats from an address into an array. */
    public static void read(long address, float[] to, int offset, int count) {
        reach(() -> new FloatPointer(at(address)).get(to, offset, count));
    }

    /** Copies floats from an array to an address. */
    public static void write(float[] from, int offset, long address, int count) {
        reach(() -> new FloatPointer(at(address)).put(from, offset, count));
    }

    /** Copies doubles from an address into an array. */
    public static void read(long address, double[] to, int offset, int count) {
        reach(() -> new DoublePointer(at(address)).get(to, offset, count));
    }

    /** Copies doubles from an array to an address. */
    public static void write(double[] from, int offset, long address, int count) {
        reach(() -> new DoublePointer(at(address)).put(from, offset, count));
    }

    /** Copies shorts from an address into an array. */
    public static void read(long address, short[] to, int offset, int count) {
        reach(() -> new ShortPointer(at(address)).get(to, offset, count));
    }

    /** Copies shorts from an array to an address. */
    public static void write(short[] from, int offset, long address, int count) {
        reach(() -> new ShortPointer(at(address)).put(from, offset, count));
    }

    private static void reach(Runnable copy) {
        try {
            copy.run();
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "memory outside the heap needs a native library: "
                            + NativeLibrary.get().reason(),
                    e);
        }
    }

    private static Pointer at(long start) {
        return new Pointer() {
            {
                address = start;
            }
        };
    }
}
