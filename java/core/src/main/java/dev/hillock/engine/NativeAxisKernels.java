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

    private final NativeCalls calls;
    private final long[] kernels;

    NativeAxisKernels(NativeCalls calls, int target) {
        this.calls = calls;
        List<AxisDefinition> functions = AxisCatalogue.functions();
        kernels = new long[functions.size() * DIRECTIONS];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = calls.axisKernel(target, 0, i % DIRECTIONS, i / DIRECTIONS);
        }
    }

    private long kernel(AxisDefinition function, Direction direction) {
        return kernels[function.id() * DIRECTIONS + direction.ordinal()];
    }

    @Override
    public boolean supports(AxisDefinition function, ElementType type, Direction direction) {
        return type == ElementType.FLOAT32 && kernel(function, direction) > 0;
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
        long kernel = kernel(function, direction);
        long slice = layout.axis() * layout.inner();
        long slices = whole(CROSSING / slice, layout.inner() == 1 ? ABREAST : 1);
        long columns = slice <= CROSSING ? layout.inner() : whole(CROSSING / layout.axis(), ABREAST);
        for (long o = 0; o < layout.outer(); o += slices) {
            for (long c = 0; c < layout.inner(); c += columns) {
                long at = o * layout.outerStride() + c;
                calls.axis(
                        kernel,
                        temperature,
                        Math.min(slices, layout.outer() - o),
                        layout.axis(),
                        Math.min(columns, layout.inner() - c),
                        layout.outerStride(),
                        layout.axisStride(),
                        (float[]) x,
                        start(x, xOffset, at),
                        (float[]) dy,
                        start(dy, dyOffset, at),
                        (float[]) out,
                        start(out, outOffset, at));
            }
        }
    }

    // The largest multiple of step that fits, but at least one.
    private static long whole(long limit, long step) {
        return limit >= step ? limit - limit % step : Math.max(1, limit);
    }

    private static long start(Object base, long offset, long at) {
        return base == null ? offset + at * Float.BYTES : (offset + at) * Float.BYTES;
    }
}
