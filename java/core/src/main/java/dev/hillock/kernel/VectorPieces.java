package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.ROUND;
import static dev.hillock.kernel.VectorElementary.SPECIES;
import static dev.hillock.kernel.VectorElementary.all;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Functions by 16 polynomials, a vector of 8 or 16 at a time, as {@code native/core/elementary/pieces.h} explains them. A
 * row of a table is two vectors of 8, each rearranged, and the number of the piece says which one counts; or twice the
 * same vector of 16.
 *
 * <p>No loop over the rows and no method for a look-up, and no method above 325 bytes: the compiler would make objects of
 * the vectors.
 */
final class VectorPieces {
    private static final int LANES = SPECIES.length();
    private static final int HALF = LANES % 16; // from one part of a row to the next

    private VectorPieces() {}

    // The polynomial of degree 9 at x, size = |x|.
    static FloatVector value9(float[] table, FloatVector x, FloatVector size) {
        IntVector number = number(table, x, size);
        VectorShuffle<Float> lane = number.and(LANES - 1).toShuffle().cast(SPECIES);
        VectorMask<Float> upper = number.lanewise(LSHL, 28).lt(0).cast(SPECIES);
        FloatVector u = x.sub(FloatVector.fromArray(SPECIES, table, 0)
                .rearrange(lane)
                .blend(FloatVector.fromArray(SPECIES, table, HALF).rearrange(lane), upper));
        FloatVector p = FloatVector.fromArray(SPECIES, table, 160)
                .rearrange(lane)
                .blend(FloatVector.fromArray(SPECIES, table, 160 + HALF).rearrange(lane), upper);
        p = p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 144)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 144 + HALF).rearrange(lane), upper));
        p = rest(table, p, u, lane, upper);
        return p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 16)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 16 + HALF).rearrange(lane), upper));
    }

    static FloatVector value8(float[] table, FloatVector x, FloatVector size) {
        IntVector number = number(table, x, size);
        VectorShuffle<Float> lane = number.and(LANES - 1).toShuffle().cast(SPECIES);
        VectorMask<Float> upper = number.lanewise(LSHL, 28).lt(0).cast(SPECIES);
        FloatVector u = x.sub(FloatVector.fromArray(SPECIES, table, 0)
                .rearrange(lane)
                .blend(FloatVector.fromArray(SPECIES, table, HALF).rearrange(lane), upper));
        FloatVector p = FloatVector.fromArray(SPECIES, table, 144)
                .rearrange(lane)
                .blend(FloatVector.fromArray(SPECIES, table, 144 + HALF).rearrange(lane), upper);
        p = rest(table, p, u, lane, upper);
        return p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 16)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 16 + HALF).rearrange(lane), upper));
    }

    // x times the polynomial of degree 8, with one rounding that counts in full.
    static FloatVector product8(float[] table, FloatVector x, FloatVector size) {
        IntVector number = number(table, x, size);
        VectorShuffle<Float> lane = number.and(LANES - 1).toShuffle().cast(SPECIES);
        VectorMask<Float> upper = number.lanewise(LSHL, 28).lt(0).cast(SPECIES);
        FloatVector u = x.sub(FloatVector.fromArray(SPECIES, table, 0)
                .rearrange(lane)
                .blend(FloatVector.fromArray(SPECIES, table, HALF).rearrange(lane), upper));
        FloatVector p = FloatVector.fromArray(SPECIES, table, 144)
                .rearrange(lane)
                .blend(FloatVector.fromArray(SPECIES, table, 144 + HALF).rearrange(lane), upper);
        p = rest(table, p, u, lane, upper);
        return x.fma(
                FloatVector.fromArray(SPECIES, table, 16)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 16 + HALF).rearrange(lane), upper),
                x.mul(u).mul(p));
    }

    private static FloatVector rest(
            float[] table, FloatVector p, FloatVector u, VectorShuffle<Float> lane, VectorMask<Float> upper) {
        p = p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 128)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 128 + HALF).rearrange(lane), upper));
        p = p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 112)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 112 + HALF).rearrange(lane), upper));
        p = p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 96)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 96 + HALF).rearrange(lane), upper));
        p = p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 80)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 80 + HALF).rearrange(lane), upper));
        p = p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 64)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 64 + HALF).rearrange(lane), upper));
        p = p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 48)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 48 + HALF).rearrange(lane), upper));
        p = p.fma(
                u,
                FloatVector.fromArray(SPECIES, table, 32)
                        .rearrange(lane)
                        .blend(FloatVector.fromArray(SPECIES, table, 32 + HALF).rearrange(lane), upper));
        return p;
    }

    // The number of each element's piece, modulo 16.
    private static IntVector number(float[] table, FloatVector x, FloatVector size) {
        return size.fma(Pieces.bend(table), Pieces.rate(table))
                .fma(x, all(ROUND))
                .reinterpretAsInts();
    }
}
