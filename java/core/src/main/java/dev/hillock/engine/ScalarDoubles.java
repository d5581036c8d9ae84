package dev.hillock.engine;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.ScalarDoubleAlgebraicFormulas;
import dev.hillock.kernel.ScalarDoubleExponentialFormulas;
import dev.hillock.kernel.ScalarDoubleFormulas;
import dev.hillock.kernel.ScalarDoublePeriodicFormulas;
import dev.hillock.kernel.ScalarDoublePiecewiseFormulas;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The scalar engine's doubles: with the native kernels' bits, or by the catalogue's formulas where there is none. */
final class ScalarDoubles {
    private static final List<Class<?>> FORMULAS = List.of(
            ScalarDoubleFormulas.class,
            ScalarDoublePiecewiseFormulas.class,
            ScalarDoubleAlgebraicFormulas.class,
            ScalarDoubleExponentialFormulas.class,
            ScalarDoublePeriodicFormulas.class);
    private static final int DIRECTIONS = Direction.values().length;

    private final AtomicReferenceArray<DoubleEltwiseLoop> loops =
            new AtomicReferenceArray<>(Catalogue.functions().size() * DIRECTIONS);

    private static final class Specializer {
        static final LoopSpecializer<DoubleEltwiseLoop> INSTANCE = specializer();

        private static LoopSpecializer<DoubleEltwiseLoop> specializer() {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            try {
                MethodHandle multiply = lookup.findStatic(
                        ScalarDoubles.class,
                        "multiply",
                        MethodType.methodType(double.class, double.class, double.class));
                return new LoopSpecializer<>(
                        lookup,
                        FORMULAS,
                        double.class,
                        multiply,
                        DoubleEltwiseLoop.class,
                        ScalarDoubleLoop.class,
                        false,
                        false);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static double multiply(double a, double b) {
        return a * b;
    }

    boolean hasKernels(Function function) {
        return !function.isCustom() && loop(function, Direction.FORWARD) != null;
    }

    void eltwise(
            Function function,
            Direction direction,
            double[] p,
            double[] x,
            int xOffset,
            double[] dy,
            int dyOffset,
            double[] out,
            int outOffset,
            int length) {
        DoubleEltwiseLoop loop = function.isCustom() ? null : loop(function, direction);
        if (loop == null) {
            DoubleLoop.run(function, direction, p, x, xOffset, dy, dyOffset, out, outOffset, length);
        } else if (direction == Direction.FORWARD) {
            loop.forward(x, xOffset, out, outOffset, length, parameter(p, 0), parameter(p, 1), parameter(p, 2));
        } else {
            loop.backward(
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    out,
                    outOffset,
                    length,
                    parameter(p, 0),
                    parameter(p, 1),
                    parameter(p, 2));
        }
    }

    static double parameter(double[] p, int index) {
        return index < p.length ? p[index] : 0.0;
    }

    // Null where there is no formula.
    DoubleEltwiseLoop loop(Function function, Direction direction) {
        int index = function.id() * DIRECTIONS + direction.ordinal();
        DoubleEltwiseLoop loop = loops.get(index);
        if (loop == null) {
            loop = Specializer.INSTANCE.loop(function, direction, false);
            loops.set(index, loop);
        }
        return loop;
    }
}
