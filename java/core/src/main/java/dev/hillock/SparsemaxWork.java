package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.engine.RowKernels;
import dev.hillock.kernel.Ranges;

/** sparsemax; its gradient needs of x only where y is above 0. */
final class SparsemaxWork implements AxisWork {
    private final RowKernels kernels;
    private Object y;

    SparsemaxWork(RowKernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        kernels.sparsemax(slab.dense(), x, xAt, y, yAt);
    }

    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        AxisLayout rows = slab.dense();
        y = Ranges.room(y, x, (int) rows.count());
        kernels.sparsemax(rows, x, xAt, y, 0);
        kernels.sparsemaxBackward(rows, y, 0, dy, dyAt, dx, dxAt);
    }
}
