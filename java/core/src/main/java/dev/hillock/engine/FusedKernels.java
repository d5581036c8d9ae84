package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.catalogue.Function;

/**
 * An engine's element-wise functions fused with what surrounds them. Arrays are dense and start at 0 unless an offset
 * is given; the bits are those of the steps done one after the other.
 */
public interface FusedKernels {
    /**
     * {@code y = f(fma(scale[c], x, shift[c]))}, or {@code f(x + shift[c])} where scale is null.
     *
     * @param shape dense {@code [outer, channels, inner]}
     * @param y written; may be x
     */
    void affineForward(Function f, double[] p, AxisLayout shape, float[] x, float[] scale, float[] shift, float[] y);

    /**
     * With {@code g = dy f'(scale[c] x + shift[c])}: dx = g, or g scale[c]; and the sums of g and of g x per channel,
     * added to dShift and dScale.
     *
     * <p>A channel's terms are added in the order of memory: along inner in pieces of 1024, each as {@link
     * dev.hillock.kernel.LaneSums} does, the pieces in double.
     *
     * @param dx written; may be x or dy
     * @param dScale added to; null where it is not wanted
     * @param dShift added to; null where it is not wanted
     */
    void affineBackward(
            Function f,
            double[] p,
            AxisLayout shape,
            float[] x,
            float[] scale,
            float[] shift,
            float[] dy,
            float[] dx,
            double[] dScale,
            double[] dShift);

    /** {@code y = f(gate) value}; y may be gate or value where these are dense. */
    void gatedForward(
            Function f,
            double[] p,
            GatedRows rows,
            float[] gate,
            int gateOffset,
            float[] value,
            int valueOffset,
            float[] y);

    /** {@code dGate = (dy value) f'(gate)} and {@code dValue = dy f(gate)}, laid out as gate and value. */
    void gatedBackward(
            Function f,
            double[] p,
            GatedRows rows,
            float[] gate,
            int gateOffset,
            float[] value,
            int valueOffset,
            float[] dy,
            float[] dGate,
            float[] dValue);
}
