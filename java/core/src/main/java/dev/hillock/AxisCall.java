package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;

/** One call of a function over an axis: its checks, the choice of kernels, the call. */
final class AxisCall {
    private AxisCall() {}

    static void forward(AxisFunction f, AxisLayout layout, Memory x, Memory y, KernelEngine fixed) {
        check(f, layout, "x", x);
        check(f, layout, "y", y);
        y.refusePartialOverlap("y", x, "x", layout.highest() - layout.lowest());
        run(f, Direction.FORWARD, layout, x, x, y, fixed);
    }

    static void backward(AxisFunction f, AxisLayout layout, Memory y, Memory dy, Memory dx, KernelEngine fixed) {
        check(f, layout, "y", y);
        check(f, layout, "dy", dy);
        check(f, layout, "dx", dx);
        long extent = layout.highest() - layout.lowest();
        dx.refusePartialOverlap("dx", y, "y", extent);
        dx.refusePartialOverlap("dx", dy, "dy", extent);
        run(f, Direction.BACKWARD_FROM_OUTPUT, layout, y, dy, dx, fixed);
    }

    private static void check(AxisFunction f, AxisLayout layout, String name, Memory memory) {
        Checks.notNull("f", f);
        if (memory.length() != layout.count()) {
            throw new IllegalArgumentException(
                    name + " has " + memory.length() + " elements, the shape has " + layout.count());
        }
    }

    private static void run(
            AxisFunction f,
            Direction direction,
            AxisLayout layout,
            Memory x,
            Memory dy,
            Memory out,
            KernelEngine fixed) {
        if (layout.count() == 0) {
            return;
        }
        ElementType type = x.type();
        AxisKernels kernels =
                fixed != null ? fixed.axis() : Engines.chooseAxis(f.definition(), type, direction, layout.count());
        if (!kernels.supports(f.definition(), type, direction)) {
            throw new IllegalStateException("engine " + fixed.engine().word() + " has no " + f.name() + " over an axis"
                    + (type == ElementType.FLOAT32 ? "" : " for " + type));
        }
        kernels.run(
                f.definition(),
                type,
                direction,
                f.temperature(type),
                layout,
                x.base(),
                x.offset(),
                dy.base(),
                dy.offset(),
                out.base(),
                out.offset());
        x.keepAlive();
        dy.keepAlive();
        out.keepAlive();
    }
}
