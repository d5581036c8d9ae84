package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;

/** The catalogue's meaning, in double precision, rounded once: for checking, not for speed. */
final class ReferenceEngine implements KernelEngine {
    private final AxisKernels axis = new ReferenceAxisKernels();

    @Override
    public Engine engine() {
        return Engine.REFERENCE;
    }

    @Override
    public Availability availability() {
        return Availability.AVAILABLE;
    }

    @Override
    public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
        return (direction != Direction.BACKWARD_FROM_OUTPUT || function.fromOutput(parameters));
    }

    @Override
    public void eltwise(
            Function function,
            ElementType type,
            Direction direction,
            double[] p,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        if (type == ElementType.FLOAT64) {
            Staging.doubles(
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    direction != Direction.FORWARD,
                    out,
                    outOffset,
                    length,
                    (a, ao, b, bo, c, co, n) -> DoubleLoop.run(function, direction, p, a, ao, b, bo, c, co, n));
            return;
        }
        boolean backward = direction != Direction.FORWARD;
        Staging.run(type, x, xOffset, dy, dyOffset, backward, out, outOffset, length, (a, ao, b, bo, c, co, n) -> {
            for (int i = 0; i < n; i++) {
                c[co + i] = (float)
                        switch (direction) {
                            case FORWARD -> function.reference(a[ao + i], p);
                            case BACKWARD -> DoubleLoop.product(b[bo + i], function.referenceDerivative(a[ao + i], p));
                            case BACKWARD_FROM_OUTPUT ->
                                DoubleLoop.product(b[bo + i], function.referenceFromOutput(a[ao + i], p));
                        };
            }
        });
    }

    @Override
    public AxisKernels axis() {
        return axis;
    }
}
