package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;

/** An element-wise function on files of any length, a block at a time. */
record ElementwiseApplication(Activation f) implements Application {
    // Elements in memory at a time: enough to keep several threads busy.
    private static final int BLOCK = 1 << 20;

    @Override
    public void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException {
        long length = x.header().elements();
        float[] xBlock = new float[(int) Math.min(BLOCK, length)];
        float[] dyBlock = new float[dy == null ? 0 : xBlock.length];
        NpyHeader header = new NpyHeader(NpyType.FLOAT32, x.header().shape());
        try (NpyWriter out = ArrayFiles.create(output, header)) {
            for (long done = 0; done < length; done += BLOCK) {
                int count = (int) Math.min(BLOCK, length - done);
                x.read(xBlock, count);
                if (dy == null) {
                    kernels.forward(f, xBlock, 0, xBlock, 0, count);
                } else {
                    dy.read(dyBlock, count);
                    kernels.backward(f, xBlock, 0, dyBlock, 0, xBlock, 0, count);
                }
                ArrayFiles.write(output, out, xBlock, count);
            }
            ArrayFiles.commit(output, out);
        }
    }
}
