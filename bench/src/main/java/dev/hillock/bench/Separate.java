package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import dev.hillock.bench.Fused.Operands;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.GatedDefinition;

/** A fused operation as several calls: Hillock's activation, and plain loops before or behind it. */
final class Separate implements Contestant {
    private final Kernels kernels = Kernels.builder().threads(1).build();

    @Override
    public String name() {
        return "separate";
    }

    @Override
    public String description() {
        return "a fused operation as Hillock's activation and Java loops, one after the other";
    }

    @Override
    public boolean knows(Case task) {
        return task.isFused();
    }

    @Override
    public Work prepare(Case task, float[] x, float[] behind) throws NotSupported {
        if (task.threads() != 1) {
            throw new NotSupported("one thread");
        }
        Operands o = Operands.of(task, x, behind);
        boolean forward = task.direction() == Direction.FORWARD;
        GatedDefinition unit = Fused.gated(task.operation());
        if (Fused.isDropout(task) || Fused.isCounted(task) || Fused.isDense(task) || Fused.isPrelu(task)) {
            throw new NotSupported("not written out");
        }
        if (unit == null) {
            float[] z = new float[x.length];
            return new ArrayWork(task, forward ? (y, from, to) -> forward(o, y) : (dx, from, to) -> backward(o, z, dx));
        }
        if (unit.isClamped()) {
            throw new NotSupported("not written out");
        }
        Activation f = Activation.of(unit.activation());
        return new ArrayWork(task, forward ? (y, from, to) -> forward(f, o, y) : (dx, from, to) -> backward(f, o, dx));
    }

    private void forward(Activation f, Operands o, float[] y) {
        int n = o.x().length;
        kernels.forward(f, o.x(), 0, y, 0, n);
        multiply(y, 0, o.second(), n);
    }

    // The gradient of the gate, and behind it that of the value.
    private void backward(Activation f, Operands o, float[] gradients) {
        int n = o.x().length;
        kernels.forward(f, o.x(), 0, gradients, n, n);
        multiply(gradients, n, o.dy(), n);
        System.arraycopy(o.second(), 0, gradients, 0, n);
        multiply(gradients, 0, o.dy(), n);
        kernels.backward(f, o.x(), 0, gradients, 0, gradients, 0, n);
    }

    private static void multiply(float[] out, int at, float[] factors, int count) {
        for (int i = 0; i < count; i++) {
            out[at + i] *= factors[i];
        }
    }

    private void forward(Operands o, float[] y) {
        affine(o, y);
        kernels.forward(Fused.ACTIVATION, y, 0, y, 0, y.length);
    }

    private void backward(Operands o, float[] z, float[] dx) {
        affine(o, z);
        kernels.backward(Fused.ACTIVATION, z, 0, o.dy(), 0, dx, 0, dx.length);
        int columns = o.second().length;
        if (columns < dx.length) {
            sums(dx, o.x(), o.scale(), new float[columns], new float[columns]);
        }
    }

    private static void affine(Operands o, float[] z) {
        float[] shift = o.second();
        for (int row = 0; row < z.length; row += shift.length) {
            if (o.scale() == null) {
                add(o.x(), shift, z, row);
            } else {
                add(o.x(), o.scale(), shift, z, row);
            }
        }
    }

    private static void add(float[] x, float[] shift, float[] z, int row) {
        for (int c = 0; c < shift.length; c++) {
            z[row + c] = x[row + c] + shift[c];
        }
    }

    private static void add(float[] x, float[] scale, float[] shift, float[] z, int row) {
        for (int c = 0; c < shift.length; c++) {
            z[row + c] = Math.fma(scale[c], x[row + c], shift[c]);
        }
    }

    // The gradients of the channels; dx becomes g scale.
    private static void sums(float[] dx, float[] x, float[] scale, float[] dScale, float[] dShift) {
        int columns = dShift.length;
        for (int row = 0; row < dx.length; row += columns) {
            for (int c = 0; c < columns; c++) {
                dShift[c] += dx[row + c];
            }
            for (int c = 0; scale != null && c < columns; c++) {
                dScale[c] += dx[row + c] * x[row + c];
                dx[row + c] *= scale[c];
            }
        }
    }
}
