package dev.hillock;

import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.AxisStaging;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.RowKernels;
import dev.hillock.engine.ShadowCheck;
import java.nio.Buffer;
import java.util.concurrent.ForkJoinPool;

/** Calls of functions over an axis: their checks, the choice of kernels, the split over threads. */
final class AxisCall {
    // Below this many elements a second thread comes too late to help; a slab stays in a second-level cache.
    private static final long SPLIT_FROM = 1 << 16;
    private static final long SLAB = 1 << 15;

    private final KernelEngine fixed;
    private final int threads;
    private final ForkJoinPool pool;
    private final ShadowCheck check;

    // fixed: the engine that everything runs on, or null.
    AxisCall(KernelEngine fixed, int threads, ForkJoinPool pool, ShadowCheck check) {
        this.check = check;
        this.fixed = fixed;
        this.threads = threads;
        this.pool = pool;
    }

    void forward(AxisFunction f, AxisLayout layout, Memory x, Memory y) {
        check(f, layout, "x", x);
        check(f, layout, "y", y);
        y.refusePartialOverlap("y", x, "x", layout.highest() - layout.lowest());
        run(f, Direction.FORWARD, layout, x, x, y);
    }

    void backward(AxisFunction f, AxisLayout layout, Memory y, Memory dy, Memory dx) {
        check(f, layout, "y", y);
        check(f, layout, "dy", dy);
        check(f, layout, "dx", dx);
        long extent = layout.highest() - layout.lowest();
        dx.refusePartialOverlap("dx", y, "y", extent);
        dx.refusePartialOverlap("dx", dy, "dy", extent);
        run(f, Direction.BACKWARD_FROM_OUTPUT, layout, y, dy, dx);
    }

    private static void check(AxisFunction f, AxisLayout layout, String name, Memory memory) {
        Checks.notNull("f", f);
        if (memory.length() != layout.count()) {
            throw new IllegalArgumentException(
                    name + " has " + memory.length() + " elements, the shape has " + layout.count());
        }
    }

    /**
     * What runs a function over the axis of a layout here.
     *
     * @throws IllegalStateException if the engine does not have it
     */
    AxisKernels kernels(AxisDefinition f, ElementType type, Direction direction, AxisLayout layout) {
        if (fixed == null) {
            AxisKernels chosen = Engines.chooseAxis(f, type, direction, layout);
            return check.over(chosen, Engine.AUTO);
        }
        if (!fixed.axis().supports(f, type, direction)) {
            throw new IllegalStateException("engine " + fixed.engine().word() + " has no " + f.name() + " over an axis"
                    + (type == ElementType.FLOAT32 ? "" : " for " + type));
        }
        return fixed.axis();
    }

    /** What runs operations over an axis of so many elements here. */
    RowKernels rows(long count) {
        if (fixed != null) {
            return fixed.rows();
        }
        return check.over(Engines.chooseRows(count), Engine.AUTO);
    }

    private void run(AxisFunction f, Direction direction, AxisLayout layout, Memory x, Memory dy, Memory out) {
        try {
            runOnLiving(f, direction, layout, x, dy, out);
        } finally {
            x.keepAlive();
            dy.keepAlive();
            out.keepAlive();
        }
    }

    private void runOnLiving(AxisFunction f, Direction direction, AxisLayout layout, Memory x, Memory dy, Memory out) {
        if (layout.count() == 0) {
            return;
        }
        if (x.base() instanceof Buffer || dy.base() instanceof Buffer || out.base() instanceof Buffer) {
            staged(f, direction, layout, x, dy, out);
            return;
        }
        ElementType type = x.type();
        AxisKernels kernels = kernels(f.definition(), type, direction, layout);
        if (threads == 1 || layout.count() < SPLIT_FROM) {
            rows(kernels, f, direction, layout, 0, x, dy, out);
        } else {
            AxisSlabs slabs = AxisSlabs.of(layout, SLAB);
            Pieces.run(pool, threads, slabs.count(), 1, (start, count) -> {
                for (long i = start; i < start + count; i++) {
                    AxisSlabs.Slab slab = slabs.at(i);
                    rows(kernels, f, direction, slab.rows(), slab.offset(), x, dy, out);
                }
            });
        }
    }

    // Buffers that only their own methods reach, through arrays: kernels want arrays or addresses.
    private void staged(AxisFunction f, Direction direction, AxisLayout layout, Memory x, Memory dy, Memory out) {
        AxisDefinition definition = f.definition();
        double temperature = f.temperature(x.type());
        boolean backward = direction != Direction.FORWARD;
        if (x.type() == ElementType.FLOAT64) {
            AxisKernels kernels = kernels(definition, ElementType.FLOAT64, direction, layout);
            AxisStaging.doubles(
                    layout,
                    x.base(),
                    x.offset(),
                    dy.base(),
                    dy.offset(),
                    backward,
                    out.base(),
                    out.offset(),
                    (l, a, ao, b, bo, c, co) -> kernels.run(
                            definition, ElementType.FLOAT64, direction, temperature, l, a, ao, b, bo, c, co));
            return;
        }
        AxisKernels kernels = kernels(definition, ElementType.FLOAT32, direction, layout);
        AxisStaging.copies(
                x.type(),
                layout,
                x.base(),
                x.offset(),
                dy.base(),
                dy.offset(),
                backward,
                out.base(),
                out.offset(),
                (l, a, ao, b, bo, c, co) ->
                        kernels.run(definition, ElementType.FLOAT32, direction, temperature, l, a, ao, b, bo, c, co));
    }

    private static void rows(
            AxisKernels kernels,
            AxisFunction f,
            Direction direction,
            AxisLayout rows,
            long first,
            Memory x,
            Memory dy,
            Memory out) {
        ElementType type = x.type();
        kernels.run(
                f.definition(),
                type,
                direction,
                f.temperature(type),
                rows,
                x.base(),
                x.offset(first),
                dy.base(),
                dy.offset(first),
                out.base(),
                out.offset(first));
    }
}
