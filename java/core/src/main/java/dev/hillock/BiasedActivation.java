package dev.hillock;

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
 * gradient is added up in double in the order of memory: the same bits on every engine that promises them. Elements of
 * 16 bits are widened, computed in float and rounded once; what belongs to the channels is float then, and its gradients
 * are added up before dx is rounded.
 */
public final class BiasedActivation {
    private final Activation activation;
    private final AffineCall call;

    private BiasedActivation(Activation activation, Choice choice) {
        this.activation = activation;
        this.call = new AffineCall(activation, choice);
    }

    /** The activation of x + bias; any but a chain. */
    public static BiasedActivation of(Activation activation) {
        Checks.notNull("activation", activation);
        if (!activation.parts().isEmpty()) {
            throw new IllegalArgumentException("a bias goes before one function, not " + activation);
        }
        return new BiasedActivation(activation, Choice.settled());
    }

    /** The same on an engine; {@code AUTO} chooses. */
    public BiasedActivation engine(Engine value) {
        Checks.notNull("engine", value);
        return new BiasedActivation(activation, Choice.of(value));
    }

    /** The same on the engine of kernels of your choice, on the calling thread. */
    public BiasedActivation on(Kernels value) {
        Checks.notNull("kernels", value);
        return new BiasedActivation(activation, value::engineOf);
    }

    /** {@code y = act(x + bias[c])}, c along the axis of the shape: x and bias read, y written, which may be x. */
    public void forward(float[] x, float[] bias, int[] shape, int axis, float[] y) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "bias", bias);
        call.forward(ElementType.FLOAT32, layout, x, null, bias, y);
    }

    /**
     * {@code dx = dy act'(x + bias[c])} and dBias, the sum of dx over all but the axis: x, bias and dy read, dx and
     * dBias written; dx may be x or dy.
     */
    public void backward(float[] x, float[] bias, float[] dy, int[] shape, int axis, float[] dx, float[] dBias) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "bias", bias);
        AffineCall.channel(layout, "dBias", dBias);
        double[] sums = new double[bias.length];
        call.backward(ElementType.FLOAT32, layout, x, null, bias, dy, dx, null, sums);
        for (int c = 0; c < dBias.length; c++) {
            dBias[c] = (float) sums[c];
        }
    }

    /**
     * {@code y = act(scale[c] x + shift[c])}, c along the axis of the shape; product and sum are rounded once. x, scale
     * and shift read, y written, which may be x.
     */
    public void forward(float[] x, float[] scale, float[] shift, int[] shape, int axis, float[] y) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "scale", scale);
        AffineCall.channel(layout, "shift", shift);
        call.forward(ElementType.FLOAT32, layout, x, scale, shift, y);
    }

    /**
     * With {@code g = dy act'(scale[c] x + shift[c])}: dx = g scale[c], dScale the sum of g x and dShift the sum of
     * g over all but the axis. x, scale, shift and dy read, the others written; dx may be x or dy.
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
        backwardFloats(ElementType.FLOAT32, x, scale, shift, dy, shape, axis, dx, dScale, dShift);
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
        AffineCall.channel(layout, "r", r);
        call.backward(ElementType.FLOAT32, layout, x, null, r, dy, dx, null, null);
    }

    /** {@code y = act(x + bias[c])} in double precision, c along the axis of the shape: x and bias read, y written, which may be x. */
    public void forward(double[] x, double[] bias, int[] shape, int axis, double[] y) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "bias", bias);
        call.forward(ElementType.FLOAT64, layout, x, null, bias, y);
    }

    /**
     * {@code dx = dy act'(x + bias[c])} and dBias, the sum of dx over all but the axis, in double precision: x, bias and dy read, dx and
     * dBias written; dx may be x or dy.
     */
    public void backward(double[] x, double[] bias, double[] dy, int[] shape, int axis, double[] dx, double[] dBias) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "bias", bias);
        AffineCall.channel(layout, "dBias", dBias);
        double[] sums = new double[bias.length];
        call.backward(ElementType.FLOAT64, layout, x, null, bias, dy, dx, null, sums);
        System.arraycopy(sums, 0, dBias, 0, dBias.length);
    }

    /**
     * {@code y = act(scale[c] x + shift[c])} in double precision, c along the axis of the shape; product and sum are rounded once. x, scale
     * and shift read, y written, which may be x.
     */
    public void forward(double[] x, double[] scale, double[] shift, int[] shape, int axis, double[] y) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "scale", scale);
        AffineCall.channel(layout, "shift", shift);
        call.forward(ElementType.FLOAT64, layout, x, scale, shift, y);
    }

    /**
     * With {@code g = dy act'(scale[c] x + shift[c])}, in double precision: dx = g scale[c], dScale the sum of g x and dShift the sum of
     * g over all but the axis. x, scale, shift and dy read, the others written; dx may be x or dy.
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
        AxisLayout layout = layout(shape, axis, scale, shift, dScale, dShift);
        double[] scaleSums = new double[scale.length];
        double[] shiftSums = new double[shift.length];
        call.backward(ElementType.FLOAT64, layout, x, scale, shift, dy, dx, scaleSums, shiftSums);
        System.arraycopy(scaleSums, 0, dScale, 0, dScale.length);
        System.arraycopy(shiftSums, 0, dShift, 0, dShift.length);
    }

    /** {@code y = act(x + r)} in double precision: x and r read, y written, of equal length; y may be x. */
    public void forward(double[] x, double[] r, double[] y) {
        Checks.notNull("x", x);
        forward(x, r, new int[] {x.length}, 0, y);
    }

    /** {@code dx = dy act'(x + r)}, which is dr as well, in double precision: x, r and dy read, dx written, which may be x or dy. */
    public void backward(double[] x, double[] r, double[] dy, double[] dx) {
        Checks.notNull("x", x);
        AxisLayout layout = AxisLayout.of(new int[] {1, x.length}, 1);
        AffineCall.channel(layout, "r", r);
        call.backward(ElementType.FLOAT64, layout, x, null, r, dy, dx, null, null);
    }

    /** {@code y = act(x + bias[c])} of 16-bit elements, c along the axis of the shape: x and bias read, y written, which may be x. */
    public void forward(ElementType type, short[] x, float[] bias, int[] shape, int axis, short[] y) {
        Checks.sixteenBits(type);
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "bias", bias);
        call.forward(type, layout, x, null, bias, y);
    }

    /**
     * {@code dx = dy act'(x + bias[c])} and dBias, the sum of dx over all but the axis, of 16-bit elements: x, bias and dy read, dx and
     * dBias written; dx may be x or dy.
     */
    public void backward(
            ElementType type, short[] x, float[] bias, short[] dy, int[] shape, int axis, short[] dx, float[] dBias) {
        Checks.sixteenBits(type);
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "bias", bias);
        AffineCall.channel(layout, "dBias", dBias);
        double[] sums = new double[bias.length];
        call.backward(type, layout, x, null, bias, dy, dx, null, sums);
        for (int c = 0; c < dBias.length; c++) {
            dBias[c] = (float) sums[c];
        }
    }

    /**
     * {@code y = act(scale[c] x + shift[c])} of 16-bit elements, c along the axis of the shape; product and sum are rounded once. x, scale
     * and shift read, y written, which may be x.
     */
    public void forward(ElementType type, short[] x, float[] scale, float[] shift, int[] shape, int axis, short[] y) {
        Checks.sixteenBits(type);
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "scale", scale);
        AffineCall.channel(layout, "shift", shift);
        call.forward(type, layout, x, scale, shift, y);
    }

    /**
     * With {@code g = dy act'(scale[c] x + shift[c])}, of 16-bit elements: dx = g scale[c], dScale the sum of g x and dShift the sum of
     * g over all but the axis. x, scale, shift and dy read, the others written; dx may be x or dy.
     */
    public void backward(
            ElementType type,
            short[] x,
            float[] scale,
            float[] shift,
            short[] dy,
            int[] shape,
            int axis,
            short[] dx,
            float[] dScale,
            float[] dShift) {
        Checks.sixteenBits(type);
        backwardFloats(type, x, scale, shift, dy, shape, axis, dx, dScale, dShift);
    }

    /** {@code y = act(x + r)} of 16-bit elements: x and r read, y written, of equal length; y may be x. */
    public void forward(ElementType type, short[] x, short[] r, short[] y) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        Checks.notNull("r", r);
        AxisLayout layout = AxisLayout.of(new int[] {1, x.length}, 1);
        AffineCall.channel(layout, "r", r);
        call.forward(type, layout, x, null, r, y);
    }

    /** {@code dx = dy act'(x + r)}, which is dr as well, of 16-bit elements. */
    public void backward(ElementType type, short[] x, short[] r, short[] dy, short[] dx) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        Checks.notNull("r", r);
        AxisLayout layout = AxisLayout.of(new int[] {1, x.length}, 1);
        AffineCall.channel(layout, "r", r);
        call.backward(type, layout, x, null, r, dy, dx, null, null);
    }

    private static AxisLayout layout(int[] shape, int axis, Object scale, Object shift, Object dScale, Object dShift) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        AffineCall.channel(layout, "scale", scale);
        AffineCall.channel(layout, "shift", shift);
        AffineCall.channel(layout, "dScale", dScale);
        AffineCall.channel(layout, "dShift", dShift);
        return layout;
    }

    // Of floats or 16-bit elements: what belongs to the channels is float[] for both.
    private void backwardFloats(
            ElementType type,
            Object x,
            float[] scale,
            float[] shift,
            Object dy,
            int[] shape,
            int axis,
            Object dx,
            float[] dScale,
            float[] dShift) {
        AxisLayout layout = layout(shape, axis, scale, shift, dScale, dShift);
        double[] scaleSums = new double[scale.length];
        double[] shiftSums = new double[shift.length];
        call.backward(type, layout, x, scale, shift, dy, dx, scaleSums, shiftSums);
        for (int c = 0; c < dScale.length; c++) {
            dScale[c] = (float) scaleSums[c];
        }
        for (int c = 0; c < dShift.length; c++) {
            dShift[c] = (float) shiftSums[c];
        }
    }
}
