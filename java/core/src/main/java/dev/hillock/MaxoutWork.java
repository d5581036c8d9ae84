package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.kernel.Maxima;
import dev.hillock.kernel.Ranges;

/** The maximum of each k neighbours along the axis; the gradient goes to the first of the largest. */
final class MaxoutWork implements AxisWork {
    private final int k;
    private Object most;
    private Object next;

    MaxoutWork(int k) {
        this.k = k;
    }

    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        int n = (int) slab.rows().count();
        int columns = (int) slab.rows().inner();
        if (columns == 1) {
            Maxima.ofNeighbours(x, xAt, k, n, y, yAt);
            return;
        }
        most = Ranges.room(most, x, columns);
        next = Ranges.room(next, x, columns);
        for (int group = 0; group < n / (k * columns); group++) {
            int at = xAt + group * k * columns;
            Ranges.copy(x, at, most, 0, columns);
            for (int j = 1; j < k; j++) {
                Ranges.copy(x, at + j * columns, next, 0, columns);
                Ranges.larger(most, next, columns);
            }
            Ranges.copy(most, 0, y, yAt + group * columns, columns);
        }
    }

    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        int n = (int) slab.rows().count();
        int columns = (int) slab.rows().inner();
        for (int group = 0; group < n / (k * columns); group++) {
            int at = group * k * columns;
            Maxima.spread(x, xAt + at, columns, k, dy, dyAt + group * columns, dx, dxAt + at);
        }
    }
}
