package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.ROUND;
import static dev.hillock.kernel.VectorElementary.INTS;
import static dev.hillock.kernel.VectorElementary.SPECIES;
import static dev.hillock.kernel.VectorElementary.all;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Functions by 16 polynomials, a vector of 8 or 16 at a time, as {@code native/core/elementary/pieces.h} explains them. A
 * row of a table is one vector of 16; or two of 8, and the number of the piece says which one counts.
 *
 * <p>The tables are bits in arrays of ints. The compiler knows that no store of a float changes them, so it keeps their
 * rows in registers; and the choice from a vector of ints takes an index as it is, modulo the lanes from JDK 24 on, where
 * a shuffle would first be checked.
 */
final class VectorPieces {
    private static final boolean WHOLE_ROWS = SPECIES.length() == 16;

    static final int[] GELU = Pieces.bits(Pieces.GELU);
    static final int[] GELU_SLOPE = Pieces.bits(Pieces.GELU_SLOPE);
    static final int[] GELU_TANH = Pieces.bits(Pieces.GELU_TANH);
    static final int[] GELU_TANH_SLOPE = Pieces.bits(Pieces.GELU_TANH_SLOPE);
    static final int[] MISH_GATE = Pieces.bits(Pieces.MISH_GATE);
    static final int[] MISH_SLOPE = Pieces.bits(Pieces.MISH_SLOPE);
    static final int[] SERF_GATE = Pieces.bits(Pieces.SERF_GATE);
    static final int[] SERF_SLOPE = Pieces.bits(Pieces.SERF_SLOPE);
    static final int[] TANH_EXP_GATE = Pieces.bits(Pieces.TANH_EXP_GATE);
    static final int[] TANH_EXP_SLOPE = Pieces.bits(Pieces.TANH_EXP_SLOPE);

    private VectorPieces() {}

    static float first(int[] table) {
        return Float.intBitsToFloat(table[table.length - 2]);
    }

    static float last(int[] table) {
        return Float.intBitsToFloat(table[table.length - 1]);
    }

    // The polynomial of degree 8 at x, size = |x|.
    static FloatVector value8(int[] table, FloatVector x, FloatVector size) {
        IntVector number = number(table, x, size);
        VectorMask<Integer> upper = upper(number);
        FloatVector u = x.sub(row(table, 0, number, upper));
        FloatVector p = row(table, 144, number, upper);
        p = p.fma(u, row(table, 128, number, upper));
        p = lastOfRest(table, firstOfRest(table, p, u, number, upper), u, number, upper);
        return p.fma(u, row(table, 16, number, upper));
    }

    // The same in two steps, for the compiler finds it too big on vectors of 8: first8, and last8 from what that gave.
    static FloatVector first8(int[] table, FloatVector x, FloatVector size) {
        IntVector number = number(table, x, size);
        VectorMask<Integer> upper = upper(number);
        FloatVector u = x.sub(row(table, 0, number, upper));
        FloatVector p = row(table, 144, number, upper);
        p = p.fma(u, row(table, 128, number, upper));
        return firstOfRest(table, p, u, number, upper);
    }

    static FloatVector last8(int[] table, FloatVector x, FloatVector size, FloatVector first) {
        IntVector number = number(table, x, size);
        VectorMask<Integer> upper = upper(number);
        FloatVector u = x.sub(row(table, 0, number, upper));
        FloatVector p = lastOfRest(table, first, u, number, upper);
        return p.fma(u, row(table, 16, number, upper));
    }

    static FloatVector value7(int[] table, FloatVector x, FloatVector size) {
        IntVector number = number(table, x, size);
        VectorMask<Integer> upper = upper(number);
        FloatVector u = x.sub(row(table, 0, number, upper));
        FloatVector p = row(table, 128, number, upper);
        p = lastOfRest(table, firstOfRest(table, p, u, number, upper), u, number, upper);
        return p.fma(u, row(table, 16, number, upper));
    }

    // x times the polynomial of degree 7, with one rounding that counts in full.
    static FloatVector product7(int[] table, FloatVector x, FloatVector size) {
        IntVector number = number(table, x, size);
        VectorMask<Integer> upper = upper(number);
        FloatVector u = x.sub(row(table, 0, number, upper));
        FloatVector p = row(table, 128, number, upper);
        p = lastOfRest(table, firstOfRest(table, p, u, number, upper), u, number, upper);
        return x.fma(row(table, 16, number, upper), x.mul(u).mul(p));
    }

    private static FloatVector firstOfRest(
            int[] table, FloatVector p, FloatVector u, IntVector number, VectorMask<Integer> upper) {
        p = p.fma(u, row(table, 112, number, upper));
        return p.fma(u, row(table, 96, number, upper));
    }

    private static FloatVector lastOfRest(
            int[] table, FloatVector p, FloatVector u, IntVector number, VectorMask<Integer> upper) {
        p = p.fma(u, row(table, 80, number, upper));
        p = p.fma(u, row(table, 64, number, upper));
        p = p.fma(u, row(table, 48, number, upper));
        return p.fma(u, row(table, 32, number, upper));
    }

    // The number of each element's piece, modulo 16.
    private static IntVector number(int[] table, FloatVector x, FloatVector size) {
        float rate = Float.intBitsToFloat(table[table.length - 4]);
        float bend = Float.intBitsToFloat(table[table.length - 3]);
        return size.fma(bend, rate).fma(x, all(ROUND)).reinterpretAsInts();
    }

    private static VectorMask<Integer> upper(IntVector number) {
        return number.lanewise(LSHL, 28).lt(0);
    }

    private static FloatVector row(int[] table, int at, IntVector number, VectorMask<Integer> upper) {
        IntVector row = number.selectFrom(IntVector.fromArray(INTS, table, at));
        return (WHOLE_ROWS ? row : row.blend(number.selectFrom(IntVector.fromArray(INTS, table, at + 8)), upper))
                .reinterpretAsFloats();
    }
}
