package dev.hillock.bench;

import dev.hillock.catalogue.Direction;
import java.util.List;
import java.util.Locale;

/**
 * What is timed: one operation on one shape.
 *
 * @param operation an activation as {@link dev.hillock.Activation#of(String)} reads it, one of {@link #OVER_ROWS}, of
 *     {@link #OPERATIONS}, of {@link Fused#NAMES} or of {@link #LOSSES}
 * @param direction forward, or one of the two ways back
 * @param rows 1 for element-wise work
 * @param columns elements of a row: the length for element-wise work
 * @param threads how many threads a contestant may use
 */
public record Case(String operation, Direction direction, int rows, int columns, int threads) {
    // Short inputs are taken in turn from this many elements: more random signs than a branch predictor learns, and
    // still inside a level 1 cache of 32 KiB together with the output.
    private static final int WINDOWED = 4096;

    /** The functions along the last axis. Their gradient is computed from the output. */
    public static final List<String> OVER_ROWS = List.of("softmax", "log_softmax");

    /** The operations along the last axis beside those. Their gradient is computed from the input. */
    public static final List<String> OPERATIONS = List.of(
            "softmin",
            "masked_softmax",
            "gumbel_softmax",
            "logsumexp",
            "sparsemax",
            "entmax15",
            "hardmax",
            "crelu",
            "maxout(k=2)");

    /** Losses with their gradient: of rows against one class each, and by element against the second array. */
    public static final List<String> LOSSES = List.of("cross_entropy", "bce_with_logits", "mse", "huber");

    /** Element-wise work on so many elements. */
    public static Case eltwise(String function, Direction direction, int length, int threads) {
        return new Case(function, direction, 1, length, threads);
    }

    /** Whether the function works along rows. */
    public boolean isOverRows() {
        return OVER_ROWS.contains(operation);
    }

    /** Whether it is one of {@link #OPERATIONS}. */
    public boolean isOperation() {
        return OPERATIONS.contains(operation);
    }

    /** Whether it is an activation in one pass with what surrounds it. */
    public boolean isFused() {
        return Fused.NAMES.contains(operation);
    }

    /** Whether it is a loss with its gradient. */
    public boolean isLoss() {
        return LOSSES.contains(operation);
    }

    /** Whether it is a loss of each element against a target of its own. */
    public boolean isLossByElement() {
        return isLoss() && !operation.equals("cross_entropy");
    }

    /** The class of a row that a loss compares with. */
    public int target(int row) {
        return (int) (7919L * (row + 1) % columns);
    }

    /** Whether the operation is an activation, element by element. */
    public boolean isEltwise() {
        return !isOverRows() && !isOperation() && !isFused() && !isLoss();
    }

    /** Elements of one call. */
    public int length() {
        return rows * columns;
    }

    /** How many inputs of this size the arrays hold, one after the other; calls take them in turn. */
    public int windows() {
        return isFused() || isOperation() ? 1 : Math.max(1, WINDOWED / length());
    }

    /** Elements of an array that holds all windows. */
    public int total() {
        return windows() * length();
    }

    /** Whether there are two gradients as long as x: that of a gate, and behind it that of its value. */
    boolean writesTwo() {
        return direction != Direction.FORWARD && Fused.gated(operation) != null;
    }

    /** Elements of the array or arrays that are written and compared. */
    int outputs() {
        return (writesTwo() ? 2 : 1) * total();
    }

    /** Bytes that the operation must read and write per element. */
    public int bytesPerElement() {
        boolean readsTwo = direction != Direction.FORWARD || isLossByElement();
        return (isFused() ? Fused.arrays(this) : readsTwo ? 3 : 2) * Float.BYTES;
    }

    /** The direction's word: {@code forward}, {@code backward} or {@code from-output}. */
    public static String word(Direction direction) {
        return direction == Direction.BACKWARD_FROM_OUTPUT
                ? "from-output"
                : direction.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The direction of a word.
     *
     * @throws IllegalArgumentException listing the known words if there is no such direction
     */
    public static Direction direction(String word) {
        for (Direction direction : Direction.values()) {
            if (word(direction).equals(word.toLowerCase(Locale.ROOT))) {
                return direction;
            }
        }
        throw new IllegalArgumentException("unknown direction '" + word + "' (known: forward, backward, from-output)");
    }

    @Override
    public String toString() {
        String shape = rows == 1 ? String.valueOf(columns) : rows + "x" + columns;
        return operation + " " + word(direction) + " " + shape;
    }
}
