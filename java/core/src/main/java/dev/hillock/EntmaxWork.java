package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.kernel.Ranges;
import dev.hillock.kernel.Simplex;

/** entmax with alpha = 1.5, row by row. */
final class EntmaxWork implements AxisWork {
    private final Simplex simplex = new Simplex();

    // Whether there is a projection; else the row of out is NaN.
    private boolean project(Object x, int xAt, int stride, int n, Object out, int outAt) {
        boolean found = simplex.entmax(x, xAt, stride, n);
        if (!found) {
            Ranges.fill(out, outAt, stride, n, Double.NaN);
        }
        return found;
    }

    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        int n = (int) slab.rows().axis();
        int stride = (int) slab.rows().inner();
        for (int r = 0; r < slab.rows().outer() * stride; r++) {
            int at = r / stride * n * stride + r % stride;
            if (project(x, xAt + at, stride, n, y, yAt + at)) {
                simplex.write(true, y, yAt + at, stride, n);
            }
        }
    }

    // The gradient is weighted by the root of y.
    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        int n = (int) slab.rows().axis();
        int stride = (int) slab.rows().inner();
        for (int r = 0; r < slab.rows().outer() * stride; r++) {
            int at = r / stride * n * stride + r % stride;
            if (project(x, xAt + at, stride, n, dx, dxAt + at)) {
                simplex.writeGradient(dy, dyAt + at, dx, dxAt + at, stride, n);
            }
        }
    }
}
