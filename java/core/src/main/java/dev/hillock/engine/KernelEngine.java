package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;

/**
 * One place where kernels run. Arguments have been checked: ranges lie inside the memory, nothing overlaps in part.
 *
 * <p>An operand is a base and an offset: an array of the element's carrier and the index of its first element; or null
 * and the address of memory outside the heap, in bytes; or, to the Java engines only, a direct buffer and an index, where
 * the buffer's address cannot be told because no native library is loaded.
 */
public interface KernelEngine {
    /** Which engine this is. */
    Engine engine();

    /** Whether it can serve; decided once and kept. */
    Availability availability();

    /** Floats that it takes at a time, as far as Java knows. */
    default int lanes() {
        return 1;
    }

    /** Whether it computes this function in this direction for this type and these parameters. */
    boolean supports(Function function, ElementType type, Direction direction, double[] parameters);

    /**
     * Computes {@code out[i]} from {@code x[i]} and, going backward, {@code dy[i]}.
     *
     * @param x read: the input, or the output for {@link Direction#BACKWARD_FROM_OUTPUT}
     * @param dy read going backward; ignored going forward
     * @param out written; may be the same memory as x or dy
     * @param length elements
     */
    void eltwise(
            Function function,
            ElementType type,
            Direction direction,
            double[] parameters,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length);

    /**
     * One piece of a call that covers more: the same results as {@link #eltwise}.
     *
     * @param whole elements of the whole call, by which an engine may choose how it stores
     */
    default void piece(
            Function function,
            ElementType type,
            Direction direction,
            double[] parameters,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length,
            long whole) {
        eltwise(function, type, direction, parameters, x, xOffset, dy, dyOffset, out, outOffset, length);
    }

    /**
     * Whether {@code AUTO} should send the call at hand here where another engine could serve it too. An engine that is
     * slow before the compiler has seen enough of it asks for some of the first calls only.
     */
    default boolean wants(Function function, ElementType type, Direction direction, long length) {
        return true;
    }

    /** This engine's kernels for functions over an axis. */
    default AxisKernels axis() {
        return AxisKernels.NONE;
    }

    /** This engine's operations over an axis; those of plain Java where it has none of its own. */
    default RowKernels rows() {
        return ScalarRowKernels.INSTANCE;
    }

    /** This engine's element-wise losses. */
    default LossKernels losses() {
        return LossKernels.NONE;
    }

    /** This engine's element-wise functions fused with what surrounds them. */
    default FusedKernels fused() {
        return new BlockedFusedKernels(this);
    }
}
