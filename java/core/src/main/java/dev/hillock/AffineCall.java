package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.engine.DoubleFusedKernels;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.NarrowFusedKernels;
import java.lang.reflect.Array;

/**
 * What {@link BiasedActivation} computes, once for every type: arrays of a call are float[] or double[], those of 16-bit
 * elements are short[] with what belongs to the channels as float[], or as short[] where every element is a channel.
 */
final class AffineCall {
    private final Activation activation;
    private final Choice choice;

    AffineCall(Activation activation, Choice choice) {
        this.activation = activation;
        this.choice = choice;
    }

    private KernelEngine kernels(ElementType type, Direction direction, long length) {
        return choice.kernels(activation, type, direction, length);
    }

    /** {@code y = act(scale[c] x + shift[c])}; scale may be null for 1. */
    void forward(ElementType type, AxisLayout layout, Object x, Object scale, Object shift, Object y) {
        element(layout, "x", x);
        element(layout, "y", y);
        int length = Array.getLength(x);
        if (length == 0) {
            return;
        }
        double[] p = activation.sharedParameters(type);
        switch (type) {
            case FLOAT32 ->
                kernels(type, Direction.FORWARD, length)
                        .fused()
                        .affineForward(
                                activation.function(), p, layout, (float[]) x, (float[]) scale, (float[]) shift, (float
                                                [])
                                        y);
            case FLOAT64 ->
                new DoubleFusedKernels(kernels(type, Direction.FORWARD, length))
                        .affineForward(
                                activation.function(),
                                p,
                                layout,
                                (double[]) x,
                                (double[]) scale,
                                (double[]) shift,
                                (double[]) y);
            default ->
                new NarrowFusedKernels(kernels(ElementType.FLOAT32, Direction.FORWARD, length), type)
                        .affineForward(
                                activation.function(), p, layout, (short[]) x, (float[]) scale, shift, (short[]) y);
        }
    }

    /**
     * With {@code g = dy act'(scale[c] x + shift[c])}: dx = g scale[c], and to the sums of each channel g x and g are
     * added; either may be null.
     */
    void backward(
            ElementType type,
            AxisLayout layout,
            Object x,
            Object scale,
            Object shift,
            Object dy,
            Object dx,
            double[] dScale,
            double[] dShift) {
        element(layout, "x", x);
        element(layout, "dy", dy);
        element(layout, "dx", dx);
        int length = Array.getLength(x);
        if (length == 0) {
            return;
        }
        double[] p = activation.sharedParameters(type);
        switch (type) {
            case FLOAT32 ->
                kernels(type, Direction.BACKWARD, length)
                        .fused()
                        .affineBackward(
                                activation.function(),
                                p,
                                layout,
                                (float[]) x,
                                (float[]) scale,
                                (float[]) shift,
                                (float[]) dy,
                                (float[]) dx,
                                dScale,
                                dShift);
            case FLOAT64 ->
                new DoubleFusedKernels(kernels(type, Direction.BACKWARD, length))
                        .affineBackward(
                                activation.function(),
                                p,
                                layout,
                                (double[]) x,
                                (double[]) scale,
                                (double[]) shift,
                                (double[]) dy,
                                (double[]) dx,
                                dScale,
                                dShift);
            default ->
                new NarrowFusedKernels(kernels(ElementType.FLOAT32, Direction.BACKWARD, length), type)
                        .affineBackward(
                                activation.function(),
                                p,
                                layout,
                                (short[]) x,
                                (float[]) scale,
                                shift,
                                (short[]) dy,
                                (short[]) dx,
                                dScale,
                                dShift);
        }
    }

    private static void element(AxisLayout layout, String name, Object array) {
        Checks.notNull(name, array);
        Checks.sameLength(name, Array.getLength(array), "the shape", layout.count());
    }

    /** Refuses what has not one value for each channel. */
    static void channel(AxisLayout layout, String name, Object values) {
        Checks.notNull(name, values);
        Checks.sameLength(name, Array.getLength(values), "the axis", layout.axis());
    }
}
