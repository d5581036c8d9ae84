package dev.hillock;

import dev.hillock.engine.RowKernels;
import dev.hillock.kernel.ChannelCuts;
import dev.hillock.kernel.NarrowFloats;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * {@link Prelu} of one call, over blocks [outer, channels, inner]. A long block goes to several threads, in parts that
 * depend on its sizes alone; where parts share alphas, each adds up sums of its own, which are added in the order of the
 * parts.
 */
final class PreluWork {
    // Elements of a part: with fewer a second thread comes too late to help.
    private static final long PART = 1 << 16;
    // Terms of a channel in a part: with fewer its sums would be as much memory as its operands.
    private static final long TERMS = 64;
    // Parts of a block: their sums' memory does not grow with it.
    private static final long PARTS = 64;
    // Pieces of a channel's run that are added up by themselves.
    private static final long PIECE = 1024;
    // One multiplication an element: a crossing pays for so many times more elements than elsewhere.
    private static final int CHEAP = 4;

    private final Kernels kernels;
    private final ElementType type;
    private final Object alpha;
    private final Object x;
    private final Object dy;
    private final Object out;
    private final ConcurrentLinkedQueue<Room> free = new ConcurrentLinkedQueue<>();

    /**
     * Work on elements of a type.
     *
     * @param alpha float[], or double[] for doubles
     * @param dy null going forward
     */
    PreluWork(Kernels kernels, ElementType type, Object alpha, Object x, Object dy, Object out) {
        this.kernels = kernels;
        this.type = type;
        this.alpha = alpha;
        this.x = x;
        this.dy = dy;
        this.out = out;
    }

    /**
     * Over one block without gaps.
     *
     * @param at its first element
     * @param place its first alpha, and the first of the sums
     * @param sums null where alpha does not learn
     */
    void over(AxisLayout block, int at, int place, double[] sums) {
        long outer = block.outer();
        long channels = block.axis();
        long inner = block.inner();
        long rows = part(outer, Math.max(quotient(PART, channels * inner), quotient(TERMS, inner)));
        if (rows < outer) {
            parts(
                    outer,
                    rows,
                    (int) channels,
                    place,
                    sums,
                    (start, count, partial, sumsAt) -> serve(
                            slices(block, count), at + (int) (start * block.outerStride()), place, partial, sumsAt));
            return;
        }
        long wide = part(channels, quotient(PART, outer * inner));
        if (wide < channels) {
            kernels.split(
                    channels,
                    wide,
                    (start, count) -> serve(
                            new AxisLayout(outer, count, inner, block.outerStride(), inner),
                            at + (int) (start * inner),
                            place + (int) start,
                            sums,
                            place + (int) start));
            return;
        }
        long run = quotient(part(inner, PART), PIECE) * PIECE;
        if (run < inner && outer == 1 && channels == 1) {
            parts(
                    inner,
                    run,
                    1,
                    place,
                    sums,
                    (start, count, partial, sumsAt) ->
                            serve(new AxisLayout(1, 1, count, count, count), at + (int) start, place, partial, sumsAt));
            return;
        }
        serve(block, at, place, sums, place);
    }

    private static long quotient(long whole, long by) {
        return (whole + by - 1) / by;
    }

    private static long part(long whole, long least) {
        return Math.max(least, quotient(whole, PARTS));
    }

    private static AxisLayout slices(AxisLayout block, long count) {
        return new AxisLayout(count, block.axis(), block.inner(), block.outerStride(), block.axisStride());
    }

    @FunctionalInterface
    private interface Part {
        void run(long start, long count, double[] sums, int sumsAt);
    }

    private void parts(long length, long piece, int channels, int place, double[] sums, Part part) {
        if (sums == null) {
            kernels.split(length, piece, (start, count) -> part.run(start, count, null, 0));
            return;
        }
        double[][] partial = new double[(int) quotient(length, piece)][];
        kernels.split(length, piece, (start, count) -> {
            double[] own = new double[channels];
            part.run(start, count, own, 0);
            partial[(int) (start / piece)] = own;
        });
        for (double[] own : partial) {
            for (int c = 0; c < channels; c++) {
                sums[place + c] += own[c];
            }
        }
    }

    private void serve(AxisLayout part, int at, int place, double[] sums, int sumsAt) {
        RowKernels rows = kernels.rowKernels(part.count() / CHEAP);
        if (!(x instanceof short[])) {
            rows.prelu(part, alpha, place, x, dy, out, at, sums, sumsAt);
            return;
        }
        Room taken = free.poll();
        Room room = taken == null ? new Room(Math.min(Room.SIZE, ((short[]) x).length)) : taken;
        ChannelCuts.each(part, Room.SIZE, (from, channel, outer, channels, inner) -> {
            AxisLayout dense = room.dense(outer, channels, inner);
            room.widen(type, (short[]) x, at + from, part, dense, room.x);
            if (dy != null) {
                room.widen(type, (short[]) dy, at + from, part, dense, room.dy);
            }
            float[] gradient = dy == null ? null : room.dy;
            rows.prelu(dense, alpha, place + channel, room.x, gradient, room.out, 0, sums, sumsAt + channel);
            room.narrow(type, dense, (short[]) out, at + from, part);
        });
        free.add(room);
    }

    /** For one thread at a time: 16-bit elements, widened. */
    private static final class Room {
        // So many of x, dy and out stay in the first-level cache.
        static final int SIZE = 2048;

        final float[] x;
        final float[] dy;
        final float[] out;
        private AxisLayout last;

        Room(int size) {
            x = new float[size];
            dy = new float[size];
            out = new float[size];
        }

        // Nearly always that of the piece before.
        AxisLayout dense(int outer, int channels, int inner) {
            if (last == null || last.outer() != outer || last.axis() != channels || last.inner() != inner) {
                last = new AxisLayout(outer, channels, inner, (long) channels * inner, inner);
            }
            return last;
        }

        // Short rows without gaps are copied as one.
        private static int run(AxisLayout lying, AxisLayout dense) {
            return (int) (lying.outerStride() == dense.outerStride() ? dense.count() : dense.outerStride());
        }

        void widen(ElementType type, short[] from, int at, AxisLayout lying, AxisLayout dense, float[] to) {
            int run = run(lying, dense);
            for (int o = 0; o * run < dense.count(); o++) {
                NarrowFloats.widen(type, from, at + (int) (o * lying.outerStride()), to, o * run, run);
            }
        }

        void narrow(ElementType type, AxisLayout dense, short[] to, int at, AxisLayout lying) {
            int run = run(lying, dense);
            for (int o = 0; o * run < dense.count(); o++) {
                NarrowFloats.narrow(type, out, o * run, to, at + (int) (o * lying.outerStride()), run);
            }
        }
    }
}
