package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.bench.Fused.Operands;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.GatedDefinition;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** Fused operations as a Java program contains them before it knows of Hillock: all of an element in one loop. */
final class PlainFused {
    /**
     * What a {@link PlainGatedLoop} computes.
     *
     * @param value of the gate's activation: (x) -> y
     * @param slope of the gate's activation
     * @param limit as in {@link GatedDefinition#limit}
     */
    record Gate(MethodHandle value, MethodHandle slope, float limit) {}

    /** A gated unit over a range; the gradients of gate and value lie one behind the other. */
    interface GatedLoop {
        void forward(float[] gate, float[] value, float[] y, int from, int to);

        void backward(float[] gate, float[] value, float[] dy, float[] gradients, int from, int to);
    }

    private PlainFused() {}

    static Work prepare(Case task, float[] x, float[] behind) throws NotSupported {
        if (task.threads() != 1) {
            throw new NotSupported("one thread");
        }
        Operands o = Operands.of(task, x, behind);
        boolean forward = task.direction() == Direction.FORWARD;
        GatedDefinition unit = Fused.gated(task.operation());
        if (unit != null) {
            GatedLoop loop = loop(unit);
            return new ArrayWork(
                    task,
                    forward
                            ? (out, from, to) -> loop.forward(o.x(), o.second(), out, from, to)
                            : (out, from, to) -> loop.backward(o.x(), o.second(), o.dy(), out, from, to));
        }
        if (Fused.isDropout(task) || Fused.isCounted(task)) {
            throw new NotSupported("not written out");
        }
        if (Fused.isDense(task)) {
            float[] weights = Fused.weights(task, behind);
            return new ArrayWork(task, (y, from, to) -> dense(o, weights, y));
        }
        if (Fused.isPrelu(task)) {
            double[] dAlpha = new double[o.second().length];
            return new ArrayWork(
                    task, forward ? (y, from, to) -> prelu(o, y) : (dx, from, to) -> preluBackward(o, dx, dAlpha));
        }
        float[] dShift = new float[o.second().length];
        float[] dScale = new float[o.second().length];
        return new ArrayWork(
                task, forward ? (y, from, to) -> forward(o, y) : (dx, from, to) -> backward(o, dx, dScale, dShift));
    }

    private static GatedLoop loop(GatedDefinition unit) throws NotSupported {
        Activation f = Activation.of(unit.activation());
        Gate gate = new Gate(
                PlainJava.function(f, Direction.FORWARD), PlainJava.function(f, Direction.BACKWARD), unit.limit());
        return (GatedLoop) PlainJava.specialised(PlainGatedLoop.class, gate);
    }

    private static void dense(Operands o, float[] weights, float[] y) {
        int columns = o.second().length;
        for (int row = 0; row < y.length; row += columns) {
            for (int c = 0; c < columns; c++) {
                float sum = o.second()[c];
                for (int k = 0; k < columns; k++) {
                    sum += o.x()[row + k] * weights[c * columns + k];
                }
                y[row + c] = PlainFormulas.gelu(sum);
            }
        }
    }

    private static void prelu(Operands o, float[] y) {
        int columns = o.second().length;
        for (int row = 0; row < y.length; row += columns) {
            for (int c = 0; c < columns; c++) {
                float x = o.x()[row + c];
                y[row + c] = x > 0 ? x : o.second()[c] * x;
            }
        }
    }

    private static void preluBackward(Operands o, float[] dx, double[] dAlpha) {
        int columns = o.second().length;
        Arrays.fill(dAlpha, 0);
        for (int row = 0; row < dx.length; row += columns) {
            for (int c = 0; c < columns; c++) {
                float x = o.x()[row + c];
                float dy = o.dy()[row + c];
                dx[row + c] = x > 0 ? dy : o.second()[c] * dy;
                dAlpha[c] += x > 0 ? 0 : (double) dy * x;
            }
        }
    }

    private static void forward(Operands o, float[] y) {
        float[] x = o.x();
        float[] shift = o.second();
        float[] scale = o.scale();
        for (int row = 0; row < x.length; row += shift.length) {
            for (int c = 0; c < shift.length; c++) {
                float z = scale == null ? x[row + c] + shift[c] : scale[c] * x[row + c] + shift[c];
                y[row + c] = PlainFormulas.gelu(z);
            }
        }
    }

    private static void backward(Operands o, float[] dx, float[] dScale, float[] dShift) {
        float[] x = o.x();
        float[] shift = o.second();
        float[] scale = o.scale();
        float[] dy = o.dy();
        boolean perChannel = shift.length < x.length;
        Arrays.fill(dScale, 0);
        Arrays.fill(dShift, 0);
        for (int row = 0; row < x.length; row += shift.length) {
            for (int c = 0; c < shift.length; c++) {
                float z = scale == null ? x[row + c] + shift[c] : scale[c] * x[row + c] + shift[c];
                float g = dy[row + c] * PlainFormulas.geluDerivative(z);
                dx[row + c] = scale == null ? g : g * scale[c];
                if (perChannel) {
                    dShift[c] += g;
                }
                if (scale != null) {
                    dScale[c] += g * x[row + c];
                }
            }
        }
    }
}
