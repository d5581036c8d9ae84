package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An element-wise function on files of any length, a block at a time.
 *
 * @param unrounded the parameters for computing in double
 * @param learned the parameters whose gradients are wanted
 */
record ElementwiseApplication(Activation f, double[] unrounded, List<LearnedParameter> learned) implements Application {
    // Elements in memory at a time: enough to keep several threads busy.
    private static final int BLOCK = 1 << 20;

    @Override
    public void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException {
        NpyHeader header = new NpyHeader(x.header().type(), x.header().shape());
        try (NpyWriter out = ArrayFiles.create(output, header)) {
            if (x.isDouble()) {
                doubles(new DoubleKernel(kernels, f.function(), unrounded), x, dy, output, out);
            } else {
                floats(kernels, x, dy, output, out);
            }
            commit(output, out, header.type());
        }
    }

    // Gradients of parameters are moved into their places after the output.
    private void commit(String output, NpyWriter out, NpyType type) throws IOException {
        List<NpyWriter> pending = new ArrayList<>();
        try {
            for (LearnedParameter parameter : learned) {
                pending.add(parameter.pending(type));
            }
            ArrayFiles.commit(output, out);
            for (int i = 0; i < pending.size(); i++) {
                learned.get(i).commit(pending.get(i));
            }
        } finally {
            for (NpyWriter writer : pending) {
                writer.close();
            }
        }
    }

    // The 16-bit types are widened on reading and rounded once on writing.
    private void floats(Kernels kernels, Operand x, Operand dy, String output, NpyWriter out) {
        long length = x.header().elements();
        float[] xBlock = new float[(int) Math.min(BLOCK, length)];
        float[] dyBlock = new float[dy == null ? 0 : xBlock.length];
        for (long done = 0; done < length; done += BLOCK) {
            int count = (int) Math.min(BLOCK, length - done);
            x.read(xBlock, count);
            if (dy == null) {
                kernels.forward(f, xBlock, 0, xBlock, 0, count);
            } else {
                dy.read(dyBlock, count);
                addGradients(kernels, xBlock, dyBlock, count);
                kernels.backward(f, xBlock, 0, dyBlock, 0, xBlock, 0, count);
            }
            ArrayFiles.write(output, out, xBlock, count);
        }
    }

    private void addGradients(Kernels kernels, float[] x, float[] dy, int count) {
        for (LearnedParameter parameter : learned) {
            parameter.add(
                    kernels.parameterGradient(f, parameter.name(), Arrays.copyOf(x, count), Arrays.copyOf(dy, count)));
        }
    }

    private void doubles(DoubleKernel kernel, Operand x, Operand dy, String output, NpyWriter out) {
        long length = x.header().elements();
        double[] xBlock = new double[(int) Math.min(BLOCK, length)];
        double[] dyBlock = dy == null ? null : new double[xBlock.length];
        for (long done = 0; done < length; done += BLOCK) {
            int count = (int) Math.min(BLOCK, length - done);
            x.read(xBlock, count);
            if (dy != null) {
                dy.read(dyBlock, count);
                for (LearnedParameter parameter : learned) {
                    parameter.add(unrounded, xBlock, dyBlock, count);
                }
            }
            kernel.run(xBlock, dyBlock, count);
            ArrayFiles.write(output, out, xBlock, count);
        }
    }
}
