package dev.hillock.lab.net;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.lab.product.DenseKernels;
import dev.hillock.lab.product.JavaDenseKernels;
import dev.hillock.lab.product.OneDnnDenseKernels;
import dev.hillock.lab.product.Parallel;

/**
 * What a network computes on: the kernels for its activations, the products for its dense layers, the threads. It
 * serves one training at a time and adds up the time its activations take.
 */
public final class Compute implements AutoCloseable {
    // Elements per piece of an activation's work.
    private static final int PIECE = 1 << 15;

    private final Kernels kernels;
    private final DenseKernels dense;
    private final Parallel parallel;
    private long activationNanos;

    private Compute(Kernels kernels, Parallel parallel, DenseKernels dense) {
        this.kernels = kernels;
        this.parallel = parallel;
        this.dense = dense;
    }

    /**
     * Activations on an engine, dense layers by oneDNN where it is available and else in Java, on this many threads.
     *
     * @throws IllegalStateException with the reason if the engine is not available
     */
    public static Compute on(Engine engine, int threads) {
        Kernels kernels = Kernels.builder().engine(engine).threads(1).build();
        // The first call finds the engines and loads their library, which is no activation's work.
        kernels.forward(Activation.identity(), new float[1], new float[1]);
        Parallel parallel = new Parallel(threads);
        DenseKernels dense =
                OneDnnDenseKernels.isAvailable() ? new OneDnnDenseKernels(threads) : new JavaDenseKernels(parallel);
        return new Compute(kernels, parallel, dense);
    }

    /** Activations on kernels, products and threads of your own. */
    public static Compute of(Kernels kernels, DenseKernels dense, Parallel parallel) {
        return new Compute(kernels, parallel, dense);
    }

    /** {@code AUTO} on one thread. */
    public static Compute defaults() {
        return on(Engine.AUTO, 1);
    }

    /** The products of dense layers. */
    public DenseKernels dense() {
        return dense;
    }

    /** The kernels that activations run on. */
    public Kernels kernels() {
        return kernels;
    }

    /** The threads. */
    public Parallel parallel() {
        return parallel;
    }

    /** y = f(x) over length elements. */
    public void forward(Activation f, int length, float[] x, float[] y) {
        long start = System.nanoTime();
        parallel.forEach(pieces(length), i -> kernels.forward(f, x, i * PIECE, y, i * PIECE, piece(length, i)));
        activationNanos += System.nanoTime() - start;
    }

    /** dx = dy f'(x) over length elements. */
    public void backward(Activation f, int length, float[] x, float[] dy, float[] dx) {
        long start = System.nanoTime();
        parallel.forEach(
                pieces(length), i -> kernels.backward(f, x, i * PIECE, dy, i * PIECE, dx, i * PIECE, piece(length, i)));
        activationNanos += System.nanoTime() - start;
    }

    /** Work of an activation that is not one of the two above, on the caller's thread. */
    void timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        activationNanos += System.nanoTime() - start;
    }

    /** The time spent in activation kernels so far. */
    public long activationNanos() {
        return activationNanos;
    }

    private static int pieces(int length) {
        return (length + PIECE - 1) / PIECE;
    }

    private static int piece(int length, int index) {
        return Math.min(PIECE, length - index * PIECE);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        parallel.close();
    }
}
