package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.binding.NativeCalls;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.kernel.ActivationCounts;
import dev.hillock.kernel.ChannelCuts;
import dev.hillock.kernel.DropMask;
import java.lang.reflect.Array;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Operations over an axis in the C++ kernel core; maxout of doubles, which rounds nothing, in Java. A long row holds up
 * what {@link NativeAxisKernels} says.
 */
final class NativeRowKernels implements RowKernels {
    // In the order of their ids, after the functions of the catalogue.
    private static final List<String> NAMES = List.of("sparsemax", "maxout");
    private static final int FIRST = AxisCatalogue.functions().size();
    private static final int FLOAT32 = 0;
    private static final int FLOAT64 = 1;

    private final NativeCalls calls;
    private final CrossingBound bound;
    // By type.
    private final long[] sparsemax = new long[2];
    private final long[] sparsemaxBackward = new long[2];
    private final long[] prelu = new long[2];
    private final long maxout;
    private final long maxoutBackward;
    private final long gumbel;
    private final long dropout;
    private final long statistics;

    NativeRowKernels(NativeCalls calls, int target, CrossingBound bound) {
        this.calls = calls;
        this.bound = bound;
        for (int type : new int[] {FLOAT32, FLOAT64}) {
            sparsemax[type] = kernel(target, type, Direction.FORWARD, "sparsemax");
            sparsemaxBackward[type] = kernel(target, type, Direction.BACKWARD_FROM_OUTPUT, "sparsemax");
            prelu[type] = NativeEngine.required(calls.preluKernel(target, type));
        }
        maxout = kernel(target, FLOAT32, Direction.FORWARD, "maxout");
        maxoutBackward = kernel(target, FLOAT32, Direction.BACKWARD, "maxout");
        gumbel = NativeEngine.required(calls.gumbelKernel(target));
        dropout = NativeEngine.required(calls.dropoutKernel(target));
        statistics = NativeEngine.required(calls.statisticsKernel(target));
    }

    private long kernel(int target, int type, Direction direction, String name) {
        return NativeEngine.required(calls.axisKernel(target, type, direction.ordinal(), FIRST + NAMES.indexOf(name)));
    }

    /** The rows of the library's list. */
    static List<String> rows() {
        return IntStream.range(0, NAMES.size())
                .mapToObj(i -> FIRST + i + ":" + NAMES.get(i) + "()")
                .toList();
    }

    @Override
    public void sparsemax(AxisLayout rows, Object x, int xAt, Object y, int yAt) {
        run(sparsemax, rows, x, xAt, null, 0, y, yAt);
    }

    @Override
    public void sparsemaxBackward(AxisLayout rows, Object y, int yAt, Object dy, int dyAt, Object dx, int dxAt) {
        run(sparsemaxBackward, rows, y, yAt, dy, dyAt, dx, dxAt);
    }

    @Override
    public void maxout(AxisLayout groups, Object x, int xAt, Object y, int yAt) {
        if (x instanceof double[]) {
            ScalarRowKernels.INSTANCE.maxout(groups, x, xAt, y, yAt);
        } else {
            floats(maxout, groups, x, xAt, null, 0, y, yAt);
        }
    }

    @Override
    public void maxoutBackward(AxisLayout groups, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        if (x instanceof double[]) {
            ScalarRowKernels.INSTANCE.maxoutBackward(groups, x, xAt, dy, dyAt, dx, dxAt);
        } else {
            floats(maxoutBackward, groups, x, xAt, dy, dyAt, dx, dxAt);
        }
    }

    private void run(long[] kernels, AxisLayout l, Object x, int xAt, Object dy, int dyAt, Object out, int outAt) {
        if (x instanceof float[]) {
            floats(kernels[FLOAT32], l, x, xAt, dy, dyAt, out, outAt);
            return;
        }
        calls.axis(
                kernels[FLOAT64],
                1,
                l.outer(),
                l.axis(),
                l.inner(),
                l.outerStride(),
                l.axisStride(),
                (double[]) x,
                (long) xAt * Double.BYTES,
                (double[]) dy,
                (long) dyAt * Double.BYTES,
                (double[]) out,
                (long) outAt * Double.BYTES);
    }

    private void floats(long kernel, AxisLayout l, Object x, int xAt, Object dy, int dyAt, Object out, int outAt) {
        calls.axis(
                kernel,
                1,
                l.outer(),
                l.axis(),
                l.inner(),
                l.outerStride(),
                l.axisStride(),
                (float[]) x,
                (long) xAt * Float.BYTES,
                (float[]) dy,
                (long) dyAt * Float.BYTES,
                (float[]) out,
                (long) outAt * Float.BYTES);
    }

    @Override
    public void addGumbel(long seed, long index, long indexStride, int rows, int columns, float[] z) {
        bound.each(
                rows,
                columns,
                (row, from, together, count) -> calls.gumbel(
                        gumbel,
                        seed,
                        index + row * indexStride + from,
                        indexStride,
                        together,
                        count,
                        z,
                        (row * columns + from) * Float.BYTES));
    }

    @Override
    public void drop(DropMask mask, long index, float[] values, int at, int n) {
        calls.dropout(dropout, mask.seed(), index, mask.leastKept(), mask.factor(), values, (long) at * Float.BYTES, n);
    }

    @Override
    public void count(ActivationCounts counts, float[] y, int at, float[] slopes, int n) {
        int whole = n - n % ActivationCounts.LANES;
        calls.statistics(
                statistics, y, (long) at * Float.BYTES, slopes, 0, counts.flat(), whole, counts.sums(), counts.lanes());
        counts.take();
        counts.add(y, at + whole, slopes, whole, n - whole);
    }

    @Override
    public void prelu(
            AxisLayout channels,
            Object alpha,
            int alphaAt,
            Object x,
            Object dy,
            Object out,
            int at,
            double[] sums,
            int sumsAt) {
        int most = x instanceof float[] ? CrossingBound.LIGHT.floats() : CrossingBound.LIGHT.doubles();
        if (channels.count() <= most) {
            prelu(
                    channels,
                    alpha,
                    alphaAt,
                    x,
                    dy,
                    out,
                    at,
                    sums,
                    sumsAt,
                    channels.outer(),
                    channels.axis(),
                    channels.inner());
            return;
        }
        ChannelCuts.each(
                channels,
                most,
                (from, channel, rows, count, inner) -> prelu(
                        channels,
                        alpha,
                        alphaAt + channel,
                        x,
                        dy,
                        out,
                        at + from,
                        sums,
                        sumsAt + channel,
                        rows,
                        count,
                        inner));
    }

    // One crossing: [rows, count, inner] of what lies as the channels do.
    private void prelu(
            AxisLayout channels,
            Object alpha,
            int alphaAt,
            Object x,
            Object dy,
            Object out,
            int at,
            double[] sums,
            int sumsAt,
            long rows,
            long count,
            long inner) {
        long sumsOffset = sums == null ? 0 : (long) sumsAt * Double.BYTES;
        int bytes = x instanceof float[] ? Float.BYTES : Double.BYTES;
        // The arrays are those of the whole operation.
        boolean stream = NativeEngine.streams(Array.getLength(x), dy == null ? 2 : 3, bytes) && out != x && out != dy;
        if (x instanceof float[] floats) {
            long offset = (long) at * Float.BYTES;
            calls.prelu(
                    prelu[FLOAT32],
                    rows,
                    count,
                    inner,
                    channels.outerStride(),
                    (float[]) alpha,
                    (long) alphaAt * Float.BYTES,
                    floats,
                    offset,
                    (float[]) dy,
                    dy == null ? 0 : offset,
                    (float[]) out,
                    offset,
                    sums,
                    sumsOffset,
                    stream);
        } else {
            long offset = (long) at * Double.BYTES;
            calls.prelu(
                    prelu[FLOAT64],
                    rows,
                    count,
                    inner,
                    channels.outerStride(),
                    (double[]) alpha,
                    (long) alphaAt * Double.BYTES,
                    (double[]) x,
                    offset,
                    (double[]) dy,
                    dy == null ? 0 : offset,
                    (double[]) out,
                    offset,
                    sums,
                    sumsOffset,
                    stream);
        }
    }
}
