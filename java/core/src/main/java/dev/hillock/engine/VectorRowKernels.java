package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.kernel.ActivationCounts;
import dev.hillock.kernel.DropMask;
import dev.hillock.kernel.Simplex;
import dev.hillock.kernel.VectorCounts;
import dev.hillock.kernel.VectorDoublePrelu;
import dev.hillock.kernel.VectorDropMask;
import dev.hillock.kernel.VectorGumbel;
import dev.hillock.kernel.VectorMaxima;
import dev.hillock.kernel.VectorPrelu;
import dev.hillock.kernel.VectorSimplex;

/** Operations over an axis on the Vector API, where that gains something. */
final class VectorRowKernels extends ScalarRowKernels {
    @Override
    Simplex simplex() {
        return new VectorSimplex();
    }

    @Override
    public void maxout(AxisLayout groups, Object x, int xAt, Object y, int yAt) {
        if (x instanceof float[] floats) {
            VectorMaxima.ofGroups(groups, floats, xAt, (float[]) y, yAt);
        } else {
            super.maxout(groups, x, xAt, y, yAt);
        }
    }

    @Override
    public void maxoutBackward(AxisLayout groups, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        if (x instanceof float[] floats) {
            VectorMaxima.spread(groups, floats, xAt, (float[]) dy, dyAt, (float[]) dx, dxAt);
        } else {
            super.maxoutBackward(groups, x, xAt, dy, dyAt, dx, dxAt);
        }
    }

    @Override
    public void addGumbel(long seed, long index, long indexStride, int rows, int columns, float[] z) {
        VectorGumbel.add(seed, index, indexStride, rows, columns, z);
    }

    @Override
    public void drop(DropMask mask, long index, float[] values, int at, int n) {
        if (VectorDropMask.isWorth()) {
            VectorDropMask.apply(mask, index, values, at, n);
        } else {
            super.drop(mask, index, values, at, n);
        }
    }

    @Override
    public void count(ActivationCounts counts, float[] y, int at, float[] slopes, int n) {
        VectorCounts.add(counts, y, at, slopes, n);
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
            VectorPrelu.run(channels, (float[]) alpha, alphaAt, floats, (float[]) dy, (float[]) out, at, sums, sumsAt);
        } else {
            VectorDoublePrelu.run(
                    channels, (double[]) alpha, alphaAt, (double[]) x, (double[]) dy, (double[]) out, at, sums, sumsAt);
        }
    }
}
