package dev.hillock.engine;

import dev.hillock.catalogue.LossKernel;

/** An engine's element-wise losses of floats. */
public interface LossKernels {
    /** The kernels of an engine that has none. */
    LossKernels NONE = new LossKernels() {
        @Override
        public boolean available() {
            return false;
        }

        @Override
        public double run(
                LossKernel loss,
                double[] p,
                float[] x,
                int xOffset,
                float[] t,
                int tOffset,
                float[] weight,
                float[] terms,
                int termsOffset,
                float[] dx,
                int dxOffset,
                double scale,
                int length) {
            throw new IllegalStateException("this engine has no losses");
        }
    };

    /** Whether there are any; an engine that has one has all. */
    boolean available();

    /**
     * The sum of {@code weight[i] value(x[i], t[i])}, each rounded to float: term i is added to lane i mod 16, in double,
     * the lanes at the end by halves.
     *
     * @param p the kernel's parameters, as {@link LossKernel#parameters} makes them
     * @param x read
     * @param t read: targets
     * @param weight read from its start; null for 1
     * @param terms written, unless it is null: what is added up
     * @param dx written, unless it is null: {@code scale weight[i] gradient(x[i], t[i])}; may be x or t
     * @param length elements; few enough for one critical section
     */
    double run(
            LossKernel loss,
            double[] p,
            float[] x,
            int xOffset,
            float[] t,
            int tOffset,
            float[] weight,
            float[] terms,
            int termsOffset,
            float[] dx,
            int dxOffset,
            double scale,
            int length);
}
