package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.kernel.NarrowFloats;
import dev.hillock.kernel.Ranges;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Sends the slabs of dense arrays to work, on as many threads as there may be. A slab that does not lie without gaps, or
 * whose elements have 16 bits, is worked on in memory of the thread's own, which does not grow with the arrays.
 */
final class AxisWorkers {
    // Below this many elements a second thread comes too late to help.
    private static final long SPLIT_FROM = 1 << 16;
    private static final int SLABS_OF_A_PIECE = 4;
    // What 16-bit elements are widened to an array of.
    private static final float[] NONE = {};

    private final Kernels kernels;
    private final ElementType type;
    private final Supplier<AxisWork> works;
    private final ConcurrentLinkedQueue<Worker> free = new ConcurrentLinkedQueue<>();

    /** Workers for one call on elements of a type. */
    AxisWorkers(Kernels kernels, ElementType type, Supplier<AxisWork> works) {
        this.kernels = kernels;
        this.type = type;
        this.works = works;
    }

    // For one thread at a time: its work, and the arrays of slabs that do not stay where they are.
    private static final class Worker {
        final AxisWork work;
        Object x;
        Object dy;
        Object y;

        Worker(AxisWork work) {
            this.work = work;
        }
    }

    @FunctionalInterface
    private interface Each {
        void slab(Worker worker, Slab slab);
    }

    private static boolean staysInPlace(Slab slab, Object array) {
        return slab.isWhole() && !(array instanceof short[]);
    }

    /** y, laid out as out, from x, laid out as in. */
    void forward(AxisLayout in, AxisLayout out, Object x, Object y) {
        each(in, (worker, slab) -> {
            Slab written = slab.along(out);
            if (staysInPlace(slab, x)) {
                worker.work.forward(slab, x, (int) slab.offset(), y, (int) written.offset());
                return;
            }
            worker.x = gathered(slab, x, worker.x);
            worker.y = Ranges.room(worker.y, worker.x, (int) written.rows().count());
            worker.work.forward(slab, worker.x, 0, worker.y, 0);
            scatter(written, worker.y, y);
        });
    }

    /** dx, laid out as in, from x, laid out as in, and dy, laid out as out. */
    void backward(AxisLayout in, AxisLayout out, Object x, Object dy, Object dx) {
        each(in, (worker, slab) -> {
            Slab read = slab.along(out);
            int at = (int) slab.offset();
            if (staysInPlace(slab, x)) {
                worker.work.backward(slab, x, at, dy, (int) read.offset(), dx, at);
                return;
            }
            worker.x = gathered(slab, x, worker.x);
            worker.dy = gathered(read, dy, worker.dy);
            worker.work.backward(slab, worker.x, 0, worker.dy, 0, worker.x, 0);
            scatter(slab, worker.x, dx);
        });
    }

    private void each(AxisLayout in, Each each) {
        AxisSlabs slabs = AxisSlabs.of(in, AxisWork.SLAB);
        long piece = in.count() < SPLIT_FROM || kernels.threads() == 1 ? slabs.count() : SLABS_OF_A_PIECE;
        kernels.split(slabs.count(), piece, (start, count) -> {
            Worker taken = free.poll();
            Worker worker = taken == null ? new Worker(works.get()) : taken;
            for (long i = start; i < start + count; i++) {
                each.slab(worker, slabs.at(i));
            }
            free.add(worker);
        });
    }

    // A slab without all columns is of one slice.
    private static int runs(Slab slab) {
        return slab.isWhole() ? 1 : (int) slab.rows().axis();
    }

    // The slab without gaps, as it is computed: in the room, if it is there and large enough.
    private Object gathered(Slab slab, Object from, Object room) {
        AxisLayout rows = slab.rows();
        int run = (int) rows.count() / runs(slab);
        Object model = from instanceof short[] ? NONE : from;
        Object dense = Ranges.room(room, model, (int) rows.count());
        for (int i = 0; i < runs(slab); i++) {
            int at = (int) (slab.offset() + i * rows.axisStride());
            if (from instanceof short[] narrow) {
                NarrowFloats.widen(type, narrow, at, (float[]) dense, i * run, run);
            } else {
                Ranges.copy(from, at, dense, i * run, run);
            }
        }
        return dense;
    }

    private void scatter(Slab slab, Object dense, Object to) {
        AxisLayout rows = slab.rows();
        int run = (int) rows.count() / runs(slab);
        for (int i = 0; i < runs(slab); i++) {
            int at = (int) (slab.offset() + i * rows.axisStride());
            if (to instanceof short[] narrow) {
                NarrowFloats.narrow(type, (float[]) dense, i * run, narrow, at, run);
            } else {
                Ranges.copy(dense, i * run, to, at, run);
            }
        }
    }
}
