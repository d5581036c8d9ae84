package dev.hillock.cli;

import dev.hillock.AxisFunction;
import dev.hillock.AxisLayout;
import dev.hillock.Engine;
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
            requireReference(kernels.engine());
            double[] values = x.doubles();
            rows(AxisLayout.of(shape, along.axis()), values, dy == null ? null : dy.doubles());
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

    private void requireReference(Engine engine) {
        if (engine != Engine.AUTO && engine != Engine.REFERENCE) {
            throw new UsageException(
                    "element type '<f8' is not supported by engine " + engine.word() + " for " + f.name());
        }
    }

    // Doubles go through the catalogue's reference, row by row.
    private void rows(AxisLayout layout, double[] values, double[] dy) {
        if (values.length == 0) {
            return;
        }
        int axisLength = (int) layout.axis();
        double[] row = new double[axisLength];
        double[] dyRow = new double[axisLength];
        for (long slice = 0; slice < layout.outer(); slice++) {
            for (long inner = 0; inner < layout.inner(); inner++) {
                int first = (int) (slice * layout.outerStride() + inner);
                int stride = (int) layout.axisStride();
                for (int i = 0; i < axisLength; i++) {
                    row[i] = values[first + i * stride];
                    dyRow[i] = dy == null ? 0 : dy[first + i * stride];
                }
                double[] y = f.definition().reference(row, f.temperature());
                double[] result = dy == null ? y : f.definition().referenceBackward(y, dyRow, f.temperature());
                for (int i = 0; i < axisLength; i++) {
                    values[first + i * stride] = result[i];
                }
            }
        }
    }

    private static void requireAxis(int axis, int dimensions, Operand x) {
        if (axis < -dimensions || axis >= dimensions) {
            throw new UsageException(
                    "--axis " + axis + " is out of range for " + x.header().shapeText() + " of " + x.file());
        }
    }
}
