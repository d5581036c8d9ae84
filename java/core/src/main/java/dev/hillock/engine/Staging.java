package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.binding.OffHeap;
import dev.hillock.kernel.NarrowFloats;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * Lets an engine that works on float arrays serve memory outside the heap and elements of 16 bits, a block at a time
 * through arrays of its own: what is narrow is widened on the way in and rounded once on the way out.
 */
public final class Staging {
    private static final int BLOCK = 8192;

    /** Work on arrays: out from x and dy, all at their offsets. */
    @FunctionalInterface
    public interface Work {
        void run(float[] x, int xOffset, float[] dy, int dyOffset, float[] out, int outOffset, int length);
    }

    private Staging() {}

    /** Runs the work on the operands as they are where all are arrays, else block by block. */
    public static void run(
            ElementType type,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            boolean readsDy,
            Object out,
            long outOffset,
            long length,
            Work work) {
        boolean arrays = x instanceof float[] && out instanceof float[] && (dy instanceof float[] || !readsDy);
        if (arrays) {
            work.run((float[]) x, (int) xOffset, (float[]) dy, (int) dyOffset, (float[]) out, (int) outOffset, (int)
                    length);
            return;
        }
        int size = (int) Math.min(BLOCK, length);
        float[] xBlock = new float[size];
        float[] dyBlock = new float[readsDy ? size : 0];
        float[] outBlock = new float[size];
        for (long done = 0; done < length; done += size) {
            int count = (int) Math.min(size, length - done);
            read(type, x, xOffset, done, xBlock, 0, count);
            if (readsDy) {
                read(type, dy, dyOffset, done, dyBlock, 0, count);
            }
            work.run(xBlock, 0, dyBlock, 0, outBlock, 0, count);
            write(type, out, outOffset, done, outBlock, 0, count);
        }
    }

    /** Work on arrays of doubles: out from x and dy, all at their offsets. */
    @FunctionalInterface
    public interface DoubleWork {
        void run(double[] x, int xOffset, double[] dy, int dyOffset, double[] out, int outOffset, int length);
    }

    /** Runs the work on the operands as they are where all are arrays of doubles, else block by block. */
    public static void doubles(
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            boolean readsDy,
            Object out,
            long outOffset,
            long length,
            DoubleWork work) {
        if (x instanceof double[] a && out instanceof double[] c && (dy instanceof double[] || !readsDy)) {
            work.run(
                    a, (int) xOffset, readsDy ? (double[]) dy : null, (int) dyOffset, c, (int) outOffset, (int) length);
            return;
        }
        int size = (int) Math.min(BLOCK, length);
        double[] xBlock = new double[size];
        double[] dyBlock = new double[readsDy ? size : 0];
        double[] outBlock = new double[size];
        for (long done = 0; done < length; done += size) {
            int count = (int) Math.min(size, length - done);
            read(x, xOffset, done, xBlock, 0, count);
            if (readsDy) {
                read(dy, dyOffset, done, dyBlock, 0, count);
            }
            work.run(xBlock, 0, dyBlock, 0, outBlock, 0, count);
            write(out, outOffset, done, outBlock, 0, count);
        }
    }

    static void read(ElementType type, Object base, long offset, long done, float[] block, int blockOffset, int count) {
        if (!type.isNarrow()) {
            read(base, offset, done, block, blockOffset, count);
            return;
        }
        if (base instanceof short[] array) {
            NarrowFloats.widen(type, array, (int) (offset + done), block, blockOffset, count);
            return;
        }
        short[] bits = new short[count];
        if (base == null) {
            OffHeap.read(offset + done * Short.BYTES, bits, 0, count);
        } else {
            ((ShortBuffer) base).get((int) (offset + done), bits, 0, count);
        }
        NarrowFloats.widen(type, bits, 0, block, blockOffset, count);
    }

    static void write(
            ElementType type, Object base, long offset, long done, float[] block, int blockOffset, int count) {
        if (!type.isNarrow()) {
            write(base, offset, done, block, blockOffset, count);
            return;
        }
        if (base instanceof short[] array) {
            NarrowFloats.narrow(type, block, blockOffset, array, (int) (offset + done), count);
            return;
        }
        short[] bits = new short[count];
        NarrowFloats.narrow(type, block, blockOffset, bits, 0, count);
        if (base == null) {
            OffHeap.write(bits, 0, offset + done * Short.BYTES, count);
        } else {
            ((ShortBuffer) base).put((int) (offset + done), bits, 0, count);
        }
    }

    // count elements from done elements after the offset on, into the block; a FloatBuffer is read by index.
    public static void read(Object base, long offset, long done, float[] block, int blockOffset, int count) {
        if (base == null) {
            OffHeap.read(offset + done * Float.BYTES, block, blockOffset, count);
        } else if (base instanceof FloatBuffer buffer) {
            buffer.get((int) (offset + done), block, blockOffset, count);
        } else {
            System.arraycopy(base, (int) (offset + done), block, blockOffset, count);
        }
    }

    static void write(Object base, long offset, long done, float[] block, int blockOffset, int count) {
        if (base == null) {
            OffHeap.write(block, blockOffset, offset + done * Float.BYTES, count);
        } else if (base instanceof FloatBuffer buffer) {
            buffer.put((int) (offset + done), block, blockOffset, count);
        } else {
            System.arraycopy(block, blockOffset, base, (int) (offset + done), count);
        }
    }

    static void read(Object base, long offset, long done, double[] block, int blockOffset, int count) {
        if (base == null) {
            OffHeap.read(offset + done * Double.BYTES, block, blockOffset, count);
        } else if (base instanceof DoubleBuffer buffer) {
            buffer.get((int) (offset + done), block, blockOffset, count);
        } else {
            System.arraycopy(base, (int) (offset + done), block, blockOffset, count);
        }
    }

    static void write(Object base, long offset, long done, double[] block, int blockOffset, int count) {
        if (base == null) {
            OffHeap.write(block, blockOffset, offset + done * Double.BYTES, count);
        } else if (base instanceof DoubleBuffer buffer) {
            buffer.put((int) (offset + done), block, blockOffset, count);
        } else {
            System.arraycopy(block, blockOffset, base, (int) (offset + done), count);
        }
    }
}
