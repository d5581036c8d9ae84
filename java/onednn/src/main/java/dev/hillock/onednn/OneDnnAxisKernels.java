package dev.hillock.onednn;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.AxisStaging;

/**
 * oneDNN's softmax and its logarithm. It knows dense memory and no temperature; everything else goes through dense
 * copies.
 */
final class OneDnnAxisKernels implements AxisKernels {
    private final OneDnnEngine engine;

    OneDnnAxisKernels(OneDnnEngine engine) {
        this.engine = engine;
    }

    @Override
    public boolean supports(AxisDefinition function, ElementType type, Direction direction) {
        return type == ElementType.FLOAT32
                && direction != Direction.BACKWARD
                && (function.name().equals("softmax") || isLogarithm(function));
    }

    private static boolean isLogarithm(AxisDefinition function) {
        return function.name().equals("log_softmax");
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
        boolean logarithm = isLogarithm(function);
        boolean forward = direction == Direction.FORWARD;
        // oneDNN goes backward in place over dy alone.
        boolean overY = !forward && out == x && outOffset == xOffset;
        if (temperature == 1 && isDense(layout) && !overY && isPlain(x) && isPlain(dy) && isPlain(out)) {
            engine.softmax(
                    logarithm,
                    direction,
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    out,
                    outOffset,
                    layout.outer(),
                    layout.axis(),
                    layout.inner());
            return;
        }
        float t = (float) temperature;
        AxisStaging.copies(
                type, layout, x, xOffset, dy, dyOffset, !forward, out, outOffset, (l, a, ao, b, bo, c, co) -> {
                    if (forward) {
                        divide(a, t);
                    }
                    engine.softmax(logarithm, direction, a, ao, b, bo, c, co, l.outer(), l.axis(), l.inner());
                    if (!forward) {
                        divide(c, t);
                    }
                });
    }

    private static void divide(float[] values, float by) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= by;
        }
    }

    private static boolean isDense(AxisLayout layout) {
        return (layout.axisStride() == layout.inner() || layout.axis() == 1)
                && (layout.outerStride() == layout.axis() * layout.inner() || layout.outer() == 1);
    }

    private static boolean isPlain(Object base) {
        return base == null || base instanceof float[];
    }
}
