package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.Engine;
import dev.hillock.kernel.ActivationCounts;
import dev.hillock.kernel.DropMask;
import dev.hillock.kernel.Ranges;
import java.util.Arrays;

/** Operations over an axis whose calls are judged by the bits of plain Java. */
final class CheckedRowKernels implements RowKernels {
    private final RowKernels kernels;
    private final RowKernels twin = ScalarRowKernels.INSTANCE;
    private final String engine;
    private final ShadowCheck check;

    CheckedRowKernels(RowKernels kernels, Engine engine, ShadowCheck check) {
        this.kernels = kernels;
        this.engine = " on " + engine.word();
        this.check = check;
    }

    @Override
    public void sparsemax(AxisLayout rows, Object x, int xAt, Object y, int yAt) {
        Object expected = null;
        if (check.isDue()) {
            expected = room(rows, y);
            twin.sparsemax(rows, x, xAt, expected, 0);
        }
        kernels.sparsemax(rows, x, xAt, y, yAt);
        require("sparsemax", rows, expected, y, yAt);
    }

    @Override
    public void sparsemaxBackward(AxisLayout rows, Object y, int yAt, Object dy, int dyAt, Object dx, int dxAt) {
        Object expected = null;
        if (check.isDue()) {
            expected = room(rows, dx);
            twin.sparsemaxBackward(rows, y, yAt, dy, dyAt, expected, 0);
        }
        kernels.sparsemaxBackward(rows, y, yAt, dy, dyAt, dx, dxAt);
        require("sparsemax backward", rows, expected, dx, dxAt);
    }

    @Override
    public void maxout(AxisLayout groups, Object x, int xAt, Object y, int yAt) {
        AxisLayout largest = new AxisLayout(groups.outer(), 1, groups.inner(), groups.inner(), groups.inner());
        Object expected = null;
        if (check.isDue()) {
            expected = room(largest, y);
            twin.maxout(groups, x, xAt, expected, 0);
        }
        kernels.maxout(groups, x, xAt, y, yAt);
        require("maxout", largest, expected, y, yAt);
    }

    @Override
    public void maxoutBackward(AxisLayout groups, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        Object expected = null;
        if (check.isDue()) {
            expected = room(groups, dx);
            twin.maxoutBackward(groups, x, xAt, dy, dyAt, expected, 0);
        }
        kernels.maxoutBackward(groups, x, xAt, dy, dyAt, dx, dxAt);
        require("maxout backward", groups, expected, dx, dxAt);
    }

    @Override
    public void addGumbel(long seed, long index, long indexStride, int rows, int columns, float[] z) {
        int n = rows * columns;
        float[] expected = null;
        if (check.isDue()) {
            expected = Arrays.copyOf(z, n);
            twin.addGumbel(seed, index, indexStride, rows, columns, expected);
        }
        kernels.addGumbel(seed, index, indexStride, rows, columns, z);
        require("Gumbel noise", expected, z, 0, n);
    }

    @Override
    public void drop(DropMask mask, long index, float[] values, int at, int n) {
        float[] expected = null;
        if (check.isDue()) {
            expected = Arrays.copyOfRange(values, at, at + n);
            twin.drop(mask, index, expected, 0, n);
        }
        kernels.drop(mask, index, values, at, n);
        require("dropout", expected, values, at, n);
    }

    @Override
    public void count(ActivationCounts counts, float[] y, int at, float[] slopes, int n) {
        if (check.isDue()) {
            ActivationCounts expected = new ActivationCounts(counts.flat());
            ActivationCounts got = new ActivationCounts(counts.flat());
            twin.count(expected, y, at, slopes, n);
            kernels.count(got, y, at, slopes, n);
            require("statistics", numbers(expected), numbers(got), 0, numbers(got).length);
        }
        kernels.count(counts, y, at, slopes, n);
    }

    private static double[] numbers(ActivationCounts c) {
        return new double[] {c.zeros(), c.saturated(), c.nans(), c.least(), c.most(), c.sum()};
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
        Object expected = null;
        double[] expectedSums = null;
        if (check.isDue()) {
            expectedSums = sums == null ? null : sums.clone();
            expected = Ranges.like(out, at + (int) channels.highest());
            twin.prelu(channels, alpha, alphaAt, x, dy, expected, at, expectedSums, sumsAt);
        }
        kernels.prelu(channels, alpha, alphaAt, x, dy, out, at, sums, sumsAt);
        if (expected != null) {
            String what = "prelu" + (dy == null ? "" : " backward") + engine;
            SameBits.require(what, channels, expected, at, out, at);
            if (sums != null) {
                int n = (int) channels.axis();
                SameBits.require(what + ", dAlpha,", expectedSums, sumsAt, sums, sumsAt, n, 0);
            }
        }
    }

    private static Object room(AxisLayout layout, Object like) {
        return Ranges.like(like, (int) layout.highest());
    }

    // Nothing where nothing is expected.
    private void require(String what, AxisLayout layout, Object expected, Object got, int gotAt) {
        if (expected != null) {
            SameBits.require(what + engine, layout, expected, 0, got, gotAt);
        }
    }

    private void require(String what, Object expected, Object got, int gotAt, int n) {
        if (expected != null) {
            SameBits.require(what + engine, expected, 0, got, gotAt, n, 0);
        }
    }
}
