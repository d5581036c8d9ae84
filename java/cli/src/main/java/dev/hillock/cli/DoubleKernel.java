package dev.hillock.cli;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;

/** An element-wise function in double precision: by an engine that has it, else by the catalogue's reference. */
final class DoubleKernel {
    private final Function function;
    private final double[] parameters;
    private final KernelEngine engine;

    DoubleKernel(Kernels kernels, Function function, double[] parameters) {
        this.function = function;
        this.parameters = parameters;
        KernelEngine asked = kernels.engine() == Engine.AUTO
                ? Engines.choose(function, ElementType.FLOAT64, Direction.FORWARD, parameters, Long.MAX_VALUE)
                : Engines.required(kernels.engine());
        boolean has = asked.supports(function, ElementType.FLOAT64, Direction.FORWARD, parameters)
                && asked.supports(function, ElementType.FLOAT64, Direction.BACKWARD, parameters);
        if (!has && asked.engine() != Engine.REFERENCE) {
            throw new UsageException("element type '<f8' is not supported by engine "
                    + asked.engine().word() + " for " + function.name());
        }
        engine = has ? asked : null;
    }

    /** Replaces x by f(x), or by dy f'(x) if there is a dy. */
    void run(double[] x, double[] dy, int count) {
        if (engine != null) {
            Direction direction = dy == null ? Direction.FORWARD : Direction.BACKWARD;
            engine.eltwise(function, ElementType.FLOAT64, direction, parameters, x, 0, dy, 0, x, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            x[i] = dy == null
                    ? function.reference(x[i], parameters)
                    : product(dy[i], function.referenceDerivative(x[i], parameters));
        }
    }

    // A slope of 0 selects: an infinite dy must not become NaN.
    private static double product(double dy, double slope) {
        return slope == 0 && !Double.isNaN(dy) ? 0 : dy * slope;
    }
}
