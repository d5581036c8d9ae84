package dev.hillock.engine;

import dev.hillock.binding.NativeCalls;
import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Cost;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Property;
import dev.hillock.kernel.Pieces;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleBiFunction;

/**
 * From how many elements on a native call is faster than Java: where the work saved pays for the crossing. The work of an
 * element is the function's measured {@link Cost}; what a crossing is worth is read off {@code CrossoverTable} in this
 * module's tests, which prints what a call costs on each engine by length, on JDK 25 with both bindings.
 *
 * @param thanVector than the Vector API, by {@link #index}
 * @param thanScalar than plain loops, by {@link #index}
 */
record Crossovers(long[] thanVector, long[] thanScalar) {
    /** Where a function has no native kernel. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * The work that pays for a crossing, in elements of relu: against the Vector API forward, backward, which has an
     * operand more to hand over, and where a function compares and multiplies, which the Vector API does nearly as fast;
     * against plain loops, and where those compare and multiply, of which the compiler makes vectors. Where coefficients
     * are looked up, at which the Vector API is slow, so much of it counts.
     */
    private record Crossing(
            double forward, double backward, double kinked, double scalar, double scalarKinked, double tabulated) {}

    // Vectors of 8: a Skylake server; scalarKinked in proportion to the other server's, not measured there.
    private static final Crossing FFM = new Crossing(72, 64, 256, 18, 36, 0.25);
    private static final Crossing JNI = new Crossing(420, 680, 3000, 80, 400, 0.25);
    // Vectors of 16: a Zen 5 server, on which a crossing by FFM takes 5 ns.
    private static final Crossing WIDE_FFM = new Crossing(20, 16, 40, 8, 16, 0.5);
    private static final Crossing WIDE_JNI = new Crossing(4300, 4000, 6000, 50, 400, 0.75);
    private static final int WIDE = 16;

    // What a last vector that is not whole costs on the Vector API, in elements; measured on vectors of 16.
    private static final int REST = 64;

    private static final int DIRECTIONS = Direction.values().length;

    /** Where a function's crossover in a direction stands. */
    static int index(Function function, Direction direction) {
        return function.id() * DIRECTIONS + direction.ordinal();
    }

    /** A call's length as it is compared with {@link #thanVector}. */
    static long againstVector(long length, int lanes) {
        return length % lanes == 0 ? length : length + REST;
    }

    /**
     * For the binding in use.
     *
     * @param lanes floats in a vector of the Vector API
     * @param hasNative whether a function has a native kernel for floats in a direction
     */
    static Crossovers here(int lanes, BiPredicate<Function, Direction> hasNative) {
        NativeCalls calls = NativeLibrary.get().calls();
        boolean ffm = calls != null && calls.binding().equals("ffm");
        Crossing crossing = lanes < WIDE ? ffm ? FFM : JNI : ffm ? WIDE_FFM : WIDE_JNI;
        return new Crossovers(
                table(hasNative, (function, direction) -> thanVector(crossing, function, direction)),
                table(hasNative, (function, direction) -> thanScalar(crossing, function, direction)));
    }

    private static long[] table(
            BiPredicate<Function, Direction> hasNative, ToDoubleBiFunction<Function, Direction> lengths) {
        long[] table = new long[Catalogue.functions().size() * DIRECTIONS];
        for (Function function : Catalogue.functions()) {
            for (Direction direction : Direction.values()) {
                table[index(function, direction)] = hasNative.test(function, direction)
                        ? (long) Math.ceil(lengths.applyAsDouble(function, direction))
                        : NEVER;
            }
        }
        return table;
    }

    private static double thanVector(Crossing crossing, Function function, Direction direction) {
        double cost = cost(function, direction);
        if (isKinked(function, direction)) {
            return crossing.kinked / cost;
        }
        double smooth = (direction == Direction.FORWARD ? crossing.forward : crossing.backward) / cost;
        return Pieces.FUNCTIONS.contains(function.name()) ? smooth * crossing.tabulated : smooth;
    }

    private static double thanScalar(Crossing crossing, Function function, Direction direction) {
        return (isKinked(function, direction) ? crossing.scalarKinked : crossing.scalar) / cost(function, direction);
    }

    private static boolean isKinked(Function function, Direction direction) {
        return direction == Direction.BACKWARD_FROM_OUTPUT
                || !function.properties().contains(Property.CONTINUOUS_SLOPE);
    }

    // In times of relu's, which the slope from the output resembles.
    private static double cost(Function function, Direction direction) {
        Optional<Cost> measured = Cost.of(function.name());
        if (measured.isEmpty() || direction == Direction.BACKWARD_FROM_OUTPUT) {
            return 1;
        }
        double value = measured.get().value();
        return direction == Direction.FORWARD ? value : measured.get().slope().orElse(value);
    }
}
