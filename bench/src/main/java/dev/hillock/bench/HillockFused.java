package dev.hillock.bench;

import dev.hillock.ActivationStatistics;
import dev.hillock.BiasedActivation;
import dev.hillock.DropoutActivation;
import dev.hillock.Engine;
import dev.hillock.GatedUnit;
import dev.hillock.Kernels;
import dev.hillock.Prelu;
import dev.hillock.bench.Fused.Operands;
import dev.hillock.catalogue.Direction;
import dev.hillock.onednn.Dense;

/** Fused operations on an engine of Hillock. */
final class HillockFused {
    private static final double RATE = 0.1;
    private static final long SEED = 1;

    private HillockFused() {}

    static Work prepare(Engine engine, Case task, float[] x, float[] behind) throws NotSupported {
        Operands o = Operands.of(task, x, behind);
        if (Fused.isDense(task)) {
            return dense(engine, task, o, Fused.weights(task, behind));
        }
        boolean forward = task.direction() == Direction.FORWARD;
        if (Fused.gated(task.operation()) != null) {
            GatedUnit unit = GatedUnit.of(task.operation()).engine(engine);
            return forward ? forward(unit, o) : backward(unit, o);
        }
        Kernels kernels = Kernels.builder().engine(engine).build();
        if (Fused.isDropout(task)) {
            DropoutActivation f =
                    DropoutActivation.of(Fused.ACTIVATION, RATE, SEED).on(kernels);
            return forward ? forward(f, o) : backward(f, o);
        }
        if (Fused.isCounted(task)) {
            return counted(kernels, o);
        }
        if (Fused.isPrelu(task)) {
            return prelu(kernels, new int[] {task.rows(), task.columns()}, forward, o);
        }
        BiasedActivation f = BiasedActivation.of(Fused.ACTIVATION).on(kernels);
        if (Fused.isSum(task)) {
            return forward ? sum(f, o) : sumBackward(f, o);
        }
        int[] shape = {task.rows(), task.columns()};
        return forward ? forward(f, shape, o) : backward(f, shape, o);
    }

    // Products are oneDNN's or Java's: ONEDNN has the activation in them, the others run theirs on the result.
    private static Work dense(Engine engine, Case task, Operands o, float[] weights) throws NotSupported {
        if (engine == Engine.VECTOR) {
            throw new NotSupported("has no products");
        }
        float[] y = like(o.x());
        Dense layer = Dense.of(task.columns(), task.columns());
        if (engine == Engine.ONEDNN) {
            Dense fused = layer.engine(engine).activation(Fused.ACTIVATION);
            return new Call(() -> fused.forward(task.rows(), o.x(), weights, o.second(), y), y);
        }
        Dense product = layer.engine(engine == Engine.NATIVE ? Engine.AUTO : Engine.SCALAR);
        Kernels kernels = Kernels.builder().engine(engine).build();
        return new Call(
                () -> {
                    product.forward(task.rows(), o.x(), weights, o.second(), y);
                    kernels.forward(Fused.ACTIVATION, y, y);
                },
                y);
    }

    private static Work forward(GatedUnit unit, Operands o) {
        float[] y = like(o.x());
        return new Call(() -> unit.forward(o.x(), o.second(), y), y);
    }

    private static Work backward(GatedUnit unit, Operands o) {
        float[] dGate = like(o.x());
        float[] dValue = like(o.x());
        return new Call(() -> unit.backward(o.x(), o.second(), o.dy(), dGate, dValue), dGate, dValue);
    }

    private static Work sum(BiasedActivation f, Operands o) {
        float[] y = like(o.x());
        return new Call(() -> f.forward(o.x(), o.second(), y), y);
    }

    private static Work sumBackward(BiasedActivation f, Operands o) {
        float[] dx = like(o.x());
        return new Call(() -> f.backward(o.x(), o.second(), o.dy(), dx), dx);
    }

    private static Work forward(DropoutActivation f, Operands o) {
        float[] y = like(o.x());
        return new Call(() -> f.forward(o.x(), y), y);
    }

    private static Work backward(DropoutActivation f, Operands o) {
        float[] dx = like(o.x());
        return new Call(() -> f.backward(o.x(), o.dy(), dx), dx);
    }

    private static Work prelu(Kernels kernels, int[] shape, boolean forward, Operands o) {
        Prelu f = Prelu.of(1, o.second(), o.second().length);
        float[] out = like(o.x());
        float[] dAlpha = like(o.second());
        return forward
                ? new Call(() -> f.forward(kernels, o.x(), shape, out), out)
                : new Call(() -> f.backward(kernels, o.x(), o.dy(), shape, out, dAlpha), out);
    }

    private static Work counted(Kernels kernels, Operands o) {
        float[] y = like(o.x());
        return new Call(() -> ActivationStatistics.forward(kernels, Fused.ACTIVATION, o.x(), y), y);
    }

    private static Work forward(BiasedActivation f, int[] shape, Operands o) {
        float[] y = like(o.x());
        return o.scale() == null
                ? new Call(() -> f.forward(o.x(), o.second(), shape, 1, y), y)
                : new Call(() -> f.forward(o.x(), o.scale(), o.second(), shape, 1, y), y);
    }

    private static Work backward(BiasedActivation f, int[] shape, Operands o) {
        float[] dx = like(o.x());
        float[] dShift = like(o.second());
        float[] dScale = like(o.second());
        return o.scale() == null
                ? new Call(() -> f.backward(o.x(), o.second(), o.dy(), shape, 1, dx, dShift), dx)
                : new Call(() -> f.backward(o.x(), o.scale(), o.second(), o.dy(), shape, 1, dx, dScale, dShift), dx);
    }

    private static float[] like(float[] values) {
        return new float[values.length];
    }

    // Its outputs are one after the other in the result.
    private record Call(Runnable call, float[]... outputs) implements Work {
        @Override
        public int windows() {
            return 1;
        }

        @Override
        public void run(int window) {
            call.run();
        }

        @Override
        public void result(float[] to) {
            int done = 0;
            for (float[] output : outputs) {
                int count = Math.min(output.length, to.length - done);
                System.arraycopy(output, 0, to, done, count);
                done += count;
            }
        }
    }
}
