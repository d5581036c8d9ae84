package dev.hillock.cli;

import dev.hillock.Kernels;
import dev.hillock.RandomizedRelu;
import java.io.IOException;

/** rrelu as in training, on an array in memory. */
record RandomizedReluApplication(RandomizedRelu f) implements Application {
    @Override
    public void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException {
        RandomizedRelu here = f.on(kernels);
        long[] shape = x.header().shape();
        if (x.isDouble()) {
            double[] values = x.doubles();
            if (dy == null) {
                here.forward(values, values);
            } else {
                here.backward(values, dy.doubles(), values);
            }
            ArrayFiles.writeAll(output, values, shape);
            return;
        }
        float[] values = x.floats();
        if (dy == null) {
            here.forward(values, values);
        } else {
            here.backward(values, dy.floats(), values);
        }
        ArrayFiles.writeAll(output, x.header().type(), values, shape);
    }
}
