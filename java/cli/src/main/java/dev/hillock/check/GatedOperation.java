package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.GateLayout;
import dev.hillock.GatedUnit;
import dev.hillock.Kernels;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.GatedDefinition;
import java.util.stream.Stream;

/**
 * A gated unit along the axis. What its activation may lose, {@link Accuracy} says; the products are rounded, and so is
 * the sum of a clamped value and 1. An infinite value times an activation or slope that a float rounds to 0 is NaN or 0, as
 * the activation's kernel goes about it: there only the bits are compared.
 */
record GatedOperation(GatedDefinition definition, GatedUnit unit, Accuracy value, Accuracy slope)
        implements RowOperation {
    // What products lose that end among the subnormal numbers.
    private static final double UNDERFLOW = 0x1p-149;

    GatedOperation(GatedDefinition definition) {
        this(definition, GatedUnit.of(definition.name()).axis(1), Activation.of(definition.activation()));
    }

    private GatedOperation(GatedDefinition definition, GatedUnit unit, Activation f) {
        this(
                definition,
                unit,
                new Accuracy(f.function(), Direction.FORWARD, f.parameters()),
                new Accuracy(f.function(), Direction.BACKWARD, f.parameters()));
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public Stream<String> names() {
        return definition.names();
    }

    @Override
    public int multiple() {
        return 2;
    }

    @Override
    public float[] forward(Kernels kernels, float[] x, int[] shape) {
        float[] y = new float[x.length / 2];
        unit.on(kernels).forward(x, shape, y);
        return y;
    }

    @Override
    public double[] forward(Kernels kernels, double[] x, int[] shape) {
        double[] y = new double[x.length / 2];
        unit.on(kernels).forward(x, shape, y);
        return y;
    }

    @Override
    public float[] backward(Kernels kernels, float[] x, float[] dy, int[] shape) {
        float[] dx = new float[x.length];
        unit.on(kernels).backward(x, dy, shape, dx);
        return dx;
    }

    @Override
    public double[] backward(Kernels kernels, double[] x, double[] dy, int[] shape) {
        double[] dx = new double[x.length];
        unit.on(kernels).backward(x, dy, shape, dx);
        return dx;
    }

    @Override
    public int[] outputShape(int... shape) {
        return unit.outputShape(shape);
    }

    // Two roundings and what the activation loses come from both halves.
    // act(gate) value.
    @Override
    public double[] allowedValues(RowErrors rows, double[] exact) {
        double[] allowed = new double[exact.length];
        halves(
                rows,
                (y, gate, value) -> allowed[y] = product(this.value, gate(rows, gate), value(rows, value), exact[y]));
        return allowed;
    }

    // dy value act'(gate) for the gate, dy act(gate) for the value.
    @Override
    public double[] allowedGradient(RowErrors rows, double[] y, float[] dy, double[] exact) {
        double[] allowed = new double[exact.length];
        halves(rows, (i, gate, value) -> {
            float g = gate(rows, gate);
            allowed[gate] = product(slope, g, dy[i] * (double) value(rows, value), exact[gate]);
            allowed[value] = product(this.value, g, dy[i], exact[value]);
        });
        return allowed;
    }

    private static double product(Accuracy accuracy, float gate, double factor, double exact) {
        double activated = accuracy.exact(gate);
        if (!Double.isFinite(factor) && Math.abs(activated) < Float.MIN_NORMAL) {
            return ANY;
        }
        double error = Math.abs(factor) * accuracy.allowed(gate, activated) + UNDERFLOW * (1 + Math.abs(activated));
        return 2 * Ulp.unit(exact) + (Double.isFinite(error) ? error : 0);
    }

    // As the activation reads it.
    private float gate(RowErrors rows, int at) {
        return Math.min(rows.x()[at], definition.limit());
    }

    private float value(RowErrors rows, int at) {
        float half = rows.x()[at];
        return definition.isClamped() ? Math.max(-definition.limit(), Math.min(half, definition.limit())) + 1 : half;
    }

    /** Places in y, and of gate and value in x. */
    @FunctionalInterface
    private interface Halves {
        void at(int y, int gate, int value);
    }

    private void halves(RowErrors rows, Halves action) {
        int half = rows.shape()[1] / 2 * rows.shape()[2];
        int gate = definition.layout() == GateLayout.GATE_FIRST ? 0 : half;
        for (int row = 0; row < rows.shape()[0]; row++) {
            for (int i = 0; i < half; i++) {
                int first = 2 * row * half + i;
                action.at(row * half + i, first + gate, first + half - gate);
            }
        }
    }
}
