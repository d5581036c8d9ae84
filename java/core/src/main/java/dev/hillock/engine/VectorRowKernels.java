package dev.hillock.engine;

import dev.hillock.kernel.VectorGumbel;

/** Operations over an axis on the Vector API where that gains something: the noise's logarithms. */
final class VectorRowKernels extends ScalarRowKernels {
    @Override
    public void addGumbel(long seed, long index, long indexStride, int rows, int columns, float[] z) {
        VectorGumbel.add(seed, index, indexStride, rows, columns, z);
    }
}
