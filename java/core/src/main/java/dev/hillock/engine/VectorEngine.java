package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.Pieces;
import dev.hillock.kernel.VectorAlgebraicFormulas;
import dev.hillock.kernel.VectorElementary;
import dev.hillock.kernel.VectorExponentialFormulas;
import dev.hillock.kernel.VectorFormulas;
import dev.hillock.kernel.VectorLaneSums;
import dev.hillock.kernel.VectorLosses;
import dev.hillock.kernel.VectorPeriodicFormulas;
import dev.hillock.kernel.VectorPiecewiseFormulas;
import dev.hillock.kernel.VectorTabulatedFormulas;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import jdk.incubator.vector.FloatVector;

/** Java on {@code jdk.incubator.vector}, with the native kernels' bits. */
final class VectorEngine implements KernelEngine, FloatLoops {
    private static final int LANES = VectorElementary.SPECIES.length();
    private static final Direction[] DIRECTIONS = Direction.values();
    // Kinds of loops: one of each direction, and the function times a second operand.
    private static final int TIMES = DIRECTIONS.length;
    private static final int KINDS = TIMES + 1;

    private static final boolean IS_RECENT = Runtime.version().feature() >= 25;

    /** Whether long arrays have loops of their own: on JDK 17, and on 16 registers, those take a third longer. */
    static final boolean HAS_LOOPS_FOR_LONG = LANES >= 16 && IS_RECENT;

    // Tables have rows of 16, and before JDK 25 the compiler makes objects of look-ups: elsewhere the scalar loop is
    // faster.
    private static final boolean LOOKS_UP = LANES >= 8 && IS_RECENT;
    private static final List<Class<?>> FORMULAS = formulas();

    private static List<Class<?>> formulas() {
        List<Class<?>> formulas = new ArrayList<>(List.of(
                VectorFormulas.class,
                VectorPiecewiseFormulas.class,
                VectorAlgebraicFormulas.class,
                VectorExponentialFormulas.class,
                VectorPeriodicFormulas.class));
        if (LOOKS_UP) {
            formulas.add(VectorTabulatedFormulas.class);
        }
        return List.copyOf(formulas);
    }

    // Those for any parameters, and then those for the usual ones.
    private final AtomicReferenceArray<EltwiseLoop> loops =
            new AtomicReferenceArray<>(2 * Catalogue.functions().size() * KINDS);
    // By what Crossovers numbers, of floats and of doubles.
    private final BreakingIn floatLoops = new BreakingIn(Catalogue.functions().size() * DIRECTIONS.length);
    private final BreakingIn doubleLoops = new BreakingIn(Catalogue.functions().size() * DIRECTIONS.length);
    private final VectorDoubles doubles = new VectorDoubles();
    private final AxisKernels axis = VectorAxisKernels.create();
    private final RowKernels rows = new VectorRowKernels();
    private final FusedKernels fused = new VectorFusedKernels(this, new BlockedFusedKernels(this));
    // What is shorter than one vector, or has no formula for vectors.
    private final ScalarEngine scalar = (ScalarEngine) Engines.get(Engine.SCALAR);
    private final LossKernels losses = new JavaLossKernels(
            VectorLossLoop.class, VectorLosses.class, FloatVector.class, VectorLaneSums::new, LANES, scalar.losses());

    VectorEngine() {}

    private static final class Specializer {
        static final LoopSpecializer<EltwiseLoop> INSTANCE = specializer();

        private static LoopSpecializer<EltwiseLoop> specializer() {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            try {
                MethodHandle multiply = lookup.findStatic(
                        VectorEngine.class,
                        "multiply",
                        MethodType.methodType(FloatVector.class, FloatVector.class, FloatVector.class));
                return new LoopSpecializer<>(
                        lookup,
                        FORMULAS,
                        FloatVector.class,
                        multiply,
                        EltwiseLoop.class,
                        VectorLoop.class,
                        LANES < 16,
                        true);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static FloatVector multiply(FloatVector a, FloatVector b) {
        return a.mul(b);
    }

    @Override
    public Engine engine() {
        return Engine.VECTOR;
    }

    @Override
    public Availability availability() {
        return Availability.AVAILABLE;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
        if (function.isCustom()) {
            return false;
        }
        return type == ElementType.FLOAT64
                ? doubles.supports(function, direction)
                : loop(function, direction.ordinal(), false) != null;
    }

    @Override
    public boolean wants(Function function, ElementType type, Direction direction, long length) {
        boolean isDouble = type == ElementType.FLOAT64;
        if (length < (isDouble ? VectorDoubles.LANES : LANES)) {
            return false;
        }
        return (isDouble ? doubleLoops : floatLoops).takes(Crossovers.index(function, direction));
    }

    @Override
    public boolean hasVectors(Function function) {
        return LOOKS_UP || !Pieces.FUNCTIONS.contains(function.name());
    }

    @Override
    public boolean isBrokenIn(int index) {
        return floatLoops.isOver(index);
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
        boolean backward = direction != Direction.FORWARD;
        if (type == ElementType.FLOAT64) {
            Staging.doubles(
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    backward,
                    out,
                    outOffset,
                    length,
                    (a, ao, b, bo, c, co, n) -> doubles.eltwise(function, direction, p, a, ao, b, bo, c, co, n));
        } else if (length < LANES) {
            scalar.eltwise(function, type, direction, p, x, xOffset, dy, dyOffset, out, outOffset, length);
        } else if (x instanceof float[] from && out instanceof float[] to && (!backward || dy instanceof float[])) {
            arrays(function, direction, p, from, (int) xOffset, (float[]) dy, (int) dyOffset, to, (int) outOffset, (int)
                    length);
        } else {
            // The last block may be shorter than a vector, but its arrays are not.
            Staging.run(
                    type,
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    backward,
                    out,
                    outOffset,
                    length,
                    (a, ao, b, bo, c, co, n) ->
                            arrays(function, direction, p, a, ao, b, bo, c, co, Math.max(n, LANES)));
        }
    }

    private void arrays(
            Function function,
            Direction direction,
            double[] p,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] out,
            int outOffset,
            int length) {
        EltwiseLoop loop = loop(function, direction, p);
        boolean backward = direction != Direction.FORWARD;
        // The loop reads the end of the range again when it may have been written already.
        boolean inPlace = x == out && xOffset == outOffset || backward && dy == out && dyOffset == outOffset;
        int rest = inPlace ? length % LANES : 0;
        int count = length - rest;
        if (backward) {
            loop.backward(
                    x, xOffset, dy, dyOffset, out, outOffset, count, parameter(p, 0), parameter(p, 1), parameter(p, 2));
        } else {
            loop.forward(x, xOffset, out, outOffset, count, parameter(p, 0), parameter(p, 1), parameter(p, 2));
        }
        if (rest > 0) {
            scalar.eltwise(
                    function,
                    ElementType.FLOAT32,
                    direction,
                    p,
                    x,
                    xOffset + count,
                    dy,
                    dyOffset + count,
                    out,
                    outOffset + count,
                    rest);
        }
    }

    @Override
    public AxisKernels axis() {
        return axis;
    }

    @Override
    public RowKernels rows() {
        return rows;
    }

    @Override
    public FusedKernels fused() {
        return fused;
    }

    @Override
    public LossKernels losses() {
        return losses;
    }

    static float parameter(double[] p, int index) {
        return index < p.length ? (float) p[index] : 0f;
    }

    @Override
    public EltwiseLoop loop(Function function, Direction direction, double[] p) {
        return loop(function, direction.ordinal(), p);
    }

    /** A loop of the function times what stands for dy; null if there is no formula for vectors. */
    EltwiseLoop timesLoop(Function function, double[] p) {
        return function.isCustom() ? null : loop(function, TIMES, p);
    }

    private EltwiseLoop loop(Function function, int kind, double[] p) {
        EltwiseLoop usual = function.isUsual(p) ? loop(function, kind, true) : null;
        return usual == null ? loop(function, kind, false) : usual;
    }

    private EltwiseLoop loop(Function function, int kind, boolean usual) {
        int index = function.id() * KINDS + kind + (usual ? loops.length() / 2 : 0);
        EltwiseLoop loop = loops.get(index);
        if (loop == null) {
            EltwiseLoop found = make(function, kind, usual);
            loop = found == null ? CustomLoop.NONE : found;
            loops.set(index, loop);
        }
        return loop == CustomLoop.NONE ? null : loop;
    }

    private EltwiseLoop make(Function function, int kind, boolean usual) {
        if (kind == TIMES) {
            return Specializer.INSTANCE.timesLoop(function, usual);
        }
        Direction direction = DIRECTIONS[kind];
        EltwiseLoop found = Specializer.INSTANCE.loop(function, direction, usual);
        return found == null && !usual ? scalar.loop(function, direction) : found;
    }
}
