package dev.hillock.cli;

import dev.hillock.AxisFunction;
import dev.hillock.Kernels;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * A function over an axis on an array in memory.
 *
 * @param f along the axis of the call
 */
record AxisApplication(AxisFunction f) implements Application {
    @Override
    public OptionalInt along() {
        return OptionalInt.of(f.axis());
    }

    @Override
    public void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException {
        int[] shape = x.shape();
        if (x.isDouble()) {
            double[] values = x.doubles();
            if (values.length > 0) {
                kernels.forward(f, values, shape, values);
                if (dy != null) {
                    kernels.backward(f, values, dy.doubles(), shape, values);
                }
            }
            ArrayFiles.writeAll(output, values, x.header().shape());
            return;
        }
        float[] values = x.floats();
        if (values.length > 0) {
            kernels.forward(f, values, shape, values);
            if (dy != null) {
                kernels.backward(f, values, dy.floats(), shape, values);
            }
        }
        ArrayFiles.writeAll(output, x.header().type(), values, x.header().shape());
    }
}
