package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.LaneSums;
import dev.hillock.kernel.ScalarAlgebraicFormulas;
import dev.hillock.kernel.ScalarExponentialFormulas;
import dev.hillock.kernel.ScalarFormulas;
import dev.hillock.kernel.ScalarLosses;
import dev.hillock.kernel.ScalarPeriodicFormulas;
import dev.hillock.kernel.ScalarPiecewiseFormulas;
import dev.hillock.kernel.ScalarTabulatedFormulas;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Plain Java, one element at a time, with the native kernels' bits. */
final class ScalarEngine implements KernelEngine {
    private static final List<Class<?>> FORMULAS = List.of(
            ScalarFormulas.class,
            ScalarPiecewiseFormulas.class,
            ScalarAlgebraicFormulas.class,
            ScalarExponentialFormulas.class,
            ScalarPeriodicFormulas.class,
            ScalarTabulatedFormulas.class);
    private static final int DIRECTIONS = Direction.values().length;

    private final AtomicReferenceArray<EltwiseLoop> loops =
            new AtomicReferenceArray<>(Catalogue.functions().size() * DIRECTIONS);

    private final ScalarDoubles doubles = new ScalarDoubles();
    private final AxisKernels axis = ScalarAxisKernels.create();
    private final JavaLossKernels losses =
            new JavaLossKernels(ScalarLossLoop.class, ScalarLosses.class, float.class, LaneSums::new, 1, null);

    // Made on first use: a program that never needs this engine pays nothing for it.
    private static final class Specializer {
        static final LoopSpecializer<EltwiseLoop> INSTANCE = specializer();

        private static LoopSpecializer<EltwiseLoop> specializer() {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            try {
                MethodHandle multiply = lookup.findStatic(
                        ScalarEngine.class, "multiply", MethodType.methodType(float.class, float.class, float.class));
                return new LoopSpecializer<>(
                        lookup, FORMULAS, float.class, multiply, EltwiseLoop.class, ScalarLoop.class, false, false);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static float multiply(float a, float b) {
        return a * b;
    }

    @Override
    public Engine engine() {
        return Engine.SCALAR;
    }

    @Override
    public Availability availability() {
        return Availability.AVAILABLE;
    }

    @Override
    public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
        return type == ElementType.FLOAT64
                ? direction != Direction.BACKWARD_FROM_OUTPUT || function.fromOutput(parameters)
                : loop(function, direction) != null;
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
                    (a, ao, b, bo, c, co, n) -> doubles.eltwise(function, direction, p, a, ao, b, bo, c, co, n));
            return;
        }
        EltwiseLoop loop = loop(function, direction);
        float p0 = parameter(p, 0);
        float p1 = parameter(p, 1);
        float p2 = parameter(p, 2);
        boolean backward = direction != Direction.FORWARD;
        if (x instanceof float[] from && out instanceof float[] to && (!backward || dy instanceof float[])) {
            if (backward) {
                loop.backward(
                        from,
                        (int) xOffset,
                        (float[]) dy,
                        (int) dyOffset,
                        to,
                        (int) outOffset,
                        (int) length,
                        p0,
                        p1,
                        p2);
            } else {
                loop.forward(from, (int) xOffset, to, (int) outOffset, (int) length, p0, p1, p2);
            }
            return;
        }
        Staging.run(type, x, xOffset, dy, dyOffset, backward, out, outOffset, length, (a, ao, b, bo, c, co, n) -> {
            if (backward) {
                loop.backward(a, ao, b, bo, c, co, n, p0, p1, p2);
            } else {
                loop.forward(a, ao, c, co, n, p0, p1, p2);
            }
        });
    }

    // Whether it computes the function as the native kernels do, and not by the catalogue's formula.
    boolean hasKernels(Function function, ElementType type) {
        return type == ElementType.FLOAT64
                ? doubles.hasKernels(function)
                : !function.isCustom() && loop(function, Direction.FORWARD) != null;
    }

    private static float parameter(double[] p, int index) {
        return index < p.length ? (float) p[index] : 0f;
    }

    EltwiseLoop loop(Function function, Direction direction) {
        if (function.isCustom()) {
            return direction == Direction.BACKWARD_FROM_OUTPUT ? null : new CustomLoop(function);
        }
        int index = function.id() * DIRECTIONS + direction.ordinal();
        EltwiseLoop loop = loops.get(index);
        if (loop == null) {
            EltwiseLoop found = Specializer.INSTANCE.loop(function, direction, false);
            loop = found == null ? CustomLoop.NONE : found;
            loops.set(index, loop);
        }
        return loop == CustomLoop.NONE ? null : loop;
    }

    @Override
    public AxisKernels axis() {
        return axis;
    }

    @Override
    public JavaLossKernels losses() {
        return losses;
    }
}
