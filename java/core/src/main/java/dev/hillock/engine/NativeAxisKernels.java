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
    // Elements of one crossing, as in NativeEngine; a row is not split, so a longer row is one crossing.
    private static final long CROSSING = 1 << 16;
    // Rows that a kernel takes side by side.
    private static final long ABREAST = 16;
    private static final int DIRECTIONS = Direction.values().length;
    // The types that have kernels of their own.
    private static final ElementType[] TYPES = {ElementType.FLOAT32, ElementType.FLOAT64};

    private final NativeCalls calls;
    private final long[] kernels;

    NativeAxisKernels(NativeCalls calls, int target) {
        this.calls = calls;
        List<AxisDefinition> functions = AxisCatalogue.functions();
        int each = functions.size() * DIRECTIONS;
        kernels = new long[TYPES.length * each];
        for (int i = 0; i < kernels.length; i++) {
            int type = TYPES[i / each].ordinal();
            kernels[i] = calls.axisKernel(target, type, i % DIRECTIONS, i % each / DIRECTIONS);
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
        long slice = layout.axis() * layout.inner();
        long slices = whole(CROSSING / slice, layout.inner() == 1 ? ABREAST : 1);
        long columns = slice <= CROSSING ? layout.inner() : whole(CROSSING / layout.axis(), ABREAST);
        for (long o = 0; o < layout.outer(); o += slices) {
            for (long c = 0; c < layout.inner(); c += columns) {
                long at = o * layout.outerStride() + c;
                long rows = Math.min(slices, layout.outer() - o);
                long inner = Math.min(columns, layout.inner() - c);
                long xStart = start(x, xOffset, at, bytes);
                long dyStart = start(dy, dyOffset, at, bytes);
                long outStart = start(out, outOffset, at, bytes);
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
