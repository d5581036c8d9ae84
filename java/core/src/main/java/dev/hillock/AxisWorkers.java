package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.kernel.Ranges;
import java.util.function.Supplier;

/** Sends the slabs of dense arrays to work, on as many threads as there may be. */
final class AxisWorkers {
    // Below this many elements a second thread comes too late to help.
    private static final long SPLIT_FROM = 1 << 16;
    private static final int SLABS_OF_A_PIECE = 4;

    private final Kernels kernels;
    private final Supplier<AxisWork> workers;

    AxisWorkers(Kernels kernels, Supplier<AxisWork> workers) {
        this.kernels = kernels;
        this.workers = workers;
    }

    @FunctionalInterface
    private interface Each {
        void slab(AxisWork work, Slab slab);
    }

    /** y, laid out as out, from x, laid out as in. */
    void forward(AxisLayout in, AxisLayout out, Object x, Object y) {
        each(in, (work, slab) -> {
            Slab written = slab.along(out);
            if (slab.isWhole()) {
                work.forward(slab, x, (int) slab.offset(), y, (int) written.offset());
                return;
            }
            Object result = Ranges.like(y, (int) written.rows().count());
            work.forward(slab, gathered(slab, x), 0, result, 0);
            scatter(written, result, y);
        });
    }

    /** dx, laid out as in, from x, laid out as in, and dy, laid out as out. */
    void backward(AxisLayout in, AxisLayout out, Object x, Object dy, Object dx) {
        each(in, (work, slab) -> {
            Slab read = slab.along(out);
            int at = (int) slab.offset();
            if (slab.isWhole()) {
                work.backward(slab, x, at, dy, (int) read.offset(), dx, at);
                return;
            }
            Object result = gathered(slab, x);
            work.backward(slab, result, 0, gathered(read, dy), 0, result, 0);
            scatter(slab, result, dx);
        });
    }

    private void each(AxisLayout in, Each each) {
        AxisSlabs slabs = AxisSlabs.of(in, AxisWork.SLAB);
        long piece = in.count() < SPLIT_FROM || kernels.threads() == 1 ? slabs.count() : SLABS_OF_A_PIECE;
        kernels.split(slabs.count(), piece, (start, count) -> {
            AxisWork work = workers.get();
            for (long i = start; i < start + count; i++) {
                each.slab(work, slabs.at(i));
            }
        });
    }

    // A slab without all columns is of one slice.
    private static Object gathered(Slab slab, Object from) {
        AxisLayout rows = slab.rows();
        int columns = (int) rows.inner();
        Object dense = Ranges.like(from, (int) rows.count());
        for (int i = 0; i < rows.axis(); i++) {
            Ranges.copy(from, (int) (slab.offset() + i * rows.axisStride()), dense, i * columns, columns);
        }
        return dense;
    }

    private static void scatter(Slab slab, Object dense, Object to) {
        AxisLayout rows = slab.rows();
        int columns = (int) rows.inner();
        for (int i = 0; i < rows.axis(); i++) {
            Ranges.copy(dense, i * columns, to, (int) (slab.offset() + i * rows.axisStride()), columns);
        }
    }
}
