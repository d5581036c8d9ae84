package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.kernel.Maxima;
import dev.hillock.kernel.Ranges;

/** 1 at the first maximum of each row and 0 elsewhere; NaN in a row with a NaN. */
final class HardmaxWork implements AxisWork {
    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        int n = (int) slab.rows().axis();
        int stride = (int) slab.rows().inner();
        for (int r = 0; r < slab.rows().outer() * stride; r++) {
            int at = r / stride * n * stride + r % stride;
            int first = at + Maxima.first(x, xAt + at, stride, n) * stride;
            boolean number = !Double.isNaN(Ranges.get(x, xAt + first));
            Ranges.fill(y, yAt + at, stride, n, number ? 0 : Double.NaN);
            if (number) {
                Ranges.set(y, yAt + first, 1);
            }
        }
    }

    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        Ranges.fill(dx, dxAt, (int) slab.rows().count(), 0);
    }
}
