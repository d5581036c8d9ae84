package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.kernel.ChannelSums;
import dev.hillock.kernel.ScalarFused;

/**
 * Fused functions on any engine that has the element-wise ones: a block that stays in the first-level cache is
 * prepared, the engine's kernel runs over it, and the block is finished.
 */
final class BlockedFusedKernels implements FusedKernels {
    private static final int BLOCK = ScalarFused.BLOCK;
    // Two blocks of this length fit into the first-level cache.
    private static final int GATED_BLOCK = 4096;

    private final KernelEngine engine;

    BlockedFusedKernels(KernelEngine engine) {
        this.engine = engine;
    }

    // A run of neighbours within one block that belong to one channel, or to one channel each.
    @FunctionalInterface
    interface Piece {
        void at(int start, int inBlock, int channel, int length);
    }

    @FunctionalInterface
    interface Done {
        void block(int start, int length);
    }

    // A run of neighbours within a block.
    @FunctionalInterface
    interface Run {
        void at(int inBlock, int channel, int length);
    }

    static void forEachBlock(AxisLayout shape, Piece piece, Done done) {
        boolean each = shape.inner() == 1;
        int run = (int) (each ? shape.axis() : shape.inner());
        int runs = (int) (each ? shape.outer() : shape.outer() * shape.axis());
        int start = 0;
        int filled = 0;
        for (int r = 0; r < runs; r++) {
            for (int from = 0; from < run; ) {
                int length = Math.min(BLOCK, run - from);
                if (filled + length > BLOCK) {
                    done.block(start, filled);
                    start += filled;
                    filled = 0;
                }
                piece.at(start + filled, filled, each ? from : (int) (r % shape.axis()), length);
                filled += length;
                from += length;
            }
        }
        if (filled > 0) {
            done.block(start, filled);
        }
    }

    /** The runs of a block that {@link #forEachBlock} made. */
    static void forEachRun(AxisLayout shape, int start, int length, Run action) {
        boolean each = shape.inner() == 1;
        int run = (int) (each ? shape.axis() : shape.inner());
        for (int done = 0; done < length; ) {
            int from = (start + done) % run;
            int n = Math.min(run - from, length - done);
            action.at(done, each ? from : (int) ((start + done) / run % shape.axis()), n);
            done += n;
        }
    }

    private void eltwise(
            Function f,
            Direction direction,
            double[] p,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            float[] out,
            int at,
            int n) {
        engine.eltwise(f, ElementType.FLOAT32, direction, p, x, xAt, dy, dyAt, out, at, n);
    }

    @Override
    public void affineForward(
            Function f, double[] p, AxisLayout shape, float[] x, float[] scale, float[] shift, float[] y) {
        AffineBlock block = new AffineBlock(shape, scale != null);
        boolean each = shape.inner() == 1;
        forEachBlock(
                shape,
                (start, inBlock, channel, n) -> {
                    System.arraycopy(x, start, block.x, inBlock, n);
                    block.take(scale, shift, channel, each, inBlock, n);
                },
                (start, n) -> {
                    block.transform(n);
                    eltwise(f, Direction.FORWARD, p, block.z, 0, null, 0, y, start, n);
                });
    }

    @Override
    public void affineBackward(
            Function f,
            double[] p,
            AxisLayout shape,
            float[] x,
            float[] scale,
            float[] shift,
            float[] dy,
            float[] dx,
            double[] dScale,
            double[] dShift) {
        AffineBlock block = new AffineBlock(shape, scale != null);
        float[] slope = new float[block.length];
        ChannelSums sums = new ChannelSums();
        boolean each = shape.inner() == 1;
        Run add = (inBlock, channel, n) -> {
            if (dShift != null) {
                sums.add(slope, inBlock, n, channel, each, dShift);
            }
            if (dScale != null) {
                sums.add(block.x, inBlock, n, channel, each, dScale);
            }
        };
        forEachBlock(
                shape,
                (start, inBlock, channel, n) -> {
                    System.arraycopy(x, start, block.x, inBlock, n);
                    block.take(scale, shift, channel, each, inBlock, n);
                },
                (start, n) -> {
                    block.transform(n);
                    eltwise(f, Direction.BACKWARD, p, block.z, 0, dy, start, slope, 0, n);
                    if (dScale != null) {
                        ScalarFused.multiply(block.x, slope, n);
                    }
                    forEachRun(shape, start, n, add);
                    block.scale(slope, n);
                    System.arraycopy(slope, 0, dx, start, n);
                });
    }

    @FunctionalInterface
    private interface GatedBlock {
        void at(int packed, int dense, int length);
    }

    private static void forEachPiece(GatedRows rows, int most, GatedBlock block) {
        int length = (int) rows.length();
        for (int row = 0; row < rows.rows(); row++) {
            for (int from = 0, n; from < length; from += n) {
                n = Math.min(most, length - from);
                block.at((int) (row * rows.rowStride() + from * rows.step()), row * length + from, n);
            }
        }
    }

    @Override
    public void gatedForward(
            Function f,
            double[] p,
            GatedRows rows,
            float[] gate,
            int gateOffset,
            float[] value,
            int valueOffset,
            float[] y) {
        int step = (int) rows.step();
        int most = (int) Math.min(GATED_BLOCK, rows.length());
        float[] activated = new float[most];
        float[] values = new float[most];
        forEachPiece(rows, most, (at, dense, n) -> {
            if (step == 1) {
                eltwise(f, Direction.FORWARD, p, gate, gateOffset + at, null, 0, activated, 0, n);
            } else {
                ScalarFused.pick(gate, gateOffset + at, step, activated, n);
                eltwise(f, Direction.FORWARD, p, activated, 0, null, 0, activated, 0, n);
            }
            // The compiler makes vectors only of loops whose arrays begin alike.
            ScalarFused.pick(value, valueOffset + at, step, values, n);
            ScalarFused.multiply(values, activated, n);
            System.arraycopy(values, 0, y, dense, n);
        });
    }

    @Override
    public void gatedBackward(
            Function f,
            double[] p,
            GatedRows rows,
            float[] gate,
            int gateOffset,
            float[] value,
            int valueOffset,
            float[] dy,
            float[] dGate,
            float[] dValue) {
        float[] gates = new float[BLOCK];
        float[] activated = new float[BLOCK];
        float[] scaled = new float[BLOCK];
        float[] gradients = new float[BLOCK];
        int step = (int) rows.step();
        forEachPiece(rows, BLOCK, (at, dense, n) -> {
            ScalarFused.pick(gate, gateOffset + at, step, gates, n);
            ScalarFused.pick(value, valueOffset + at, step, scaled, n);
            System.arraycopy(dy, dense, gradients, 0, n);
            ScalarFused.multiply(scaled, gradients, n);
            eltwise(f, Direction.FORWARD, p, gates, 0, null, 0, activated, 0, n);
            eltwise(f, Direction.BACKWARD, p, gates, 0, scaled, 0, scaled, 0, n);
            ScalarFused.multiply(activated, gradients, n);
            ScalarFused.spread(activated, dValue, valueOffset + at, step, n);
            ScalarFused.spread(scaled, dGate, gateOffset + at, step, n);
        });
    }
}
