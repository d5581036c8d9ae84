package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.engine.RowKernels;

/** The maximum of each k neighbours along the axis; the gradient goes to the first of the largest. */
final class MaxoutWork implements AxisWork {
    private final int k;
    private final RowKernels kernels;

    MaxoutWork(int k, RowKernels kernels) {
        this.k = k;
        this.kernels = kernels;
    }

    // With a group as the axis.
    private AxisLayout groups(Slab slab) {
        AxisLayout rows = slab.dense();
        long columns = rows.inner();
        return new AxisLayout(rows.count() / (k * columns), k, columns, k * columns, columns);
    }

    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        kernels.maxout(groups(slab), x, xAt, y, yAt);
    }

    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        kernels.maxoutBackward(groups(slab), x, xAt, dy, dyAt, dx, dxAt);
    }
}
