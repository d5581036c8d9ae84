package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.binding.NativeCalls;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import java.util.List;

/** Functions over an axis in the C++ kernel core. */
final class NativeAxisKernels implements AxisKernels {
    // Rows that a kernel takes side by side.
    private static final long ABREAST = 16;
    private static final int DIRECTIONS = Direction.values().length;
    // As in hillock.h, after the directions of element-wise functions.
    private static final int LOG_SUM = 5;
    // The types that have kernels of their own.
    private static final ElementType[] TYPES = {ElementType.FLOAT32, ElementType.FLOAT64};

    private final NativeCalls calls;
    // A row is not split, so a longer row is one crossing, which goes by JNI: that holds up the collections of some
    // collectors (not of G1 from JDK 22 on), but no other safepoint.
    private final CrossingBound bound;
    private final long[] kernels;
    // By type.
    private final long[] logSums = new long[TYPES.length];

    NativeAxisKernels(NativeCalls calls, int target, CrossingBound bound) {
        this.calls = calls;
        this.bound = bound;
        List<AxisDefinition> functions = AxisCatalogue.functions();
        int each = functions.size() * DIRECTIONS;
        kernels = new long[TYPES.length * each];
        for (int i = 0; i < kernels.length; i++) {
            int type = TYPES[i / each].ordinal();
            kernels[i] = calls.axisKernel(target, type, i % DIRECTIONS, i % each / DIRECTIONS);
        }
        int logarithm = AxisCatalogue.function("log_softmax").id();
        for (int i = 0; i < TYPES.length; i++) {
            logSums[i] = NativeEngine.required(calls.axisKernel(target, TYPES[i].ordinal(), LOG_SUM, logarithm));
        }
    }

    // Elements of 16 bits are computed as floats.
    private long kernel(AxisDefinition function, ElementType type, Direction direction) {
        int start = type == ElementType.FLOAT64 ? kernels.length / TYPES.length : 0;
        return kernels[start + function.id() * DIRECTIONS + direction.ordinal()];
    }

    @Override
    public boolean supports(AxisDefinition function, ElementType type, Direction direction) {
        return kernel(function, type, direction) > 0;
    }

    @Override
    public void run(
            AxisDefinition function,
            ElementType type,
            Direction direction,
            double temperature,
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset) {
        if (type.isNarrow()) {
            boolean backward = direction != Direction.FORWARD;
            AxisStaging.copies(
                    type,
                    layout,
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    backward,
                    out,
                    outOffset,
                    (l, a, ao, b, bo, c, co) -> run(
                            function,
                            ElementType.FLOAT32,
                            direction,
                            temperature,
                            l,
                            a,
                            ao,
                            backward ? b : null,
                            bo,
                            c,
                            co));
            return;
        }
        long kernel = kernel(function, type, direction);
        int bytes = type.bytes();
        crossings(layout, bound.of(type), (o, c, rows, inner) -> {
            long at = o * layout.outerStride() + c;
            long xStart = start(x, xOffset, at, bytes);
            long dyStart = start(dy, dyOffset, at, bytes);
            long outStart = start(out, outOffset, at, bytes);
            call(kernel, temperature, layout, rows, inner, bytes, x, xStart, dy, dyStart, out, outStart);
        });
    }

    @Override
    public boolean hasLogSums() {
        return true;
    }

    @Override
    public void logSums(AxisLayout layout, Object x, int xOffset, Object out, int outOffset) {
        int bytes = x instanceof float[] ? Float.BYTES : Double.BYTES;
        long kernel = logSums[bytes == Float.BYTES ? 0 : 1];
        int most = bytes == Float.BYTES ? bound.floats() : bound.doubles();
        crossings(layout, most, (o, c, rows, inner) -> {
            long xStart = start(x, xOffset, o * layout.outerStride() + c, bytes);
            long outStart = start(out, outOffset, o * layout.inner() + c, bytes);
            call(kernel, 1, layout, rows, inner, bytes, x, xStart, null, 0, out, outStart);
        });
    }

    // Slices from one on, or columns of a single one.
    @FunctionalInterface
    private interface Crossing {
        void cross(long slice, long column, long slices, long columns);
    }

    private static void crossings(AxisLayout layout, int most, Crossing crossing) {
        long slice = layout.axis() * layout.inner();
        long slices = whole(most / slice, layout.inner() == 1 ? ABREAST : 1);
        long columns = slice <= most ? layout.inner() : whole(most / layout.axis(), ABREAST);
        for (long o = 0; o < layout.outer(); o += slices) {
            for (long c = 0; c < layout.inner(); c += columns) {
                crossing.cross(o, c, Math.min(slices, layout.outer() - o), Math.min(columns, layout.inner() - c));
            }
        }
    }

    private void call(
            long kernel,
            double temperature,
            AxisLayout layout,
            long rows,
            long inner,
            int bytes,
            Object x,
            long xStart,
            Object dy,
            long dyStart,
            Object out,
            long outStart) {
        if (bytes == Double.BYTES) {
            calls.axis(
                    kernel,
                    temperature,
                    rows,
                    layout.axis(),
                    inner,
                    layout.outerStride(),
                    layout.axisStride(),
                    (double[]) x,
                    xStart,
                    (double[]) dy,
                    dyStart,
                    (double[]) out,
                    outStart);
        } else {
            calls.axis(
                    kernel,
                    temperature,
                    rows,
                    layout.axis(),
                    inner,
                    layout.outerStride(),
                    layout.axisStride(),
                    (float[]) x,
                    xStart,
                    (float[]) dy,
                    dyStart,
                    (float[]) out,
                    outStart);
        }
    }

    // The largest multiple of step that fits, but at least one.
    private static long whole(long limit, long step) {
        return limit >= step ? limit - limit % step : Math.max(1, limit);
    }

    private static long start(Object base, long offset, long at, int bytes) {
        return base == null ? offset + at * bytes : (offset + at) * bytes;
    }
}
