package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;

/** An engine's kernels for functions over an axis. Operands are as {@link KernelEngine} says. */
public interface AxisKernels {
    /** The kernels of an engine that has none. */
    AxisKernels NONE = new AxisKernels() {
        @Override
        public boolean supports(AxisDefinition function, ElementType type, Direction direction) {
            return false;
        }

        @Override
        public void run(
                AxisDefinition function,
                ElementType type,
                Direction direction,
                double temperature,
                AxisLayout layout,
                Object x,
                long xOffset,
                Object dy,
                long dyOffset,
                Object out,
                long outOffset) {
            throw new IllegalStateException("this engine has no functions over an axis");
        }
    };

    /** Whether there is a kernel; the directions are forward and backward from the output. */
    boolean supports(AxisDefinition function, ElementType type, Direction direction);

    /**
     * Computes out from x and, going backward, dy; all three have the same layout.
     *
     * @param x read: the input, or the output for {@link Direction#BACKWARD_FROM_OUTPUT}
     * @param dy read going backward; ignored going forward
     * @param out written; may be the same memory as x or dy
     * @param layout of at least one element
     */
    void run(
            AxisDefinition function,
            ElementType type,
            Direction direction,
            double temperature,
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset);

    /** Whether there is {@link #logSums}. */
    default boolean hasLogSums() {
        return false;
    }

    /**
     * The logarithm of the sum of e^x over each row, the maximum itself where it is infinite, into a dense
     * {@code [outer, inner]}.
     *
     * @param x read: float[] or double[]
     * @param out written: another array of the same type
     */
    default void logSums(AxisLayout layout, Object x, int xOffset, Object out, int outOffset) {
        throw new IllegalStateException("this engine has no logsumexp");
    }
}
