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
    private final KernelEngine engine;
    private final ElementType type;
    private final ChannelSums sums = new ChannelSums();

    /** The kernels of an engine for one of the 16-bit types. */
    public NarrowFusedKernels(KernelEngine engine, ElementType type) {
        this.engine = engine;
        this.type = type;
    }

    private void take(
            AffineBlock block,
            short[] from,
            int start,
            float[] scale,
            Object shift,
            int channel,
            boolean each,
            int inBlock,
            int n) {
        NarrowFloats.widen(type, from, start, block.x, inBlock, n);
        if (shift instanceof short[] narrow) {
            NarrowFloats.widen(type, narrow, channel, block.shifts, inBlock, n);
        } else {
            block.take(scale, (float[]) shift, channel, each, inBlock, n);
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
        AffineBlock block = new AffineBlock(shape, scale != null);
        boolean each = shape.inner() == 1;
        BlockedFusedKernels.forEachBlock(
                shape,
                (start, inBlock, channel, n) -> take(block, from, start, scale, shift, channel, each, inBlock, n),
                (start, n) -> {
                    block.transform(n);
                    engine.eltwise(f, ElementType.FLOAT32, Direction.FORWARD, p, block.z, 0, null, 0, block.z, 0, n);
                    NarrowFloats.narrow(type, block.z, 0, to, start, n);
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
        AffineBlock block = new AffineBlock(shape, scale != null);
        float[] slope = new float[block.length];
        boolean each = shape.inner() == 1;
        BlockedFusedKernels.Run add = (inBlock, channel, n) -> {
            if (dShift != null) {
                sums.add(slope, inBlock, n, channel, each, dShift);
            }
            if (dScale != null) {
                sums.add(block.x, inBlock, n, channel, each, dScale);
            }
        };
        BlockedFusedKernels.forEachBlock(
                shape,
                (start, inBlock, channel, n) -> take(block, from, start, scale, shift, channel, each, inBlock, n),
                (start, n) -> {
                    block.transform(n);
                    NarrowFloats.widen(type, dy, start, slope, 0, n);
                    engine.eltwise(f, ElementType.FLOAT32, Direction.BACKWARD, p, block.z, 0, slope, 0, slope, 0, n);
                    if (dScale != null) {
                        ScalarFused.multiply(block.x, slope, n);
                    }
                    BlockedFusedKernels.forEachRun(shape, start, n, add);
                    block.scale(slope, n);
                    NarrowFloats.narrow(type, slope, 0, dx, start, n);
                });
    }
}
