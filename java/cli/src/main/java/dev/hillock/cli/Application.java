package dev.hillock.cli;

import dev.hillock.Kernels;
import java.io.IOException;
import java.util.OptionalInt;

/** A function as {@code apply} runs it: from files to a file. */
interface Application {
    /** The axis along which it works, counted from the end where negative; none where shapes do not matter. */
    default OptionalInt along() {
        return OptionalInt.empty();
    }

    /** Whether the output may have another shape than the input. */
    default boolean changesShape() {
        return false;
    }

    /** The shape of the output for an input of a shape. */
    default int[] outputShape(int[] shape) {
        return shape;
    }

    /**
     * Runs forward, or backward if there is a gradient.
     *
     * @param x read
     * @param dy read, of the output's shape; null for forward
     * @param output the name of the file that is written
     */
    void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException;
}
