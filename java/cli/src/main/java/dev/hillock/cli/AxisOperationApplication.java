package dev.hillock.cli;

import dev.hillock.AxisOperation;
import dev.hillock.Kernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** An operation over an axis, which may change its length, on an array in memory. */
final class AxisOperationApplication implements Application {
    private static final String MASK = "mask=@";

    private final AxisOperation operation;

    /**
     * The operation with its parameters.
     *
     * @param pairs the values of {@code --param}; {@code mask=@FILE} among them is added to the logits
     * @param axis null for the operation's own
     */
    AxisOperationApplication(String function, List<String> pairs, Integer axis) throws IOException {
        List<String> numbers = new ArrayList<>(pairs);
        numbers.removeIf(pair -> pair.startsWith(MASK));
        AxisOperation along = ParameterOption.axisOperation(function, numbers);
        along = axis == null ? along : along.axis(axis);
        for (String pair : pairs) {
            if (pair.startsWith(MASK)) {
                along = masked(along, pair.substring(MASK.length()));
            }
        }
        operation = along;
    }

    private static AxisOperation masked(AxisOperation f, String file) throws IOException {
        try (var reader = ArrayFiles.open(file)) {
            ArrayFiles.requireFloats(file, reader);
            Operand mask = new Operand(file, reader);
            return f.mask(mask.floats(), mask.shape());
        }
    }

    @Override
    public OptionalInt along() {
        return OptionalInt.of(operation.axis());
    }

    @Override
    public boolean changesShape() {
        return true;
    }

    @Override
    public int[] outputShape(int[] shape) {
        return operation.outputShape(shape);
    }

    @Override
    public void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException {
        AxisOperation here = operation.on(kernels);
        int[] shape = x.shape();
        int[] outShape = dy == null ? here.outputShape(shape) : shape;
        long[] sizes = Arrays.stream(outShape).asLongStream().toArray();
        int count = Arrays.stream(outShape).reduce(1, Math::multiplyExact);
        if (x.isDouble()) {
            double[] out = new double[count];
            if (dy == null) {
                here.forward(x.doubles(), shape, out);
            } else {
                here.backward(x.doubles(), dy.doubles(), shape, out);
            }
            ArrayFiles.writeAll(output, out, sizes);
            return;
        }
        float[] out = new float[count];
        if (dy == null) {
            here.forward(x.floats(), shape, out);
        } else {
            here.backward(x.floats(), dy.floats(), shape, out);
        }
        ArrayFiles.writeAll(output, x.header().type(), out, sizes);
    }
}
