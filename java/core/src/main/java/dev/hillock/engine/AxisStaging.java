package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import java.util.function.IntFunction;

/**
 * Lets kernels that work on arrays serve memory outside the heap and elements of 16 bits: slices go through arrays of
 * their own, where what is narrow is widened on the way in and rounded once on the way out.
 */
public final class AxisStaging {
    private static final int BLOCK = 1 << 16;

    /**
     * Work on arrays, all of one layout.
     *
     * @param <A> float[] or double[]
     */
    @FunctionalInterface
    public interface Work<A> {
        void run(AxisLayout layout, A x, int xOffset, A dy, int dyOffset, A out, int outOffset);
    }

    /** Copies a run of neighbours from an operand to an array or back. */
    @FunctionalInterface
    private interface Run<A> {
        void move(Object base, long offset, long done, A block, int blockOffset, int count);
    }

    /** How slices get into arrays and out. */
    private record Carrier<A>(IntFunction<A> array, Run<A> read, Run<A> write) {}

    private static final Carrier<double[]> DOUBLES = new Carrier<>(double[]::new, Staging::read, Staging::write);

    private AxisStaging() {}

    private static Carrier<float[]> floats(ElementType type) {
        return new Carrier<>(
                float[]::new,
                (base, offset, done, block, at, count) -> Staging.read(type, base, offset, done, block, at, count),
                (base, offset, done, block, at, count) -> Staging.write(type, base, offset, done, block, at, count));
    }

    /** Runs the work on the operands as they are where all are float arrays, else slice by slice. */
    static void run(
            ElementType type,
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            boolean readsDy,
            Object out,
            long outOffset,
            Work<float[]> work) {
        if (x instanceof float[] a && out instanceof float[] c && (!readsDy || dy instanceof float[])) {
            work.run(layout, a, (int) xOffset, readsDy ? (float[]) dy : null, (int) dyOffset, c, (int) outOffset);
        } else {
            copies(floats(type), layout, x, xOffset, dy, dyOffset, readsDy, out, outOffset, work);
        }
    }

    /** Runs the work on the operands as they are where all are double arrays, else slice by slice. */
    public static void doubles(
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            boolean readsDy,
            Object out,
            long outOffset,
            Work<double[]> work) {
        if (x instanceof double[] a && out instanceof double[] c && (!readsDy || dy instanceof double[])) {
            work.run(layout, a, (int) xOffset, readsDy ? (double[]) dy : null, (int) dyOffset, c, (int) outOffset);
        } else {
            copies(DOUBLES, layout, x, xOffset, dy, dyOffset, readsDy, out, outOffset, work);
        }
    }

    /** Runs the work slice by slice on dense copies of its own, which it may write over. */
    public static void copies(
            ElementType type,
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            boolean readsDy,
            Object out,
            long outOffset,
            Work<float[]> work) {
        copies(floats(type), layout, x, xOffset, dy, dyOffset, readsDy, out, outOffset, work);
    }

    private static <A> void copies(
            Carrier<A> carrier,
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            boolean readsDy,
            Object out,
            long outOffset,
            Work<A> work) {
        int axis = Math.toIntExact(layout.axis());
        int columns = (int) Math.min(layout.inner(), Math.max(1, BLOCK / axis));
        // Slices that follow each other without a gap go together.
        boolean dense = layout.axisStride() == layout.inner()
                && layout.outerStride() == layout.axis() * layout.inner()
                && columns == layout.inner();
        int slices = dense ? (int) Math.min(layout.outer(), Math.max(1, BLOCK / (axis * columns))) : 1;
        A xSlice = carrier.array.apply(slices * axis * columns);
        A dySlice = carrier.array.apply(readsDy ? slices * axis * columns : 0);
        A outSlice = carrier.array.apply(slices * axis * columns);
        for (long o = 0; o < layout.outer(); o += slices) {
            for (long c = 0; c < layout.inner(); c += columns) {
                int count = (int) Math.min(columns, layout.inner() - c);
                long here = Math.min(slices, layout.outer() - o);
                AxisLayout slice = new AxisLayout(here, axis, count, (long) axis * count, count);
                long at = o * layout.outerStride() + c;
                move(layout, slice, x, xOffset, at, xSlice, carrier.read);
                if (readsDy) {
                    move(layout, slice, dy, dyOffset, at, dySlice, carrier.read);
                }
                work.run(slice, xSlice, 0, dySlice, 0, outSlice, 0);
                move(layout, slice, out, outOffset, at, outSlice, carrier.write);
            }
        }
    }

    // One run of neighbours where the slice is dense, else one for each index along the axis.
    private static <A> void move(
            AxisLayout layout, AxisLayout slice, Object base, long offset, long at, A block, Run<A> run) {
        int columns = (int) slice.inner();
        int axis = (int) slice.axis();
        if (layout.axisStride() == columns) {
            run.move(base, offset, at, block, 0, (int) slice.outer() * axis * columns);
            return;
        }
        for (int i = 0; i < axis; i++) {
            run.move(base, offset, at + i * layout.axisStride(), block, i * columns, columns);
        }
    }
}
