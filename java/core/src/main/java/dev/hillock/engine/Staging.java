package dev.hillock.engine;

import dev.hillock.binding.OffHeap;
import java.nio.FloatBuffer;

/**
 * Lets an engine that works on arrays serve memory outside the heap, a block at a time through arrays of its own.
 */
final class Staging {
    private static final int BLOCK = 8192;

    /** Work on arrays: out from x and dy, all at their offsets. */
    @FunctionalInterface
    interface Work {
        void run(float[] x, int xOffset, float[] dy, int dyOffset, float[] out, int outOffset, int length);
    }

    private Staging() {}

    /** Runs the work on the operands as they are where all are arrays, else block by block. */
    static void run(
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
            read(x, xOffset, done, xBlock, 0, count);
            if (readsDy) {
                read(dy, dyOffset, done, dyBlock, 0, count);
            }
            work.run(xBlock, 0, dyBlock, 0, outBlock, 0, count);
            write(out, outOffset, done, outBlock, 0, count);
        }
    }

    // count elements from done elements after the offset on, into the block; a FloatBuffer is read by index.
    static void read(Object base, long offset, long done, float[] block, int blockOffset, int count) {
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
}
