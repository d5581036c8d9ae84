package dev.hillock.onednn;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.Availability;
import dev.hillock.engine.Engines;
import dev.hillock.onednn.DenseProducts.Block;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;

/**
 * A dense layer y = f(x w<sup>T</sup> + b) and its gradients: an immutable value, safe to share between threads; the
 * weights are yours.
 *
 * <pre>{@code
 * Dense layer = Dense.of(64, 128);
 * layer.forward(rows, x, w, b, z);                      // z = x w^T + b
 * gelu.forward(z, y);
 * gelu.backward(z, dy, dz);
 * layer.backwardWeights(rows, x, dz, dw);
 * layer.backwardBias(rows, dz, db);
 * layer.backwardInput(rows, w, dz, dx);
 * }</pre>
 *
 * <p>Matrices are row-major at the start of their arrays: x and dx [rows, inputs], w and dw [outputs, inputs], y and dy
 * [rows, outputs], b and db [outputs]. The array that is written must be another one than those that are read.
 *
 * <p>Products run in oneDNN where it is available, else in plain Java; {@link #engine} asks for one of them. Results are
 * oneDNN's or Java's float sums, equal for any number of threads, but not the same bits on every machine.
 *
 * <p>Arguments are checked before anything is written: {@link NullPointerException} names the missing one, {@link
 * IllegalArgumentException} says which array is too short for the rows or is both read and written.
 */
public final class Dense {
    // Sums over more than this many terms are made of partial sums, added in order.
    private static final int DEPTH = 256;
    // Elements of dy per crossing into native code.
    private static final int BIAS_CROSSING = 1 << 18;
    private static final double[] NO_PARAMETERS = {};

    private final int inputs;
    private final int outputs;
    private final Engine engine;
    private final DenseProducts products;
    private final Activation activation;
    private final boolean fused;
    private final ForkJoinPool pool;
    private final int threads;

    private Dense(int inputs, int outputs, Engine engine, Activation activation, ForkJoinPool pool, int threads) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.engine = engine;
        this.products = products(engine);
        this.activation = activation;
        this.fused = activation != null && engine == Engine.ONEDNN;
        this.pool = pool;
        this.threads = threads;
        if (fused
                && !Engines.get(Engine.ONEDNN)
                        .supports(
                                activation.function(),
                                ElementType.FLOAT32,
                                Direction.FORWARD,
                                activation.parameters())) {
            throw new IllegalArgumentException("engine onednn has no " + activation);
        }
    }

    private static DenseProducts products(Engine engine) {
        if (engine == Engine.SCALAR) {
            return new JavaProducts();
        }
        if (engine != Engine.AUTO && engine != Engine.ONEDNN) {
            throw new IllegalArgumentException(
                    "engine " + engine.word() + " has no dense layers (known: auto, onednn, scalar)");
        }
        OneDnnEngine oneDnn = new OneDnnEngine();
        Availability availability = oneDnn.availability();
        if (availability.isAvailable()) {
            return new OneDnnProducts(oneDnn);
        }
        if (engine == Engine.ONEDNN) {
            throw new IllegalStateException(
                    "engine onednn is not available: " + availability.reason(), availability.cause());
        }
        return new JavaProducts();
    }

    /**
     * A layer without activation, on the calling thread, by oneDNN where it is available.
     *
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Dense of(int inputs, int outputs) {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a dense layer needs at least one input and one output, not " + inputs + " and " + outputs);
        }
        return new Dense(inputs, outputs, Engine.AUTO, null, ForkJoinPool.commonPool(), 1);
    }

    /**
     * The same layer followed by an activation, for results alone: the gradients of this class are those of the products.
     * To train, leave it out and run the activation yourself, because its backward reads its input. With {@code ONEDNN}
     * asked for by name it is fused into oneDNN's product, with oneDNN's results; otherwise it runs as {@link
     * Kernels#defaults()} would.
     *
     * @throws IllegalArgumentException if {@code ONEDNN} is asked for and does not have it
     */
    public Dense activation(Activation f) {
        return new Dense(inputs, outputs, engine, Objects.requireNonNull(f, "f"), pool, threads);
    }

    /**
     * The same layer by {@code ONEDNN}, by {@code SCALAR} (plain Java), or by the better of the two that is available
     * ({@code AUTO}).
     *
     * @throws IllegalStateException with the reason if the engine is not available
     * @throws IllegalArgumentException if the engine has no dense layers
     */
    public Dense engine(Engine value) {
        return new Dense(inputs, outputs, Objects.requireNonNull(value, "engine"), activation, pool, threads);
    }

    /**
     * The same layer on up to this many threads: the caller's and others of the pool. The results stay the same.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Dense threads(ForkJoinPool value, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + number);
        }
        return new Dense(inputs, outputs, engine, activation, Objects.requireNonNull(value, "pool"), number);
    }

    /** The number of inputs. */
    public int inputs() {
        return inputs;
    }

    /** The number of outputs. */
    public int outputs() {
        return outputs;
    }

    /** Whether oneDNN computes the products. */
    public boolean usesOneDnn() {
        return products instanceof OneDnnProducts;
    }

    /**
     * y = f(x w<sup>T</sup> + b).
     *
     * @param x read: [rows, inputs]
     * @param w read: [outputs, inputs]
     * @param b read: [outputs]; null for none
     * @param y written: [rows, outputs]
     */
    public void forward(int rows, float[] x, float[] w, float[] b, float[] y) {
        matrix("x", x, rows, inputs);
        matrix("w", w, outputs, inputs);
        if (b != null) {
            matrix("b", b, 1, outputs);
        }
        matrix("y", y, rows, outputs);
        apart("y", y, "x", x);
        apart("y", y, "w", w);
        apart("y", y, "b", b);
        if (rows == 0) {
            return;
        }
        new Tiles(rows, outputs, inputs)
                .run(
                        pool,
                        threads,
                        (row, rowCount, column, columnCount) -> products.forward(
                                new Block(rowCount, inputs, columnCount, inputs, outputs),
                                fused ? activation.function() : null,
                                fused ? activation.parameters() : NO_PARAMETERS,
                                x,
                                row * inputs,
                                w,
                                column * inputs,
                                b,
                                column,
                                y,
                                row * outputs + column));
        if (activation != null && !fused) {
            Kernels.defaults().forward(activation, y, 0, y, 0, rows * outputs);
        }
    }

    /**
     * dx = dy w.
     *
     * @param w read: [outputs, inputs]
     * @param dy read: [rows, outputs]
     * @param dx written: [rows, inputs]
     */
    public void backwardInput(int rows, float[] w, float[] dy, float[] dx) {
        matrix("w", w, outputs, inputs);
        matrix("dy", dy, rows, outputs);
        matrix("dx", dx, rows, inputs);
        apart("dx", dx, "w", w);
        apart("dx", dx, "dy", dy);
        if (rows == 0) {
            return;
        }
        new Tiles(rows, inputs, Math.min(outputs, DEPTH)).run(pool, threads, (row, rowCount, column, columnCount) -> {
            for (int output = 0; output < outputs; output += DEPTH) {
                products.backwardInput(
                        new Block(rowCount, columnCount, Math.min(DEPTH, outputs - output), inputs, outputs),
                        output > 0,
                        w,
                        output * inputs + column,
                        dy,
                        row * outputs + output,
                        dx,
                        row * inputs + column);
            }
        });
    }

    /**
     * dw = dy<sup>T</sup> x, summed over the rows.
     *
     * @param x read: [rows, inputs]
     * @param dy read: [rows, outputs]
     * @param dw written: [outputs, inputs]
     */
    public void backwardWeights(int rows, float[] x, float[] dy, float[] dw) {
        matrix("x", x, rows, inputs);
        matrix("dy", dy, rows, outputs);
        matrix("dw", dw, outputs, inputs);
        apart("dw", dw, "x", x);
        apart("dw", dw, "dy", dy);
        if (rows == 0) {
            Arrays.fill(dw, 0, outputs * inputs, 0);
            return;
        }
        new Tiles(outputs, inputs, Math.min(rows, DEPTH))
                .run(pool, threads, (output, outputCount, column, columnCount) -> {
                    for (int row = 0; row < rows; row += DEPTH) {
                        products.backwardWeights(
                                new Block(Math.min(DEPTH, rows - row), columnCount, outputCount, inputs, outputs),
                                row > 0,
                                x,
                                row * inputs + column,
                                dy,
                                row * outputs + output,
                                dw,
                                output * inputs + column);
                    }
                });
    }

    /**
     * db = the sum of dy over the rows.
     *
     * @param dy read: [rows, outputs]
     * @param db written: [outputs]
     */
    public void backwardBias(int rows, float[] dy, float[] db) {
        matrix("dy", dy, rows, outputs);
        matrix("db", db, 1, outputs);
        apart("db", db, "dy", dy);
        int step = Math.max(1, BIAS_CROSSING / outputs);
        if (rows == 0) {
            Arrays.fill(db, 0, outputs, 0);
        }
        for (int row = 0; row < rows; row += step) {
            products.backwardBias(
                    new Block(Math.min(step, rows - row), inputs, outputs, inputs, outputs),
                    row > 0,
                    dy,
                    row * outputs,
                    db);
        }
    }

    private static void matrix(String name, float[] array, int rows, int columns) {
        Objects.requireNonNull(array, name);
        if (rows < 0) {
            throw new IllegalArgumentException("rows must not be negative, but is " + rows);
        }
        if (array.length < (long) rows * columns) {
            throw new IllegalArgumentException(name + " has " + array.length + " elements, [" + rows + ", " + columns
                    + "] needs " + (long) rows * columns);
        }
    }

    private static void apart(String name, float[] written, String other, float[] read) {
        if (written == read) {
            throw new IllegalArgumentException(name + " and " + other + " are the same array");
        }
    }
}
