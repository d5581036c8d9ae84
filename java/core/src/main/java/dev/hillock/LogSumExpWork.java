package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.AxisKernels;
import dev.hillock.kernel.Ranges;

/** The logarithm of the sum of e^x over each row; its gradient is the softmax of the row times dy. */
final class LogSumExpWork implements AxisWork {
    private final ElementType type;
    private final AxisKernels kernels;

    LogSumExpWork(ElementType type, AxisKernels kernels) {
        this.type = type;
        this.kernels = kernels;
    }

    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        kernels.logSums(slab.dense(), x, xAt, y, yAt);
    }

    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        AxisLayout rows = slab.dense();
        kernels.run(SoftmaxWork.SOFTMAX, type, Direction.FORWARD, 1, rows, x, xAt, x, xAt, dx, dxAt);
        int columns = (int) rows.inner();
        int axis = (int) rows.axis();
        for (int r = 0; r < rows.outer(); r++) {
            int at = dxAt + r * axis * columns;
            if (columns == 1) {
                Ranges.scale(dx, at, axis, Ranges.get(dy, dyAt + r));
                continue;
            }
            for (int i = 0; i < axis; i++) {
                Ranges.multiply(dx, at + i * columns, dy, dyAt + r * columns, columns);
            }
        }
    }
}
