package dev.hillock.cli;

import dev.hillock.AxisFunction;
import dev.hillock.Kernels;
import java.io.IOException;

/**
 * A function over an axis on an array in memory.
 *
 * @param axis the axis of the call; null for that of f
 */
record AxisApplication(AxisFunction f, Integer axis) implements Application {
    @Override
    public void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException {
        AxisFunction along = axis == null ? f : f.axis(axis);
        int[] shape = x.shape();
        requireAxis(along.axis(), shape.length, x);
        if (x.isDouble()) {
            double[] values = x.doubles();
            if (values.length > 0) {
                kernels.forward(along, values, shape, values);
                if (dy != null) {
                    kernels.backward(along, values, dy.doubles(), shape, values);
                }
            }
            ArrayFiles.writeAll(output, values, x.header().shape());
            return;
        }
        float[] values = x.floats();
        if (values.length > 0) {
            kernels.forward(along, values, shape, values);
            if (dy != null) {
                kernels.backward(along, values, dy.floats(), shape, values);
            }
        }
        ArrayFiles.writeAll(output, x.header().type(), values, x.header().shape());
    }

    private static void requireAxis(int axis, int dimensions, Operand x) {
        if (axis < -dimensions || axis >= dimensions) {
            throw new UsageException(
                    "--axis " + axis + " is out of range for " + x.header().shapeText() + " of " + x.file());
        }
    }
}
