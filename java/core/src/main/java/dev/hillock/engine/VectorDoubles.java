package dev.hillock.engine;

import static dev.hillock.engine.ScalarDoubles.parameter;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.VectorDoubleAlgebraicFormulas;
import dev.hillock.kernel.VectorDoubleElementary;
import dev.hillock.kernel.VectorDoubleExponentialFormulas;
import dev.hillock.kernel.VectorDoubleFormulas;
import dev.hillock.kernel.VectorDoublePiecewiseFormulas;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import jdk.incubator.vector.DoubleVector;

/** The vector engine's doubles. */
final class VectorDoubles {
    static final int LANES = VectorDoubleElementary.SPECIES.length();

    private static final List<Class<?>> FORMULAS = List.of(
            VectorDoubleFormulas.class,
            VectorDoublePiecewiseFormulas.class,
            VectorDoubleAlgebraicFormulas.class,
            VectorDoubleExponentialFormulas.class);
    private static final int DIRECTIONS = Direction.values().length;

    private final AtomicReferenceArray<DoubleEltwiseLoop> loops =
            new AtomicReferenceArray<>(Catalogue.functions().size() * DIRECTIONS);
    // What is shorter than one vector.
    private final ScalarDoubles scalar = new ScalarDoubles();

    private static final class Specializer {
        static final LoopSpecializer<DoubleEltwiseLoop> INSTANCE = specializer();

        private static LoopSpecializer<DoubleEltwiseLoop> specializer() {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            try {
                MethodHandle multiply = lookup.findStatic(
                        VectorDoubles.class,
                        "multiply",
                        MethodType.methodType(DoubleVector.class, DoubleVector.class, DoubleVector.class));
                return new LoopSpecializer<>(
                        lookup,
                        FORMULAS,
                        DoubleVector.class,
                        multiply,
                        DoubleEltwiseLoop.class,
                        VectorDoubleLoop.class,
                        false,
                        false);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static DoubleVector multiply(DoubleVector a, DoubleVector b) {
        return a.mul(b);
    }

    boolean supports(Function function, Direction direction) {
        return loop(function, direction) != null;
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
        boolean backward = direction != Direction.FORWARD;
        // The loop reads the end of the range again when it may have been written already.
        boolean inPlace = x == out && xOffset == outOffset || backward && dy == out && dyOffset == outOffset;
        int rest = inPlace || length < LANES ? length % LANES : 0;
        int count = length - rest;
        if (count > 0 && backward) {
            loop(function, direction)
                    .backward(
                            x,
                            xOffset,
                            dy,
                            dyOffset,
                            out,
                            outOffset,
                            count,
                            parameter(p, 0),
                            parameter(p, 1),
                            parameter(p, 2));
        } else if (count > 0) {
            loop(function, direction)
                    .forward(x, xOffset, out, outOffset, count, parameter(p, 0), parameter(p, 1), parameter(p, 2));
        }
        if (rest > 0) {
            scalar.eltwise(
                    function, direction, p, x, xOffset + count, dy, dyOffset + count, out, outOffset + count, rest);
        }
    }

    private DoubleEltwiseLoop loop(Function function, Direction direction) {
        int index = function.id() * DIRECTIONS + direction.ordinal();
        DoubleEltwiseLoop loop = loops.get(index);
        if (loop == null) {
            loop = Specializer.INSTANCE.loop(function, direction, false);
            loop = loop == null ? scalar.loop(function, direction) : loop;
            loops.set(index, loop);
        }
        return loop;
    }
}
