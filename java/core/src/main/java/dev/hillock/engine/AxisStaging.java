package dev.hillock.engine;

import dev.hillock.AxisLayout;

/** Lets kernels that work on arrays serve memory outside the heap: slices go through arrays of their own. */
public final class AxisStaging {
    private static final int BLOCK = 1 << 16;

    /** Work on arrays, all of one layout. */
    @FunctionalInterface
    public interface Work {
        void run(AxisLayout layout, float[] x, int xOffset, float[] dy, int dyOffset, float[] out, int outOffset);
    }

    private AxisStaging() {}

    /** Runs the work on the operands as they are where all are arrays, else slice by slice. */
    static void run(
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            boolean readsDy,
            Object out,
            long outOffset,
            Work work) {
        if (x instanceof float[] a && out instanceof float[] c && (!readsDy || dy instanceof float[])) {
            work.run(layout, a, (int) xOffset, readsDy ? (float[]) dy : null, (int) dyOffset, c, (int) outOffset);
            return;
        }
        copies(layout, x, xOffset, dy, dyOffset, readsDy, out, outOffset, work);
    }

    /** Runs the work slice by slice on dense copies of its own, which it may write over. */
    public static void copies(
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            boolean readsDy,
            Object out,
            long outOffset,
            Work work) {
        int axis = Math.toIntExact(layout.axis());
        int columns = (int) Math.min(layout.inner(), Math.max(1, BLOCK / axis));
        float[] xSlice = new float[axis * columns];
        float[] dySlice = new float[readsDy ? axis * columns : 0];
        float[] outSlice = new float[axis * columns];
        for (long o = 0; o < layout.outer(); o++) {
            for (long c = 0; c < layout.inner(); c += columns) {
                int count = (int) Math.min(columns, layout.inner() - c);
                AxisLayout slice = new AxisLayout(1, axis, count, 0, count);
                long at = o * layout.outerStride() + c;
                move(layout, slice, x, xOffset, at, xSlice, Staging::read);
                if (readsDy) {
                    move(layout, slice, dy, dyOffset, at, dySlice, Staging::read);
                }
                work.run(slice, xSlice, 0, dySlice, 0, outSlice, 0);
                move(layout, slice, out, outOffset, at, outSlice, Staging::write);
            }
        }
    }

    @FunctionalInterface
    private interface Run {
        void move(Object base, long offset, long done, float[] block, int blockOffset, int count);
    }

    // One run of neighbours where the slice is dense, else one for each index along the axis.
    private static void move(
            AxisLayout layout, AxisLayout slice, Object base, long offset, long at, float[] block, Run run) {
        int columns = (int) slice.inner();
        int axis = (int) slice.axis();
        if (layout.axisStride() == columns) {
            run.move(base, offset, at, block, 0, axis * columns);
            return;
        }
        for (int i = 0; i < axis; i++) {
            run.move(base, offset, at + i * layout.axisStride(), block, i * columns, columns);
        }
    }
}
