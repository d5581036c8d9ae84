package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.kernel.ActivationCounts;
import dev.hillock.kernel.DropMask;
import dev.hillock.kernel.Maxima;
import dev.hillock.kernel.ScalarGumbel;
import dev.hillock.kernel.ScalarPrelu;
import dev.hillock.kernel.Simplex;

/** Operations over an axis in plain Java, with the native kernels' bits; for engines that have some of their own. */
public class ScalarRowKernels implements RowKernels {
    static final RowKernels INSTANCE = new ScalarRowKernels();

    /** What has no state. */
    protected ScalarRowKernels() {}

    // Of one call.
    Simplex simplex() {
        return new Simplex();
    }

    @FunctionalInterface
    private interface Row {
        void at(int offset);
    }

    private static void each(AxisLayout rows, Row row) {
        for (long o = 0; o < rows.outer(); o++) {
            for (int column = 0; column < rows.inner(); column++) {
                row.at((int) (o * rows.outerStride()) + column);
            }
        }
    }

    @Override
    public void sparsemax(AxisLayout rows, Object x, int xAt, Object y, int yAt) {
        Simplex simplex = simplex();
        int n = (int) rows.axis();
        int stride = (int) rows.axisStride();
        each(rows, at -> simplex.sparsemax(x, xAt + at, y, yAt + at, stride, n));
    }

    @Override
    public void sparsemaxBackward(AxisLayout rows, Object y, int yAt, Object dy, int dyAt, Object dx, int dxAt) {
        Simplex simplex = simplex();
        int n = (int) rows.axis();
        int stride = (int) rows.axisStride();
        each(rows, at -> simplex.sparsemaxBackward(y, yAt + at, dy, dyAt + at, dx, dxAt + at, stride, n));
    }

    @Override
    public void maxout(AxisLayout groups, Object x, int xAt, Object y, int yAt) {
        Maxima.ofGroups(groups, x, xAt, y, yAt);
    }

    @Override
    public void maxoutBackward(AxisLayout groups, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        int k = (int) groups.axis();
        int stride = (int) groups.axisStride();
        int columns = (int) groups.inner();
        for (int o = 0; o < groups.outer(); o++) {
            int at = (int) (o * groups.outerStride());
            Maxima.spread(x, xAt + at, stride, k, columns, dy, dyAt + o * columns, dx, dxAt + at);
        }
    }

    @Override
    public void addGumbel(long seed, long index, long indexStride, int rows, int columns, float[] z) {
        ScalarGumbel.add(seed, index, indexStride, rows, columns, z);
    }

    @Override
    public void drop(DropMask mask, long index, float[] values, int at, int n) {
        mask.apply(index, values, at, n);
    }

    @Override
    public void count(ActivationCounts counts, float[] y, int at, float[] slopes, int n) {
        counts.add(y, at, slopes, 0, n);
    }

    @Override
    public void prelu(
            AxisLayout channels,
            Object alpha,
            int alphaAt,
            Object x,
            Object dy,
            Object out,
            int at,
            double[] sums,
            int sumsAt) {
        if (x instanceof float[] floats) {
            ScalarPrelu.run(channels, (float[]) alpha, alphaAt, floats, (float[]) dy, (float[]) out, at, sums, sumsAt);
        } else {
            ScalarPrelu.run(
                    channels, (double[]) alpha, alphaAt, (double[]) x, (double[]) dy, (double[]) out, at, sums, sumsAt);
        }
    }
}
