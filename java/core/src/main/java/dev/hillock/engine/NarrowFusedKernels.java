package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.ChannelSums;
import dev.hillock.kernel.NarrowFloats;
import dev.hillock.kernel.ScalarFused;

/**
 * Functions of scaled and shifted 16-bit elements on any engine: a block is widened, computed as {@link FusedKernels} does
 * floats, and rounded once, so that the memory it takes does not grow with the operands. For one call.
 */
public final class NarrowFusedKernels {
    private static final int BLOCK = ScalarFused.BLOCK;

    private final KernelEngine engine;
    private final ElementType type;
    private final float[] x = new float[BLOCK];
    private final float[] z = new float[BLOCK];
    private final float[] shifts = new float[BLOCK];
    private final ChannelSums sums = new ChannelSums();

    /** The kernels of an engine for one of the 16-bit types. */
    public NarrowFusedKernels(KernelEngine engine, ElementType type) {
        this.engine = engine;
        this.type = type;
    }

    // z, and x, which has the same place in its block.
    private void prepare(
            short[] from, int start, float[] scale, Object shift, int channel, boolean each, int inBlock, int n) {
        NarrowFloats.widen(type, from, start, x, inBlock, n);
        if (shift instanceof short[] narrow) {
            NarrowFloats.widen(type, narrow, channel, shifts, 0, n);
            ScalarFused.affine(x, inBlock, null, shifts, 0, true, z, inBlock, n);
        } else {
            ScalarFused.affine(x, inBlock, scale, (float[]) shift, channel, each, z, inBlock, n);
        }
    }

    /**
     * {@code y = f(fma(scale[c], x, shift[c]))}, or {@code f(x + shift[c])} where scale is null.
     *
     * @param shift floats; or, where there is no scale and every element is a channel, 16-bit elements
     * @param to written; may be the one that is read
     */
    public void affineForward(
            Function f, double[] p, AxisLayout shape, short[] from, float[] scale, Object shift, short[] to) {
        boolean each = shape.inner() == 1;
        BlockedFusedKernels.forEachBlock(
                shape,
                (start, inBlock, channel, n) -> prepare(from, start, scale, shift, channel, each, inBlock, n),
                (start, n) -> {
                    engine.eltwise(f, ElementType.FLOAT32, Direction.FORWARD, p, z, 0, null, 0, z, 0, n);
                    NarrowFloats.narrow(type, z, 0, to, start, n);
                });
    }

    /**
     * The gradients, as {@link FusedKernels#affineBackward} has them; the channels' sums are those of floats, added up
     * before dx is rounded.
     */
    public void affineBackward(
            Function f,
            double[] p,
            AxisLayout shape,
            short[] from,
            float[] scale,
            Object shift,
            short[] dy,
            short[] dx,
            double[] dScale,
            double[] dShift) {
        float[] slope = new float[BLOCK];
        boolean each = shape.inner() == 1;
        BlockedFusedKernels.Run finish = (inBlock, channel, n) -> {
            if (dShift != null) {
                sums.add(slope, inBlock, n, channel, each, dShift);
            }
            if (dScale != null) {
                sums.add(x, inBlock, n, channel, each, dScale);
            }
            for (int i = 0; scale != null && i < n; i++) {
                slope[inBlock + i] *= scale[each ? channel + i : channel];
            }
        };
        BlockedFusedKernels.forEachBlock(
                shape,
                (start, inBlock, channel, n) -> prepare(from, start, scale, shift, channel, each, inBlock, n),
                (start, length) -> {
                    NarrowFloats.widen(type, dy, start, slope, 0, length);
                    engine.eltwise(f, ElementType.FLOAT32, Direction.BACKWARD, p, z, 0, slope, 0, slope, 0, length);
                    if (dScale != null) {
                        ScalarFused.multiply(x, slope, length);
                    }
                    BlockedFusedKernels.forEachRun(shape, start, length, finish);
                    NarrowFloats.narrow(type, slope, 0, dx, start, length);
                });
    }
}
