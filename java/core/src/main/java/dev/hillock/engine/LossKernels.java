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
        public double run(LossKernel loss, double[] p, LossOperands o, double scale) {
            throw new IllegalStateException("this engine has no losses");
        }
    };

    /** Whether there are any; an engine that has one has all. */
    boolean available();

    /**
     * The sum of {@code weight[i] value(x[i], t[i])}, each rounded to float: term i is added to lane i mod 16, in double,
     * the lanes at the end by halves. The gradient is {@code scale weight[i] gradient(x[i], t[i])}.
     *
     * @param p the kernel's parameters, as {@link LossKernel#parameters} makes them
     * @param o few enough elements for one critical section
     */
    double run(LossKernel loss, double[] p, LossOperands o, double scale);
}
