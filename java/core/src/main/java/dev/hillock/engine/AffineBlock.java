package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.kernel.ScalarFused;
import java.util.Arrays;

/**
 * A block of {@code z = fma(scale[c], x, shift[c])}, or of {@code x + shift[c]} where there is no scale. What belongs to a
 * channel is copied to the elements of the channel first: the compiler makes vectors of loops whose arrays share one index.
 */
final class AffineBlock {
    final int length;
    final float[] x;
    final float[] z;
    final float[] shifts;
    private final float[] scales;

    /** A block for operands of a shape, no longer than these are. */
    AffineBlock(AxisLayout shape, boolean scaled) {
        length = (int) Math.min(ScalarFused.BLOCK, shape.count());
        x = new float[length];
        z = new float[length];
        shifts = new float[length];
        scales = scaled ? new float[length] : null;
    }

    /**
     * Takes the channels of a run of n elements.
     *
     * @param channel of all elements, or of the first
     * @param each whether every element has a channel of its own
     * @param at the run's place in the block
     */
    void take(float[] scale, float[] shift, int channel, boolean each, int at, int n) {
        spread(shift, channel, each, shifts, at, n);
        if (scales != null) {
            spread(scale, channel, each, scales, at, n);
        }
    }

    private static void spread(float[] channels, int channel, boolean each, float[] to, int at, int n) {
        if (each) {
            System.arraycopy(channels, channel, to, at, n);
        } else {
            Arrays.fill(to, at, at + n, channels[channel]);
        }
    }

    /** The first n of z. */
    void transform(int n) {
        if (scales == null) {
            ScalarFused.add(x, shifts, z, n);
        } else {
            ScalarFused.affine(scales, x, shifts, z, n);
        }
    }

    /** The gradient of x from that of z, in place. */
    void scale(float[] gradient, int n) {
        if (scales != null) {
            ScalarFused.multiply(gradient, scales, n);
        }
    }
}
