package dev.hillock.engine;

import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Cost;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.Pieces;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;

/**
 * From how many elements on a native call is faster than Java: where the work saved pays for the crossing. The work of an
 * element is the function's measured {@link Cost}; what a crossing is worth is read off {@code CrossoverTable} in this
 * module's tests, which prints what a call costs on each engine by length, on JDK 25 with both bindings.
 *
 * @param thanVector than the Vector API on whole vectors, by {@link #index}
 * @param thanVectorWithRest than the Vector API where the last vector is not whole
 * @param thanScalar than plain loops, by {@link #index}
 */
record Crossovers(long[] thanVector, long[] thanVectorWithRest, long[] thanScalar) {
    /** Where a function has no native kernel. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * The work that pays for a crossing, in elements of relu, against the Vector API on whole vectors; light is for
     * functions of a few operations, which the Vector API does nearly as fast. The rests are the shares of either that
     * pay where the last vector is not whole.
     */
    private record Work(double work, double rest, double light, double lightRest) {}

    /**
     * The same in both directions, for going backward there is an operand more to hand over. Where coefficients are looked
     * up, at which the Vector API is slow, the share tabulated of the work pays; against plain loops scalar, and
     * scalarLight where the compiler makes vectors of those.
     */
    private record Crossing(Work forward, Work backward, double tabulated, double scalar, double scalarLight) {}

    // On a Zen 5 server, vectors of 8 with -XX:UseAVX=2; WIDE_JNI between it and a Zen 4, WIDE_FFM on a Zen 4.
    private static final Crossing FFM =
            new Crossing(new Work(72, 0.1, 300, 0.5), new Work(62, 0.1, 250, 0.5), 0.25, 12, 10);
    private static final Crossing JNI =
            new Crossing(new Work(560, 0.4, 2100, 0.4), new Work(500, 0.4, 1300, 0.4), 0.25, 80, 400);
    private static final Crossing WIDE_FFM =
            new Crossing(new Work(500, 0.7, 500, 0.6), new Work(450, 0.6, 1500, 0.8), 0.1, 16, 18);
    private static final Crossing WIDE_JNI =
            new Crossing(new Work(2200, 0.9, 1700, 0.9), new Work(3000, 0.9, 2400, 0.9), 0.75, 50, 400);
    private static final int WIDE = 16;
    // Below it are those that compare, multiply or divide once, at most 1.6; exponentials begin at 2.2.
    private static final double LIGHT = 2;

    private static final int DIRECTIONS = Direction.values().length;

    /** Where a function's crossover in a direction stands. */
    static int index(Function function, Direction direction) {
        return function.id() * DIRECTIONS + direction.ordinal();
    }

    /** Whether a native call is faster than the Vector API with so many lanes. */
    boolean isNative(int index, long length, int lanes) {
        return length >= (length % lanes == 0 ? thanVector : thanVectorWithRest)[index];
    }

    /**
     * For the binding in use.
     *
     * @param lanes floats in a vector of the Vector API
     * @param hasNative whether a function has a native kernel for floats in a direction
     * @param hasVectors whether a function runs on the Vector API; otherwise its loop is the plain one there, too
     */
    static Crossovers here(int lanes, BiPredicate<Function, Direction> hasNative, Predicate<Function> hasVectors) {
        boolean ffm = NativeLibrary.get().isFfm();
        Crossing crossing = lanes < WIDE ? ffm ? FFM : JNI : ffm ? WIDE_FFM : WIDE_JNI;
        return new Crossovers(
                table(hasNative, (f, direction) -> thanJava(crossing, f, direction, false, hasVectors.test(f))),
                table(hasNative, (f, direction) -> thanJava(crossing, f, direction, true, hasVectors.test(f))),
                table(hasNative, (f, direction) -> thanScalar(crossing, f, direction)));
    }

    private static double thanJava(
            Crossing crossing, Function function, Direction direction, boolean rest, boolean hasVectors) {
        return hasVectors ? thanVector(crossing, function, direction, rest) : thanScalar(crossing, function, direction);
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

    private static double thanVector(Crossing crossing, Function function, Direction direction, boolean rest) {
        Work work = direction == Direction.FORWARD ? crossing.forward : crossing.backward;
        boolean light = isLight(function, direction);
        double pays = light ? work.light : work.work;
        double share = rest ? light ? work.lightRest : work.rest : 1;
        double tabulated = Pieces.FUNCTIONS.contains(function.name()) ? crossing.tabulated : 1;
        return pays * share * tabulated / cost(function, direction);
    }

    private static double thanScalar(Crossing crossing, Function function, Direction direction) {
        return (isLight(function, direction) ? crossing.scalarLight : crossing.scalar) / cost(function, direction);
    }

    private static boolean isLight(Function function, Direction direction) {
        return cost(function, direction) < LIGHT;
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
