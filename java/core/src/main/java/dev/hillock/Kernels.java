package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.Settings;
import java.nio.FloatBuffer;
import java.util.concurrent.ForkJoinPool;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Runs activations on an engine of your choice: an immutable value, safe to share between threads.
 *
 * <pre>{@code
 * Kernels kernels = Kernels.builder().engine(Engine.NATIVE).build();
 * kernels.forward(Activation.gelu(), x, y);
 * }</pre>
 *
 * <p>Memory may be a {@code float[]}, a {@link FloatBuffer} (its elements from position to limit; position and limit are
 * left as they are), a JavaCPP {@link FloatPointer} (its elements from position to limit) or an address with a length.
 * Arguments are answered as {@link Activation} says; a closed pointer with {@link IllegalStateException}, a read-only
 * destination with {@link java.nio.ReadOnlyBufferException}.
 */
public final class Kernels {
    // Below this many elements a second thread comes too late to help; a piece stays in a second-level cache.
    private static final long SPLIT_FROM = 1 << 18;
    private static final long PIECE = 1 << 15;

    private final Engine engine;
    private final KernelEngine fixed;
    private final int threads;
    private final ForkJoinPool pool;

    private Kernels(Engine engine, int threads, ForkJoinPool pool) {
        this.engine = engine;
        this.fixed = engine == Engine.AUTO ? null : Engines.required(engine);
        this.threads = threads;
        this.pool = pool;
    }

    private static final class Defaults {
        static final Kernels INSTANCE = builder().build();
    }

    /** The kernels that the methods of {@link Activation} run on, configured by {@code hillock.engine} and others. */
    public static Kernels defaults() {
        return Defaults.INSTANCE;
    }

    /** A builder that starts from the configuration. */
    public static Builder builder() {
        return new Builder();
    }

    /** Chooses engine, threads and the pool they come from. */
    public static final class Builder {
        private Engine engine = Settings.engine();
        private int threads = Settings.threads();
        private ForkJoinPool pool = ForkJoinPool.commonPool();

        private Builder() {}

        /** The engine every call runs on; nothing else takes its place. */
        public Builder engine(Engine value) {
            Checks.notNull("engine", value);
            engine = value;
            return this;
        }

        /**
         * How many threads a call on a long array may use.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder threads(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("threads must be at least 1, not " + value);
            }
            threads = value;
            return this;
        }

        /** Where the threads beside the calling one come from; the common pool by default. */
        public Builder pool(ForkJoinPool value) {
            Checks.notNull("pool", value);
            pool = value;
            return this;
        }

        /**
         * The kernels.
         *
         * @throws IllegalStateException with the reason if the engine is not available
         */
        public Kernels build() {
            return new Kernels(engine, threads, pool);
        }
    }

    /** The engine that was asked for. */
    public Engine engine() {
        return engine;
    }

    /** The threads that a call may use. */
    public int threads() {
        return threads;
    }

    /** {@code y[i] = f(x[i])}: x read, y written, of equal length; y may be x. */
    public void forward(Activation f, float[] x, float[] y) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length, "x", x.length);
        run(f, Direction.FORWARD, x, 0, null, 0, y, 0, x.length);
    }

    /** {@code y[yOffset + i] = f(x[xOffset + i])} for length elements: x read, y written. */
    public void forward(Activation f, float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.range("x", length, xOffset, x.length);
        Checks.range("y", length, yOffset, y.length);
        Checks.noPartialOverlap("y", y, yOffset, "x", x, xOffset, length);
        run(f, Direction.FORWARD, x, xOffset, null, 0, y, yOffset, length);
    }

    /** {@code dx[i] = dy[i] f'(x[i])}: x and dy read, dx written, of equal length; dx may be x or dy. */
    public void backward(Activation f, float[] x, float[] dy, float[] dx) {
        backward(Direction.BACKWARD, f, x, dy, dx);
    }

    /** {@code dx[i] = dy[i] f'(x[i])} from y = f(x): y and dy read, dx written; dx may be y or dy. */
    public void backwardFromOutput(Activation f, float[] y, float[] dy, float[] dx) {
        backward(Direction.BACKWARD_FROM_OUTPUT, f, y, dy, dx);
    }

    private void backward(Direction direction, Activation f, float[] x, float[] dy, float[] dx) {
        String name = direction == Direction.BACKWARD ? "x" : "y";
        Checks.notNull(name, x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dy", dy.length, name, x.length);
        Checks.sameLength("dx", dx.length, name, x.length);
        run(f, direction, x, 0, dy, 0, dx, 0, x.length);
    }

    /** {@code dx = dy f'(x)} over ranges of length elements: x and dy read, dx written. */
    public void backward(
            Activation f, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        ranges(Direction.BACKWARD, f, x, xOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /** {@code dx = dy f'(x)} from y = f(x) over ranges of length elements: y and dy read, dx written. */
    public void backwardFromOutput(
            Activation f, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        ranges(Direction.BACKWARD_FROM_OUTPUT, f, y, yOffset, dy, dyOffset, dx, dxOffset, length);
    }

    private void ranges(
            Direction direction,
            Activation f,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int length) {
        String name = direction == Direction.BACKWARD ? "x" : "y";
        Checks.notNull(name, x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.range(name, length, xOffset, x.length);
        Checks.range("dy", length, dyOffset, dy.length);
        Checks.range("dx", length, dxOffset, dx.length);
        Checks.noPartialOverlap("dx", dx, dxOffset, name, x, xOffset, length);
        Checks.noPartialOverlap("dx", dx, dxOffset, "dy", dy, dyOffset, length);
        run(f, direction, x, xOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /** {@code y = f(x)} over the remaining elements of two buffers, equally many. */
    public void forward(Activation f, FloatBuffer x, FloatBuffer y) {
        Memory from = Memory.read("x", x);
        Memory to = Memory.written("y", y);
        memory(f, Direction.FORWARD, "x", from, null, "y", to);
    }

    /** {@code dx = dy f'(x)} over the remaining elements of three buffers, equally many. */
    public void backward(Activation f, FloatBuffer x, FloatBuffer dy, FloatBuffer dx) {
        memory(f, Direction.BACKWARD, "x", Memory.read("x", x), Memory.read("dy", dy), "dx", Memory.written("dx", dx));
    }

    /** {@code dx = dy f'(x)} from y = f(x), over the remaining elements of three buffers, equally many. */
    public void backwardFromOutput(Activation f, FloatBuffer y, FloatBuffer dy, FloatBuffer dx) {
        memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                "y",
                Memory.read("y", y),
                Memory.read("dy", dy),
                "dx",
                Memory.written("dx", dx));
    }

    /** {@code y = f(x)} over the elements of two pointers from position to limit, equally many. */
    public void forward(Activation f, FloatPointer x, FloatPointer y) {
        memory(f, Direction.FORWARD, "x", Memory.of("x", x), null, "y", Memory.of("y", y));
    }

    /** {@code dx = dy f'(x)} over the elements of three pointers from position to limit, equally many. */
    public void backward(Activation f, FloatPointer x, FloatPointer dy, FloatPointer dx) {
        memory(f, Direction.BACKWARD, "x", Memory.of("x", x), Memory.of("dy", dy), "dx", Memory.of("dx", dx));
    }

    /** {@code dx = dy f'(x)} from y = f(x), over the elements of three pointers, equally many. */
    public void backwardFromOutput(Activation f, FloatPointer y, FloatPointer dy, FloatPointer dx) {
        memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                "y",
                Memory.of("y", y),
                Memory.of("dy", dy),
                "dx",
                Memory.of("dx", dx));
    }

    /**
     * {@code y = f(x)} over length floats at two addresses outside the heap. The caller vouches for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void forward(Activation f, long xAddress, long yAddress, long length) {
        memory(
                f,
                Direction.FORWARD,
                "x",
                Memory.at("x", xAddress, length),
                null,
                "y",
                Memory.at("y", yAddress, length));
    }

    /**
     * {@code dx = dy f'(x)} over length floats at three addresses outside the heap. The caller vouches for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void backward(Activation f, long xAddress, long dyAddress, long dxAddress, long length) {
        memory(
                f,
                Direction.BACKWARD,
                "x",
                Memory.at("x", xAddress, length),
                Memory.at("dy", dyAddress, length),
                "dx",
                Memory.at("dx", dxAddress, length));
    }

    /**
     * {@code dx = dy f'(x)} from y = f(x), over length floats at three addresses outside the heap. The caller vouches
     * for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void backwardFromOutput(Activation f, long yAddress, long dyAddress, long dxAddress, long length) {
        memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                "y",
                Memory.at("y", yAddress, length),
                Memory.at("dy", dyAddress, length),
                "dx",
                Memory.at("dx", dxAddress, length));
    }

    /** {@code y = f(x)} along f's axis of a dense tensor: x read, y written, which may be x. */
    public void forward(AxisFunction f, float[] x, int[] shape, float[] y) {
        AxisCall.forward(f, layout(f, shape), Memory.of("x", x), Memory.of("y", y), fixed);
    }

    /** {@code dx} from {@code y = f(x)} and dy, along f's axis: y and dy read, dx written, which may be y or dy. */
    public void backward(AxisFunction f, float[] y, float[] dy, int[] shape, float[] dx) {
        AxisCall.backward(f, layout(f, shape), Memory.of("y", y), Memory.of("dy", dy), Memory.of("dx", dx), fixed);
    }

    /**
     * {@code y = f(x)} along the axis of a layout that x and y share, whose first elements lie at the offsets; f's own
     * axis is not used.
     */
    public void forward(AxisFunction f, AxisLayout layout, float[] x, int xOffset, float[] y, int yOffset) {
        AxisCall.forward(
                f, layout, Memory.within("x", x, xOffset, layout), Memory.within("y", y, yOffset, layout), fixed);
    }

    /** {@code dx} from {@code y = f(x)} and dy along the axis of a layout that all three share. */
    public void backward(
            AxisFunction f,
            AxisLayout layout,
            float[] y,
            int yOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset) {
        AxisCall.backward(
                f,
                layout,
                Memory.within("y", y, yOffset, layout),
                Memory.within("dy", dy, dyOffset, layout),
                Memory.within("dx", dx, dxOffset, layout),
                fixed);
    }

    /** {@code y = f(x)} along f's axis, over the remaining elements of two buffers. */
    public void forward(AxisFunction f, FloatBuffer x, int[] shape, FloatBuffer y) {
        AxisCall.forward(f, layout(f, shape), Memory.read("x", x), Memory.written("y", y), fixed);
    }

    /** {@code dx} from {@code y = f(x)} and dy along f's axis, over the remaining elements of three buffers. */
    public void backward(AxisFunction f, FloatBuffer y, FloatBuffer dy, int[] shape, FloatBuffer dx) {
        AxisCall.backward(
                f, layout(f, shape), Memory.read("y", y), Memory.read("dy", dy), Memory.written("dx", dx), fixed);
    }

    /** {@code y = f(x)} along f's axis, over the elements of two pointers from position to limit. */
    public void forward(AxisFunction f, FloatPointer x, int[] shape, FloatPointer y) {
        AxisCall.forward(f, layout(f, shape), Memory.of("x", x), Memory.of("y", y), fixed);
    }

    /** {@code dx} from {@code y = f(x)} and dy along f's axis, over the elements of three pointers. */
    public void backward(AxisFunction f, FloatPointer y, FloatPointer dy, int[] shape, FloatPointer dx) {
        AxisCall.backward(f, layout(f, shape), Memory.of("y", y), Memory.of("dy", dy), Memory.of("dx", dx), fixed);
    }

    /**
     * {@code y = f(x)} along the axis of a layout whose first elements lie at two addresses outside the heap. The caller
     * vouches for the memory.
     */
    public void forward(AxisFunction f, AxisLayout layout, long xAddress, long yAddress) {
        AxisCall.forward(f, layout, Memory.within("x", xAddress, layout), Memory.within("y", yAddress, layout), fixed);
    }

    /** {@code dx} from {@code y = f(x)} and dy, along the axis of a layout at three addresses outside the heap. */
    public void backward(AxisFunction f, AxisLayout layout, long yAddress, long dyAddress, long dxAddress) {
        AxisCall.backward(
                f,
                layout,
                Memory.within("y", yAddress, layout),
                Memory.within("dy", dyAddress, layout),
                Memory.within("dx", dxAddress, layout),
                fixed);
    }

    private static AxisLayout layout(AxisFunction f, int[] shape) {
        Checks.notNull("f", f);
        return AxisLayout.of(shape, f.axis());
    }

    private void memory(
            Activation f, Direction direction, String xName, Memory x, Memory dy, String outName, Memory out) {
        Checks.sameLength(outName, out.length(), xName, x.length());
        out.refusePartialOverlap(outName, x, xName);
        if (dy != null) {
            Checks.sameLength("dy", dy.length(), xName, x.length());
            out.refusePartialOverlap(outName, dy, "dy");
        }
        run(
                f,
                direction,
                x.base(),
                x.offset(),
                dy == null ? null : dy.base(),
                dy == null ? 0 : dy.offset(),
                out.base(),
                out.offset(),
                x.length());
        x.keepAlive();
        out.keepAlive();
        if (dy != null) {
            dy.keepAlive();
        }
    }

    private void run(
            Activation f,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        Checks.notNull("f", f);
        if (length == 0) {
            return;
        }
        boolean chain = !f.parts().isEmpty() && direction != Direction.BACKWARD_FROM_OUTPUT;
        KernelEngine chosen = chain ? null : engine(f, direction, length);
        if (threads > 1 && length >= SPLIT_FROM) {
            split(f, chosen, direction, x, xOffset, dy, dyOffset, out, outOffset, length);
        } else {
            piece(f, chosen, direction, x, xOffset, dy, dyOffset, out, outOffset, length, length);
        }
    }

    private KernelEngine engine(Activation f, Direction direction, long length) {
        double[] parameters = f.sharedParameters();
        if (direction == Direction.BACKWARD_FROM_OUTPUT && !f.function().fromOutput(parameters)) {
            throw new IllegalStateException(f + ": the slope cannot be computed from the output");
        }
        if (fixed == null) {
            return Engines.choose(f.function(), ElementType.FLOAT32, direction, parameters, length);
        }
        if (!fixed.supports(f.function(), ElementType.FLOAT32, direction, parameters)) {
            throw new IllegalStateException("engine " + engine.word() + " has no " + f.name() + " "
                    + direction.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        }
        return fixed;
    }

    private void split(
            Activation f,
            KernelEngine chosen,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        long xStep = step(x);
        long dyStep = step(dy);
        long outStep = step(out);
        Pieces.run(
                pool,
                threads,
                length,
                PIECE,
                (start, count) -> piece(
                        f,
                        chosen,
                        direction,
                        x,
                        xOffset + start * xStep,
                        dy,
                        dyOffset + start * dyStep,
                        out,
                        outOffset + start * outStep,
                        count,
                        length));
    }

    // What one element adds to an offset: arrays count elements, addresses count bytes.
    private static long step(Object base) {
        return base == null ? Float.BYTES : 1;
    }

    // chosen is null for a chain, whose parts choose for themselves.
    private void piece(
            Activation f,
            KernelEngine chosen,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length,
            long whole) {
        if (chosen == null) {
            Chain.run(f, direction, x, xOffset, dy, dyOffset, out, outOffset, length, this::run);
            return;
        }
        chosen.piece(
                f.function(),
                ElementType.FLOAT32,
                direction,
                f.sharedParameters(),
                x,
                xOffset,
                dy,
                dyOffset,
                out,
                outOffset,
                length,
                whole);
    }
}
