package dev.hillock.binding;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Memory outside the heap, through JavaCPP; needs one of its native libraries to be loaded, ours or another. */
public final class OffHeap {
    private OffHeap() {}

    /** The address of a direct buffer's first element, whatever its position; 0 where it cannot be told. */
    public static long address(FloatBuffer direct) {
        if (NativeLibrary.get().calls() == null) {
            return 0;
        }
        // JavaCPP 1.5.13 counts the position of a float buffer in bytes, hence a view that starts at 0.
        return new FloatPointer(direct.duplicate().clear()).address();
    }

    /** Copies floats from an address into an array. */
    public static void read(long address, float[] to, int offset, int count) {
        at(address).get(to, offset, count);
    }

    /** Copies floats from an array to an address. */
    public static void write(float[] from, int offset, long address, int count) {
        at(address).put(from, offset, count);
    }

    private static FloatPointer at(long start) {
        return new FloatPointer(new Pointer() {
            {
                address = start;
            }
        });
    }
}
