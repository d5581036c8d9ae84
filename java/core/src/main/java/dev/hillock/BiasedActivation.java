package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.engine.DoubleFusedKernels;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;

/**
 * An activation fused with the bias per channel in front of it, with scale and shift per channel (a folded batch
 * normalisation), or with a residual sum, in one pass over memory: an immutable value, safe to share between threads.
 *
 * <pre>{@code
 * BiasedActivation gelu = BiasedActivation.of(Activation.gelu());
 * gelu.forward(x, bias, new int[] {32, 64}, 1, y);              // y = gelu(x + bias)
 * gelu.backward(x, bias, dy, new int[] {32, 64}, 1, dx, dBias); // dBias: the sum of dx over the rows
 * }</pre>
 *
 * <p>The sum of x and bias is rounded, then the activation follows: the bits are those of the two steps. The bias's
 * gradient is added up in double in the order of memory: the same bits on every engine that promises them.
 */
public final class BiasedActivation {
    private final Activation activation;
    private final Engine engine;

    private BiasedActivation(Activation activation, Engine engine) {
        this.activation = activation;
        this.engine = engine;
    }

    /** The activation of x + bias; any but a chain. */
    public static BiasedActivation of(Activation activation) {
        Checks.notNull("activation", activation);
        if (!activation.parts().isEmpty()) {
            throw new IllegalArgumentException("a bias goes before one function, not " + activation);
        }
        return new BiasedActivation(activation, Engine.AUTO);
    }

    /** The same on an engine; {@code AUTO} chooses. */
    public BiasedActivation engine(Engine value) {
        Checks.notNull("engine", value);
        return new BiasedActivation(activation, value);
    }

    private KernelEngine kernels(Direction direction, long length) {
        return kernels(ElementType.FLOAT32, direction, length);
    }

    private KernelEngine kernels(ElementType type, Direction direction, long length) {
        double[] p = activation.sharedParameters(type);
        if (engine == Engine.AUTO) {
            return Engines.choose(activation.function(), type, direction, p, length);
        }
        KernelEngine chosen = Engines.required(engine);
        if (!chosen.supports(activation.function(), type, direction, p)) {
            throw new IllegalStateException("engine " + engine.word() + " has no " + activation.name()
                    + (type == ElementType.FLOAT32 ? "" : " for " + type));
        }
        return chosen;
    }

    private DoubleFusedKernels doubles(Direction direction, long length) {
        return new DoubleFusedKernels(kernels(ElementType.FLOAT64, direction, length));
    }

    /** {@code y = act(x + bias[c])}, c along the axis of the shape: x and bias read, y written, which may be x. */
    public void forward(float[] x, float[] bias, int[] shape, int axis, float[] y) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        check(layout, "x", x);
        check(layout, "y", y);
        Checks.notNull("bias", bias);
        Checks.sameLength("bias", bias.length, "the axis", layout.axis());
        if (x.length > 0) {
            kernels(Direction.FORWARD, x.length)
                    .fused()
                    .affineForward(activation.function(), activation.sharedParameters(), layout, x, null, bias, y);
        }
    }

    /**
     * {@code dx = dy act'(x + bias[c])} and dBias, the sum of dx over all but the axis: x, bias and dy read, dx and dBias
     * written; dx may be x or dy.
     */
    public void backward(float[] x, float[] bias, float[] dy, int[] shape, int axis, float[] dx, float[] dBias) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        check(layout, "x", x);
        check(layout, "dy", dy);
        check(layout, "dx", dx);
        Checks.notNull("bias", bias);
        Checks.notNull("dBias", dBias);
        Checks.sameLength("bias", bias.length, "the axis", layout.axis());
        Checks.sameLength("dBias", dBias.length, "the axis", layout.axis());
        double[] sums = new double[bias.length];
        if (x.length > 0) {
            run(layout, x, bias, dy, dx, sums);
        }
        for (int c = 0; c < sums.length; c++) {
            dBias[c] = (float) sums[c];
        }
    }

    /**
     * {@code y = act(scale[c] x + shift[c])}, c along the axis of the shape; product and sum are rounded once. x, scale
     * and shift read, y written, which may be x.
     */
    public void forward(float[] x, float[] scale, float[] shift, int[] shape, int axis, float[] y) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        check(layout, "x", x);
        check(layout, "y", y);
        checkChannels(layout, "scale", scale);
        checkChannels(layout, "shift", shift);
        if (x.length > 0) {
            kernels(Direction.FORWARD, x.length)
                    .fused()
                    .affineForward(activation.function(), activation.sharedParameters(), layout, x, scale, shift, y);
        }
    }

    /**
     * With {@code g = dy act'(scale[c] x + shift[c])}: dx = g scale[c], dScale the sum of g x and dShift the sum of g over
     * all but the axis. x, scale, shift and dy read, the others written; dx may be x or dy.
     */
    public void backward(
            float[] x,
            float[] scale,
            float[] shift,
            float[] dy,
            int[] shape,
            int axis,
            float[] dx,
            float[] dScale,
            float[] dShift) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        check(layout, "x", x);
        check(layout, "dy", dy);
        check(layout, "dx", dx);
        checkChannels(layout, "scale", scale);
        checkChannels(layout, "shift", shift);
        checkChannels(layout, "dScale", dScale);
        checkChannels(layout, "dShift", dShift);
        double[] scaleSums = new double[scale.length];
        double[] shiftSums = new double[shift.length];
        if (x.length > 0) {
            kernels(Direction.BACKWARD, x.length)
                    .fused()
                    .affineBackward(
                            activation.function(),
                            activation.sharedParameters(),
                            layout,
                            x,
                            scale,
                            shift,
                            dy,
                            dx,
                            scaleSums,
                            shiftSums);
        }
        for (int c = 0; c < scaleSums.length; c++) {
            dScale[c] = (float) scaleSums[c];
            dShift[c] = (float) shiftSums[c];
        }
    }

    private static void checkChannels(AxisLayout layout, String name, float[] values) {
        Checks.notNull(name, values);
        Checks.sameLength(name, values.length, "the axis", layout.axis());
    }

    /** {@code y = act(x + r)}: x and r read, y written, of equal length; y may be x. */
    public void forward(float[] x, float[] r, float[] y) {
        Checks.notNull("x", x);
        forward(x, r, new int[] {x.length}, 0, y);
    }

    /** {@code dx = dy act'(x + r)}, which is dr as well: x, r and dy read, dx written, which may be x or dy. */
    public void backward(float[] x, float[] r, float[] dy, float[] dx) {
        Checks.notNull("x", x);
        AxisLayout layout = AxisLayout.of(new int[] {1, x.length}, 1);
        check(layout, "dy", dy);
        check(layout, "dx", dx);
        Checks.notNull("r", r);
        Checks.sameLength("r", r.length, "x", x.length);
        if (x.length > 0) {
            run(layout, x, r, dy, dx, null);
        }
    }

    private void run(AxisLayout layout, float[] x, float[] bias, float[] dy, float[] dx, double[] sums) {
        kernels(Direction.BACKWARD, x.length)
                .fused()
                .affineBackward(
                        activation.function(),
                        activation.sharedParameters(),
                        layout,
                        x,
                        null,
                        bias,
                        dy,
                        dx,
                        null,
                        sums);
    }

    /** {@code y = act(x + bias[c])} in double precision: x and bias read, y written, which may be x. */
    public void forward(double[] x, double[] bias, int[] shape, int axis, double[] y) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        check(layout, "x", x);
        check(layout, "y", y);
        checkChannels(layout, "bias", bias);
        affine(layout, x, null, bias, y);
    }

    /** {@code y = act(scale[c] x + shift[c])} in double precision: x, scale and shift read, y written, which may be x. */
    public void forward(double[] x, double[] scale, double[] shift, int[] shape, int axis, double[] y) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        check(layout, "x", x);
        check(layout, "y", y);
        checkChannels(layout, "scale", scale);
        checkChannels(layout, "shift", shift);
        affine(layout, x, scale, shift, y);
    }

    /** {@code y = act(x + r)} in double precision: x and r read, y written, of equal length; y may be x. */
    public void forward(double[] x, double[] r, double[] y) {
        Checks.notNull("x", x);
        forward(x, r, new int[] {x.length}, 0, y);
    }

    private void affine(AxisLayout layout, double[] x, double[] scale, double[] shift, double[] y) {
        if (x.length > 0) {
            double[] p = activation.sharedParameters(ElementType.FLOAT64);
            doubles(Direction.FORWARD, x.length).affineForward(activation.function(), p, layout, x, scale, shift, y);
        }
    }

    /**
     * {@code dx = dy act'(x + bias[c])} and dBias, the sum of dx over all but the axis, in double precision: x, bias and
     * dy read, dx and dBias written; dx may be x or dy.
     */
    public void backward(double[] x, double[] bias, double[] dy, int[] shape, int axis, double[] dx, double[] dBias) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        check(layout, "x", x);
        check(layout, "dy", dy);
        check(layout, "dx", dx);
        checkChannels(layout, "bias", bias);
        checkChannels(layout, "dBias", dBias);
        double[] sums = new double[bias.length];
        affineBackward(layout, x, null, bias, dy, dx, null, sums);
        System.arraycopy(sums, 0, dBias, 0, sums.length);
    }

    /**
     * With {@code g = dy act'(scale[c] x + shift[c])}, in double precision: dx = g scale[c], dScale the sum of g x and
     * dShift the sum of g over all but the axis. x, scale, shift and dy read, the others written; dx may be x or dy.
     */
    public void backward(
            double[] x,
            double[] scale,
            double[] shift,
            double[] dy,
            int[] shape,
            int axis,
            double[] dx,
            double[] dScale,
            double[] dShift) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        check(layout, "x", x);
        check(layout, "dy", dy);
        check(layout, "dx", dx);
        checkChannels(layout, "scale", scale);
        checkChannels(layout, "shift", shift);
        checkChannels(layout, "dScale", dScale);
        checkChannels(layout, "dShift", dShift);
        double[] scaleSums = new double[scale.length];
        double[] shiftSums = new double[shift.length];
        affineBackward(layout, x, scale, shift, dy, dx, scaleSums, shiftSums);
        System.arraycopy(scaleSums, 0, dScale, 0, scaleSums.length);
        System.arraycopy(shiftSums, 0, dShift, 0, shiftSums.length);
    }

    /** {@code dx = dy act'(x + r)}, which is dr as well, in double precision. */
    public void backward(double[] x, double[] r, double[] dy, double[] dx) {
        Checks.notNull("x", x);
        AxisLayout layout = AxisLayout.of(new int[] {1, x.length}, 1);
        check(layout, "dy", dy);
        check(layout, "dx", dx);
        Checks.notNull("r", r);
        Checks.sameLength("r", r.length, "x", x.length);
        affineBackward(layout, x, null, r, dy, dx, null, null);
    }

    private void affineBackward(
            AxisLayout layout,
            double[] x,
            double[] scale,
            double[] shift,
            double[] dy,
            double[] dx,
            double[] dScale,
            double[] dShift) {
        if (x.length > 0) {
            double[] p = activation.sharedParameters(ElementType.FLOAT64);
            doubles(Direction.BACKWARD, x.length)
                    .affineBackward(activation.function(), p, layout, x, scale, shift, dy, dx, dScale, dShift);
        }
    }

    private static void checkChannels(AxisLayout layout, String name, double[] values) {
        Checks.notNull(name, values);
        Checks.sameLength(name, values.length, "the axis", layout.axis());
    }

    private static void check(AxisLayout layout, String name, double[] array) {
        Checks.notNull(name, array);
        Checks.sameLength(name, array.length, "the shape", layout.count());
    }

    private static void check(AxisLayout layout, String name, float[] array) {
        Checks.notNull(name, array);
        Checks.sameLength(name, array.length, "the shape", layout.count());
    }
}
