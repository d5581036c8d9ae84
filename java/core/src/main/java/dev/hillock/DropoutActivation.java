package dev.hillock;

import dev.hillock.engine.RowKernels;
import dev.hillock.kernel.DropMask;
import dev.hillock.kernel.NarrowFloats;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Dropout behind an activation, in one pass: each output is dropped with the rate and the others are divided by what is
 * left, so that the mean stays. An immutable value, safe to share between threads.
 *
 * <pre>{@code
 * DropoutActivation gelu = DropoutActivation.of(Activation.gelu(), 0.1, step);
 * gelu.forward(x, y);
 * gelu.backward(x, dy, dx);   // drops the same elements
 * }</pre>
 *
 * <p>No mask is stored: whether an element is dropped depends on the seed and its place alone, so backward finds the
 * same ones, and any number of threads gives the same bits. Another step takes another seed. Arguments are answered as
 * {@link Activation} says.
 */
public final class DropoutActivation {
    private static final int BLOCK = 2048;
    private static final int SPLIT_FROM = 1 << 16;
    private static final int PIECE = 1 << 15;

    private final Activation activation;
    private final double rate;
    private final long seed;
    private final Kernels kernels;
    private final DropMask mask;

    private DropoutActivation(Activation activation, double rate, long seed, Kernels kernels) {
        this.activation = activation;
        this.rate = rate;
        this.seed = seed;
        this.kernels = kernels;
        this.mask = new DropMask(seed, rate);
    }

    /**
     * Dropout behind an activation.
     *
     * @param rate the share of elements that is dropped
     * @param seed which ones
     * @throws IllegalArgumentException unless the rate is from 0 to below 1
     */
    public static DropoutActivation of(Activation activation, double rate, long seed) {
        Checks.notNull("activation", activation);
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("rate must be from 0 to below 1, not " + rate);
        }
        return new DropoutActivation(activation, rate, seed, Kernels.defaults());
    }

    /** The same on kernels of your choice. */
    public DropoutActivation on(Kernels value) {
        Checks.notNull("kernels", value);
        return new DropoutActivation(activation, rate, seed, value);
    }

    /** {@code y[i] = f(x[i]) / (1 - rate)}, or 0 where it is dropped: x read, y written, which may be x. */
    public void forward(float[] x, float[] y) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length, "x", x.length);
        RowKernels rows = kernels.rowKernels(x.length);
        blocks(x.length, (start, count) -> {
            kernels.forward(activation, x, start, y, start, count);
            rows.drop(mask, start, y, start, count);
        });
    }

    /** {@code dx[i] = dy[i] f'(x[i]) / (1 - rate)}, or 0: x and dy read, dx written, which may be x or dy. */
    public void backward(float[] x, float[] dy, float[] dx) {
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dy", dy.length, "x", x.length);
        Checks.sameLength("dx", dx.length, "x", x.length);
        RowKernels rows = kernels.rowKernels(x.length);
        blocks(x.length, (start, count) -> {
            kernels.backward(activation, x, start, dy, start, dx, start, count);
            rows.drop(mask, start, dx, start, count);
        });
    }

    /** {@code y[i] = f(x[i]) / (1 - rate)}, or 0 where it is dropped, in double precision. */
    public void forward(double[] x, double[] y) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length, "x", x.length);
        blocks(x.length, (start, count) -> {
            kernels.forward(activation, x, start, y, start, count);
            mask.apply(start, y, start, count);
        });
    }

    /** {@code dx[i] = dy[i] f'(x[i]) / (1 - rate)}, or 0, in double precision. */
    public void backward(double[] x, double[] dy, double[] dx) {
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dy", dy.length, "x", x.length);
        Checks.sameLength("dx", dx.length, "x", x.length);
        blocks(x.length, (start, count) -> {
            kernels.backward(activation, x, start, dy, start, dx, start, count);
            mask.apply(start, dx, start, count);
        });
    }

    /** {@code y[i] = f(x[i]) / (1 - rate)}, or 0, of 16-bit elements: computed in float and rounded once. */
    public void forward(ElementType type, short[] x, short[] y) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length, "x", x.length);
        RowKernels rows = kernels.rowKernels(x.length);
        narrowBlocks(x.length, (start, count, room) -> {
            float[] wide = room.x;
            NarrowFloats.widen(type, x, start, wide, 0, count);
            kernels.forward(activation, wide, 0, wide, 0, count);
            rows.drop(mask, start, wide, 0, count);
            NarrowFloats.narrow(type, wide, 0, y, start, count);
        });
    }

    /** {@code dx[i] = dy[i] f'(x[i]) / (1 - rate)}, or 0, of 16-bit elements: computed in float and rounded once. */
    public void backward(ElementType type, short[] x, short[] dy, short[] dx) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dy", dy.length, "x", x.length);
        Checks.sameLength("dx", dx.length, "x", x.length);
        RowKernels rows = kernels.rowKernels(x.length);
        narrowBlocks(x.length, (start, count, room) -> {
            float[] wide = room.x;
            NarrowFloats.widen(type, x, start, wide, 0, count);
            NarrowFloats.widen(type, dy, start, room.dy, 0, count);
            kernels.backward(activation, wide, 0, room.dy, 0, wide, 0, count);
            rows.drop(mask, start, wide, 0, count);
            NarrowFloats.narrow(type, wide, 0, dx, start, count);
        });
    }

    @FunctionalInterface
    private interface Block {
        void run(int start, int count);
    }

    private void pieces(int length, Pieces.Body body) {
        kernels.split(length, length < SPLIT_FROM ? SPLIT_FROM : PIECE, body);
    }

    private static void forEachBlock(long start, long count, Block block) {
        for (long at = start; at < start + count; at += BLOCK) {
            block.run((int) at, (int) Math.min(BLOCK, start + count - at));
        }
    }

    private void blocks(int length, Block block) {
        pieces(length, (start, count) -> forEachBlock(start, count, block));
    }

    // The widened elements of a block, for one thread at a time.
    private static final class Room {
        final float[] x;
        final float[] dy;

        Room(int length) {
            x = new float[length];
            dy = new float[length];
        }
    }

    @FunctionalInterface
    private interface NarrowBlock {
        void run(int start, int count, Room room);
    }

    private void narrowBlocks(int length, NarrowBlock block) {
        ConcurrentLinkedQueue<Room> free = new ConcurrentLinkedQueue<>();
        pieces(length, (start, count) -> {
            Room taken = free.poll();
            Room room = taken == null ? new Room(Math.min(BLOCK, length)) : taken;
            forEachBlock(start, count, (at, n) -> block.run(at, n, room));
            free.add(room);
        });
    }

    @Override
    public String toString() {
        return "dropout(" + activation + ", rate=" + rate + ", seed=" + seed + ")";
    }
}
