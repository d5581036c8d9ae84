package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.Kernels;

/** A fused operation as two calls: Hillock's activation, and a plain loop before or behind it. */
final class Separate implements Contestant {
    @Override
    public String name() {
        return "separate";
    }

    @Override
    public String description() {
        return "a fused operation as Hillock's activation and a Java loop, one after the other";
    }

    @Override
    public Work prepare(Case task, float[] x, float[] second) throws NotSupported {
        if (!task.isFused()) {
            throw new NotSupported("nothing to take apart");
        }
        Kernels kernels = Kernels.builder().threads(1).build();
        int columns = task.columns();
        if (task.operation().equals("swiglu")) {
            return new ArrayWork(task, (out, from, to) -> {
                kernels.forward(Activation.silu(), x, from, out, from, to - from);
                multiply(out, second, from, to);
            });
        }
        return new ArrayWork(task, (out, from, to) -> {
            for (int row = from; row < to; row += columns) {
                add(x, second, out, row, row + columns);
            }
            kernels.forward(Activation.gelu(), out, from, out, from, to - from);
        });
    }

    private static void multiply(float[] out, float[] value, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] *= value[i];
        }
    }

    private static void add(float[] x, float[] bias, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] + bias[i - from];
        }
    }
}
