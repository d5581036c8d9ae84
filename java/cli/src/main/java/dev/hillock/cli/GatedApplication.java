package dev.hillock.cli;

import dev.hillock.GatedUnit;
import dev.hillock.Kernels;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;

/** A gated unit on an array in memory that holds both halves. */
record GatedApplication(GatedUnit unit) implements Application {
    @Override
    public OptionalInt along() {
        return OptionalInt.of(unit.axis());
    }

    @Override
    public boolean changesShape() {
        return true;
    }

    @Override
    public int[] outputShape(int[] shape) {
        return unit.outputShape(shape);
    }

    @Override
    public void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException {
        ArrayFiles.requireFloats(x.file(), x.reader());
        int[] shape = x.shape();
        GatedUnit onEngine = unit.engine(kernels.engine());
        int[] outShape = dy == null ? unit.outputShape(shape) : shape;
        float[] out = new float[Arrays.stream(outShape).reduce(1, Math::multiplyExact)];
        if (dy == null) {
            onEngine.forward(x.floats(), shape, out);
        } else {
            onEngine.backward(x.floats(), dy.floats(), shape, out);
        }
        ArrayFiles.writeAll(
                output,
                x.header().type(),
                out,
                Arrays.stream(outShape).asLongStream().toArray());
    }
}
