package dev.hillock.binding;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/** Memory outside the heap, through JavaCPP; needs one of its native libraries to be loaded, ours or another. */
public final class OffHeap {
    private OffHeap() {}

    /** The address of a direct buffer's first element, whatever its position; 0 where it cannot be told. */
    public static long address(Buffer direct) {
        if (NativeLibrary.get().calls() == null) {
            return 0;
        }
        // JavaCPP 1.5.13 counts the position of a buffer in bytes, hence a view that starts at 0.
        Buffer whole = direct.duplicate().clear();
        if (whole instanceof DoubleBuffer doubles) {
            return new DoublePointer(doubles).address();
        }
        return whole instanceof FloatBuffer floats
                ? new FloatPointer(floats).address()
                : new ShortPointer((ShortBuffer) whole).address();
    }

    /** Copies floats from an address into an array. */
    public static void read(long address, float[] to, int offset, int count) {
        new FloatPointer(at(address)).get(to, offset, count);
    }

    /** Copies floats from an array to an address. */
    public static void write(float[] from, int offset, long address, int count) {
        new FloatPointer(at(address)).put(from, offset, count);
    }

    /** Copies doubles from an address into an array. */
    public static void read(long address, double[] to, int offset, int count) {
        new DoublePointer(at(address)).get(to, offset, count);
    }

    /** Copies doubles from an array to an address. */
    public static void write(double[] from, int offset, long address, int count) {
        new DoublePointer(at(address)).put(from, offset, count);
    }

    /** Copies shorts from an address into an array. */
    public static void read(long address, short[] to, int offset, int count) {
        new ShortPointer(at(address)).get(to, offset, count);
    }

    /** Copies shorts from an array to an address. */
    public static void write(short[] from, int offset, long address, int count) {
        new ShortPointer(at(address)).put(from, offset, count);
    }

    private static Pointer at(long start) {
        return new Pointer() {
            {
                address = start;
            }
        };
    }
}
