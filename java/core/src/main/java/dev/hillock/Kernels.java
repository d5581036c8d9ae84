package dev.hillock;

import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.LossKernels;
import dev.hillock.engine.RowKernels;
import dev.hillock.engine.Settings;
import dev.hillock.engine.ShadowCheck;
import dev.hillock.loss.Reals;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

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
 * bfloat16 and float16 are stored in shorts, so the same calls on {@code short[]}, {@link ShortBuffer},
 * {@link ShortPointer} and addresses say which {@link ElementType} it is: elements are widened, computed in float and
 * rounded once, to nearest, ties to even. {@code double[]}, {@link DoubleBuffer}, {@link DoublePointer} and addresses of
 * {@link ElementType#FLOAT64} are computed in double precision, with parameters as they were given instead of rounded to
 * float; a function without kernels for doubles, by its formula.
 * Arguments are answered as {@link Activation} says; a closed pointer with {@link IllegalStateException}, a read-only
 * destination with {@link java.nio.ReadOnlyBufferException}. Buffers that other threads may close at any time, those of a
 * shared arena, and float, double and short views of heap {@link java.nio.ByteBuffer}s go through arrays. That two buffers
 * overlap in part is seen where the native library has loaded, and not of those: nothing else here knows their addresses.
 */
public final class Kernels {
    private final Engine engine;
    // What everything runs on, or null.
    private final KernelEngine fixed;
    private final ShadowCheck check;
    private final int threads;
    private final ForkJoinPool pool;
    private final EltwiseCall eltwise;
    private final AxisCall axis;

    private Kernels(Engine engine, KernelEngine fixed, int threads, ForkJoinPool pool) {
        this.engine = engine;
        check = ShadowCheck.configured();
        this.fixed = check.over(fixed);
        this.threads = threads;
        this.pool = pool;
        this.eltwise = new EltwiseCall(engine, this.fixed, threads, pool, check);
        this.axis = new AxisCall(this.fixed, threads, pool, check);
    }

    private static final class Defaults {
        // Null if the configuration is wrong: an exception here would be told once, and then hidden.
        static final Kernels INSTANCE = configured();

        private static Kernels configured() {
            try {
                return builder().build();
            } catch (IllegalArgumentException | IllegalStateException e) {
                return null;
            }
        }
    }

    /**
     * The kernels that the methods of {@link Activation} run on, configured by {@code hillock.engine} and others.
     *
     * @throws IllegalArgumentException if a setting has no such value
     * @throws IllegalStateException if the configured engine is not available
     */
    public static Kernels defaults() {
        return Defaults.INSTANCE != null ? Defaults.INSTANCE : builder().build();
    }

    /** A builder that starts from the configuration. */
    public static Builder builder() {
        return new Builder();
    }

    /** Chooses engine, threads and the pool they come from. */
    public static final class Builder {
        // As configured unless they are given.
        private Engine engine;
        private KernelEngine kernels;
        private int threads;
        private ForkJoinPool pool = ForkJoinPool.commonPool();

        private Builder() {}

        /** The engine every call runs on; nothing else takes its place. */
        public Builder engine(Engine value) {
            Checks.notNull("engine", value);
            engine = value;
            kernels = null;
            return this;
        }

        /** The kernels that every call runs on, such as those of one instruction set. */
        public Builder engine(KernelEngine value) {
            Checks.notNull("engine", value);
            engine = value.engine();
            kernels = value;
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
         * @throws IllegalArgumentException if what is not given is configured with a value that does not exist
         * @throws IllegalStateException with the reason if the engine is not available
         */
        public Kernels build() {
            Engine asked = engine == null ? Settings.engine() : engine;
            KernelEngine fixed =
                    kernels != null ? Engines.required(kernels) : asked == Engine.AUTO ? null : Engines.required(asked);
            return new Kernels(asked, fixed, threads == 0 ? Settings.threads() : threads, pool);
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
        eltwise.floats(f, Direction.FORWARD, x, null, y);
    }

    /** {@code y[yOffset + i] = f(x[xOffset + i])} for length elements: x read, y written. */
    public void forward(Activation f, float[] x, int xOffset, float[] y, int yOffset, int length) {
        eltwise.floats(f, Direction.FORWARD, x, xOffset, null, 0, y, yOffset, length);
    }

    /** {@code dx[i] = dy[i] f'(x[i])}: x and dy read, dx written, of equal length; dx may be x or dy. */
    public void backward(Activation f, float[] x, float[] dy, float[] dx) {
        eltwise.floats(f, Direction.BACKWARD, x, dy, dx);
    }

    /** {@code dx = dy f'(x)} over ranges of length elements: x and dy read, dx written. */
    public void backward(
            Activation f, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        eltwise.floats(f, Direction.BACKWARD, x, xOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /** {@code dx[i] = dy[i] f'(x[i])} from y = f(x): y and dy read, dx written; dx may be y or dy. */
    public void backwardFromOutput(Activation f, float[] y, float[] dy, float[] dx) {
        eltwise.floats(f, Direction.BACKWARD_FROM_OUTPUT, y, dy, dx);
    }

    /** {@code dx = dy f'(x)} from y = f(x) over ranges of length elements: y and dy read, dx written. */
    public void backwardFromOutput(
            Activation f, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        eltwise.floats(f, Direction.BACKWARD_FROM_OUTPUT, y, yOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /** {@code y = f(x)} over the remaining elements of two buffers, equally many. */
    public void forward(Activation f, FloatBuffer x, FloatBuffer y) {
        eltwise.forward(f, Memory.read("x", x), Memory.written("y", y));
    }

    /** {@code dx = dy f'(x)} over the remaining elements of three buffers, equally many. */
    public void backward(Activation f, FloatBuffer x, FloatBuffer dy, FloatBuffer dx) {
        eltwise.memory(f, Direction.BACKWARD, Memory.read("x", x), Memory.read("dy", dy), Memory.written("dx", dx));
    }

    /** {@code dx = dy f'(x)} from y = f(x), over the remaining elements of three buffers, equally many. */
    public void backwardFromOutput(Activation f, FloatBuffer y, FloatBuffer dy, FloatBuffer dx) {
        eltwise.memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                Memory.read("y", y),
                Memory.read("dy", dy),
                Memory.written("dx", dx));
    }

    /** {@code y = f(x)} over the elements of two pointers from position to limit, equally many. */
    public void forward(Activation f, FloatPointer x, FloatPointer y) {
        eltwise.forward(f, Memory.of("x", ElementType.FLOAT32, x), Memory.of("y", ElementType.FLOAT32, y));
    }

    /** {@code dx = dy f'(x)} over the elements of three pointers from position to limit, equally many. */
    public void backward(Activation f, FloatPointer x, FloatPointer dy, FloatPointer dx) {
        eltwise.memory(
                f,
                Direction.BACKWARD,
                Memory.of("x", ElementType.FLOAT32, x),
                Memory.of("dy", ElementType.FLOAT32, dy),
                Memory.of("dx", ElementType.FLOAT32, dx));
    }

    /** {@code dx = dy f'(x)} from y = f(x), over the elements of three pointers, equally many. */
    public void backwardFromOutput(Activation f, FloatPointer y, FloatPointer dy, FloatPointer dx) {
        eltwise.memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                Memory.of("y", ElementType.FLOAT32, y),
                Memory.of("dy", ElementType.FLOAT32, dy),
                Memory.of("dx", ElementType.FLOAT32, dx));
    }

    /**
     * {@code y = f(x)} over length floats at two addresses outside the heap. The caller vouches for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void forward(Activation f, long xAddress, long yAddress, long length) {
        eltwise.forward(
                f,
                Memory.at("x", ElementType.FLOAT32, xAddress, length),
                Memory.at("y", ElementType.FLOAT32, yAddress, length));
    }

    /**
     * {@code dx = dy f'(x)} over length floats at three addresses outside the heap. The caller vouches for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void backward(Activation f, long xAddress, long dyAddress, long dxAddress, long length) {
        eltwise.memory(
                f,
                Direction.BACKWARD,
                Memory.at("x", ElementType.FLOAT32, xAddress, length),
                Memory.at("dy", ElementType.FLOAT32, dyAddress, length),
                Memory.at("dx", ElementType.FLOAT32, dxAddress, length));
    }

    /**
     * {@code dx = dy f'(x)} from y = f(x), over length floats at three addresses outside the heap. The caller vouches for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void backwardFromOutput(Activation f, long yAddress, long dyAddress, long dxAddress, long length) {
        eltwise.memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                Memory.at("y", ElementType.FLOAT32, yAddress, length),
                Memory.at("dy", ElementType.FLOAT32, dyAddress, length),
                Memory.at("dx", ElementType.FLOAT32, dxAddress, length));
    }

    /** {@code y[i] = f(x[i])}: x read, y written, of equal length; y may be x. Elements are of the 16-bit type. */
    public void forward(Activation f, ElementType type, short[] x, short[] y) {
        Checks.sixteenBits(type);
        eltwise.arrays(f, type, Direction.FORWARD, x, null, y);
    }

    /** {@code y[yOffset + i] = f(x[xOffset + i])} for length elements: x read, y written. Elements are of the 16-bit type. */
    public void forward(Activation f, ElementType type, short[] x, int xOffset, short[] y, int yOffset, int length) {
        Checks.sixteenBits(type);
        eltwise.ranges(f, type, Direction.FORWARD, x, xOffset, null, 0, y, yOffset, length);
    }

    /** {@code dx[i] = dy[i] f'(x[i])}: x and dy read, dx written, of equal length; dx may be x or dy. Elements are of the 16-bit type. */
    public void backward(Activation f, ElementType type, short[] x, short[] dy, short[] dx) {
        Checks.sixteenBits(type);
        eltwise.arrays(f, type, Direction.BACKWARD, x, dy, dx);
    }

    /** {@code dx = dy f'(x)} over ranges of length elements: x and dy read, dx written. Elements are of the 16-bit type. */
    public void backward(
            Activation f,
            ElementType type,
            short[] x,
            int xOffset,
            short[] dy,
            int dyOffset,
            short[] dx,
            int dxOffset,
            int length) {
        Checks.sixteenBits(type);
        eltwise.ranges(f, type, Direction.BACKWARD, x, xOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /** {@code dx[i] = dy[i] f'(x[i])} from y = f(x): y and dy read, dx written; dx may be y or dy. Elements are of the 16-bit type. */
    public void backwardFromOutput(Activation f, ElementType type, short[] y, short[] dy, short[] dx) {
        Checks.sixteenBits(type);
        eltwise.arrays(f, type, Direction.BACKWARD_FROM_OUTPUT, y, dy, dx);
    }

    /** {@code dx = dy f'(x)} from y = f(x) over ranges of length elements: y and dy read, dx written. Elements are of the 16-bit type. */
    public void backwardFromOutput(
            Activation f,
            ElementType type,
            short[] y,
            int yOffset,
            short[] dy,
            int dyOffset,
            short[] dx,
            int dxOffset,
            int length) {
        Checks.sixteenBits(type);
        eltwise.ranges(f, type, Direction.BACKWARD_FROM_OUTPUT, y, yOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /** {@code y = f(x)} over the remaining elements of two buffers, equally many. Elements are of the 16-bit type. */
    public void forward(Activation f, ElementType type, ShortBuffer x, ShortBuffer y) {
        eltwise.forward(f, Memory.read("x", type, x), Memory.written("y", type, y));
    }

    /** {@code dx = dy f'(x)} over the remaining elements of three buffers, equally many. Elements are of the 16-bit type. */
    public void backward(Activation f, ElementType type, ShortBuffer x, ShortBuffer dy, ShortBuffer dx) {
        eltwise.memory(
                f,
                Direction.BACKWARD,
                Memory.read("x", type, x),
                Memory.read("dy", type, dy),
                Memory.written("dx", type, dx));
    }

    /** {@code dx = dy f'(x)} from y = f(x), over the remaining elements of three buffers, equally many. Elements are of the 16-bit type. */
    public void backwardFromOutput(Activation f, ElementType type, ShortBuffer y, ShortBuffer dy, ShortBuffer dx) {
        eltwise.memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                Memory.read("y", type, y),
                Memory.read("dy", type, dy),
                Memory.written("dx", type, dx));
    }

    /** {@code y = f(x)} over the elements of two pointers from position to limit, equally many. Elements are of the 16-bit type. */
    public void forward(Activation f, ElementType type, ShortPointer x, ShortPointer y) {
        Checks.sixteenBits(type);
        eltwise.forward(f, Memory.of("x", type, x), Memory.of("y", type, y));
    }

    /** {@code dx = dy f'(x)} over the elements of three pointers from position to limit, equally many. Elements are of the 16-bit type. */
    public void backward(Activation f, ElementType type, ShortPointer x, ShortPointer dy, ShortPointer dx) {
        Checks.sixteenBits(type);
        eltwise.memory(
                f, Direction.BACKWARD, Memory.of("x", type, x), Memory.of("dy", type, dy), Memory.of("dx", type, dx));
    }

    /** {@code dx = dy f'(x)} from y = f(x), over the elements of three pointers, equally many. Elements are of the 16-bit type. */
    public void backwardFromOutput(Activation f, ElementType type, ShortPointer y, ShortPointer dy, ShortPointer dx) {
        Checks.sixteenBits(type);
        eltwise.memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                Memory.of("y", type, y),
                Memory.of("dy", type, dy),
                Memory.of("dx", type, dx));
    }

    /**
     * {@code y = f(x)} over length elements at two addresses outside the heap. The caller vouches for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void forward(Activation f, ElementType type, long xAddress, long yAddress, long length) {
        Checks.notNull("type", type);
        eltwise.forward(f, Memory.at("x", type, xAddress, length), Memory.at("y", type, yAddress, length));
    }

    /**
     * {@code dx = dy f'(x)} over length elements at three addresses outside the heap. The caller vouches for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void backward(Activation f, ElementType type, long xAddress, long dyAddress, long dxAddress, long length) {
        Checks.notNull("type", type);
        eltwise.memory(
                f,
                Direction.BACKWARD,
                Memory.at("x", type, xAddress, length),
                Memory.at("dy", type, dyAddress, length),
                Memory.at("dx", type, dxAddress, length));
    }

    /**
     * {@code dx = dy f'(x)} from y = f(x), over length elements at three addresses outside the heap. The caller vouches for the memory.
     *
     * @throws IllegalStateException if an address is 0
     */
    public void backwardFromOutput(
            Activation f, ElementType type, long yAddress, long dyAddress, long dxAddress, long length) {
        Checks.notNull("type", type);
        eltwise.memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                Memory.at("y", type, yAddress, length),
                Memory.at("dy", type, dyAddress, length),
                Memory.at("dx", type, dxAddress, length));
    }

    /** {@code y[i] = f(x[i])} in double precision: x read, y written, of equal length; y may be x. */
    public void forward(Activation f, double[] x, double[] y) {
        eltwise.arrays(f, ElementType.FLOAT64, Direction.FORWARD, x, null, y);
    }

    /** {@code y[yOffset + i] = f(x[xOffset + i])} in double precision for length elements: x read, y written. */
    public void forward(Activation f, double[] x, int xOffset, double[] y, int yOffset, int length) {
        eltwise.ranges(f, ElementType.FLOAT64, Direction.FORWARD, x, xOffset, null, 0, y, yOffset, length);
    }

    /** {@code dx[i] = dy[i] f'(x[i])} in double precision: x and dy read, dx written; dx may be x or dy. */
    public void backward(Activation f, double[] x, double[] dy, double[] dx) {
        eltwise.arrays(f, ElementType.FLOAT64, Direction.BACKWARD, x, dy, dx);
    }

    /** {@code dx = dy f'(x)} in double precision over ranges of length elements: x and dy read, dx written. */
    public void backward(
            Activation f, double[] x, int xOffset, double[] dy, int dyOffset, double[] dx, int dxOffset, int length) {
        eltwise.ranges(f, ElementType.FLOAT64, Direction.BACKWARD, x, xOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /** {@code dx[i] = dy[i] f'(x[i])} from y = f(x) in double precision: y and dy read, dx written; dx may be y or dy. */
    public void backwardFromOutput(Activation f, double[] y, double[] dy, double[] dx) {
        eltwise.arrays(f, ElementType.FLOAT64, Direction.BACKWARD_FROM_OUTPUT, y, dy, dx);
    }

    /** {@code dx = dy f'(x)} from y = f(x) in double precision over ranges of length elements: y and dy read, dx written. */
    public void backwardFromOutput(
            Activation f, double[] y, int yOffset, double[] dy, int dyOffset, double[] dx, int dxOffset, int length) {
        eltwise.ranges(
                f, ElementType.FLOAT64, Direction.BACKWARD_FROM_OUTPUT, y, yOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /** {@code y = f(x)} in double precision over the remaining elements of two buffers, equally many. */
    public void forward(Activation f, DoubleBuffer x, DoubleBuffer y) {
        eltwise.forward(f, Memory.read("x", x), Memory.written("y", y));
    }

    /** {@code dx = dy f'(x)} in double precision over the remaining elements of three buffers, equally many. */
    public void backward(Activation f, DoubleBuffer x, DoubleBuffer dy, DoubleBuffer dx) {
        eltwise.memory(f, Direction.BACKWARD, Memory.read("x", x), Memory.read("dy", dy), Memory.written("dx", dx));
    }

    /** {@code dx = dy f'(x)} from y = f(x) in double precision, over the remaining elements of three buffers. */
    public void backwardFromOutput(Activation f, DoubleBuffer y, DoubleBuffer dy, DoubleBuffer dx) {
        eltwise.memory(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                Memory.read("y", y),
                Memory.read("dy", dy),
                Memory.written("dx", dx));
    }

    /** {@code y = f(x)} in double precision over the elements of two pointers from position to limit, equally many. */
    public void forward(Activation f, DoublePointer x, DoublePointer y) {
        pointers(f, Direction.FORWARD, x, null, y);
    }

    /** {@code dx = dy f'(x)} in double precision over the elements of three pointers from position to limit. */
    public void backward(Activation f, DoublePointer x, DoublePointer dy, DoublePointer dx) {
        Checks.notNull("dy", dy);
        pointers(f, Direction.BACKWARD, x, dy, dx);
    }

    /** {@code dx = dy f'(x)} from y = f(x) in double precision, over the elements of three pointers. */
    public void backwardFromOutput(Activation f, DoublePointer y, DoublePointer dy, DoublePointer dx) {
        Checks.notNull("dy", dy);
        pointers(f, Direction.BACKWARD_FROM_OUTPUT, y, dy, dx);
    }

    private void pointers(Activation f, Direction direction, DoublePointer x, DoublePointer dy, DoublePointer out) {
        eltwise.memory(
                f,
                direction,
                Memory.of(EltwiseCall.input(direction), ElementType.FLOAT64, x),
                dy == null ? null : Memory.of("dy", ElementType.FLOAT64, dy),
                Memory.of(EltwiseCall.output(direction), ElementType.FLOAT64, out));
    }

    /**
     * The gradient of a learned parameter, {@code sum of dy[i] df/dp(x[i])}, in double precision: x and dy read, of equal
     * length. The bits depend on neither the threads nor the engine.
     *
     * @param parameter its name or alias, such as {@code beta} of {@code swish_beta}
     * @throws IllegalArgumentException if f has no such parameter, or one that is not learned
     */
    public double parameterGradient(Activation f, String parameter, float[] x, float[] dy) {
        return ParameterGradient.of(f, parameter, Reals.of(x), Reals.of(dy), threads, pool);
    }

    /** The gradient of a learned parameter of elements in double precision. */
    public double parameterGradient(Activation f, String parameter, double[] x, double[] dy) {
        return ParameterGradient.of(f, parameter, Reals.of(x), Reals.of(dy), threads, pool);
    }

    /** {@code y = f(x)} along f's axis of a dense tensor: x read, y written, which may be x. */
    public void forward(AxisFunction f, float[] x, int[] shape, float[] y) {
        forward(f, ElementType.FLOAT32, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy, along f's axis: y and dy read, dx written, which may be y or dy. */
    public void backward(AxisFunction f, float[] y, float[] dy, int[] shape, float[] dx) {
        backward(f, ElementType.FLOAT32, y, dy, shape, dx);
    }

    /** {@code y = f(x)} along f's axis of a dense tensor in double precision: x read, y written, which may be x. */
    public void forward(AxisFunction f, double[] x, int[] shape, double[] y) {
        forward(f, ElementType.FLOAT64, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy in double precision: y and dy read, dx written, which may be y or dy. */
    public void backward(AxisFunction f, double[] y, double[] dy, int[] shape, double[] dx) {
        backward(f, ElementType.FLOAT64, y, dy, shape, dx);
    }

    /** {@code y = f(x)} along f's axis of a dense tensor of 16-bit elements: x read, y written, which may be x. */
    public void forward(AxisFunction f, ElementType type, short[] x, int[] shape, short[] y) {
        Checks.sixteenBits(type);
        forward(f, type, (Object) x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy, of 16-bit elements: y and dy read, dx written, which may be y or dy. */
    public void backward(AxisFunction f, ElementType type, short[] y, short[] dy, int[] shape, short[] dx) {
        Checks.sixteenBits(type);
        backward(f, type, (Object) y, dy, shape, dx);
    }

    private void forward(AxisFunction f, ElementType type, Object x, int[] shape, Object y) {
        axis.forward(f, layout(f, shape), Memory.of("x", type, x), Memory.of("y", type, y));
    }

    private void backward(AxisFunction f, ElementType type, Object y, Object dy, int[] shape, Object dx) {
        axis.backward(
                f, layout(f, shape), Memory.of("y", type, y), Memory.of("dy", type, dy), Memory.of("dx", type, dx));
    }

    /**
     * {@code y = f(x)} along the axis of a layout that x and y share, whose first elements lie at the offsets; f's own
     * axis is not used.
     */
    public void forward(AxisFunction f, AxisLayout layout, float[] x, int xOffset, float[] y, int yOffset) {
        forward(f, layout, ElementType.FLOAT32, x, xOffset, y, yOffset);
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
        backward(f, layout, ElementType.FLOAT32, y, yOffset, dy, dyOffset, dx, dxOffset);
    }

    /** {@code y = f(x)} along the axis of a layout that x and y share, in double precision. */
    public void forward(AxisFunction f, AxisLayout layout, double[] x, int xOffset, double[] y, int yOffset) {
        forward(f, layout, ElementType.FLOAT64, x, xOffset, y, yOffset);
    }

    /** {@code dx} from {@code y = f(x)} and dy along the axis of a layout that all three share, in double precision. */
    public void backward(
            AxisFunction f,
            AxisLayout layout,
            double[] y,
            int yOffset,
            double[] dy,
            int dyOffset,
            double[] dx,
            int dxOffset) {
        backward(f, layout, ElementType.FLOAT64, y, yOffset, dy, dyOffset, dx, dxOffset);
    }

    /** {@code y = f(x)} along the axis of a layout that x and y share. Elements are of the 16-bit type. */
    public void forward(
            AxisFunction f, AxisLayout layout, ElementType type, short[] x, int xOffset, short[] y, int yOffset) {
        Checks.sixteenBits(type);
        forward(f, layout, type, (Object) x, xOffset, y, yOffset);
    }

    /** {@code dx} from {@code y = f(x)} and dy along the axis of a layout that all three share, of the 16-bit type. */
    public void backward(
            AxisFunction f,
            AxisLayout layout,
            ElementType type,
            short[] y,
            int yOffset,
            short[] dy,
            int dyOffset,
            short[] dx,
            int dxOffset) {
        Checks.sixteenBits(type);
        backward(f, layout, type, (Object) y, yOffset, dy, dyOffset, dx, dxOffset);
    }

    private void forward(
            AxisFunction f, AxisLayout layout, ElementType type, Object x, int xOffset, Object y, int yOffset) {
        axis.forward(
                f, layout, Memory.within("x", type, x, xOffset, layout), Memory.within("y", type, y, yOffset, layout));
    }

    private void backward(
            AxisFunction f,
            AxisLayout layout,
            ElementType type,
            Object y,
            int yOffset,
            Object dy,
            int dyOffset,
            Object dx,
            int dxOffset) {
        axis.backward(
                f,
                layout,
                Memory.within("y", type, y, yOffset, layout),
                Memory.within("dy", type, dy, dyOffset, layout),
                Memory.within("dx", type, dx, dxOffset, layout));
    }

    /** {@code y = f(x)} along f's axis, over the remaining elements of two buffers. */
    public void forward(AxisFunction f, FloatBuffer x, int[] shape, FloatBuffer y) {
        axis.forward(f, layout(f, shape), Memory.read("x", x), Memory.written("y", y));
    }

    /** {@code dx} from {@code y = f(x)} and dy along f's axis, over the remaining elements of three buffers. */
    public void backward(AxisFunction f, FloatBuffer y, FloatBuffer dy, int[] shape, FloatBuffer dx) {
        axis.backward(f, layout(f, shape), Memory.read("y", y), Memory.read("dy", dy), Memory.written("dx", dx));
    }

    /** {@code y = f(x)} along f's axis in double precision, over the remaining elements of two buffers. */
    public void forward(AxisFunction f, DoubleBuffer x, int[] shape, DoubleBuffer y) {
        axis.forward(f, layout(f, shape), Memory.read("x", x), Memory.written("y", y));
    }

    /** {@code dx} from {@code y = f(x)} and dy in double precision, over the remaining elements of three buffers. */
    public void backward(AxisFunction f, DoubleBuffer y, DoubleBuffer dy, int[] shape, DoubleBuffer dx) {
        axis.backward(f, layout(f, shape), Memory.read("y", y), Memory.read("dy", dy), Memory.written("dx", dx));
    }

    /** {@code y = f(x)} along f's axis, over the remaining elements of two buffers of the 16-bit type. */
    public void forward(AxisFunction f, ElementType type, ShortBuffer x, int[] shape, ShortBuffer y) {
        axis.forward(f, layout(f, shape), Memory.read("x", type, x), Memory.written("y", type, y));
    }

    /** {@code dx} from {@code y = f(x)} and dy, over the remaining elements of three buffers of the 16-bit type. */
    public void backward(AxisFunction f, ElementType type, ShortBuffer y, ShortBuffer dy, int[] shape, ShortBuffer dx) {
        axis.backward(
                f,
                layout(f, shape),
                Memory.read("y", type, y),
                Memory.read("dy", type, dy),
                Memory.written("dx", type, dx));
    }

    /** {@code y = f(x)} along f's axis, over the elements of two pointers from position to limit. */
    public void forward(AxisFunction f, FloatPointer x, int[] shape, FloatPointer y) {
        pointers(f, ElementType.FLOAT32, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy along f's axis, over the elements of three pointers. */
    public void backward(AxisFunction f, FloatPointer y, FloatPointer dy, int[] shape, FloatPointer dx) {
        pointers(f, ElementType.FLOAT32, y, dy, shape, dx);
    }

    /** {@code y = f(x)} along f's axis in double precision, over the elements of two pointers from position to limit. */
    public void forward(AxisFunction f, DoublePointer x, int[] shape, DoublePointer y) {
        pointers(f, ElementType.FLOAT64, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy in double precision, over the elements of three pointers. */
    public void backward(AxisFunction f, DoublePointer y, DoublePointer dy, int[] shape, DoublePointer dx) {
        pointers(f, ElementType.FLOAT64, y, dy, shape, dx);
    }

    /** {@code y = f(x)} along f's axis, over the elements of two pointers of the 16-bit type. */
    public void forward(AxisFunction f, ElementType type, ShortPointer x, int[] shape, ShortPointer y) {
        Checks.sixteenBits(type);
        pointers(f, type, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy, over the elements of three pointers of the 16-bit type. */
    public void backward(
            AxisFunction f, ElementType type, ShortPointer y, ShortPointer dy, int[] shape, ShortPointer dx) {
        Checks.sixteenBits(type);
        pointers(f, type, y, dy, shape, dx);
    }

    private void pointers(AxisFunction f, ElementType type, Pointer x, int[] shape, Pointer y) {
        axis.forward(f, layout(f, shape), Memory.of("x", type, x), Memory.of("y", type, y));
    }

    private void pointers(AxisFunction f, ElementType type, Pointer y, Pointer dy, int[] shape, Pointer dx) {
        axis.backward(
                f, layout(f, shape), Memory.of("y", type, y), Memory.of("dy", type, dy), Memory.of("dx", type, dx));
    }

    /**
     * {@code y = f(x)} along the axis of a layout whose first elements lie at two addresses outside the heap. The caller
     * vouches for the memory.
     */
    public void forward(AxisFunction f, AxisLayout layout, long xAddress, long yAddress) {
        forward(f, layout, ElementType.FLOAT32, xAddress, yAddress);
    }

    /** {@code dx} from {@code y = f(x)} and dy, along the axis of a layout at three addresses outside the heap. */
    public void backward(AxisFunction f, AxisLayout layout, long yAddress, long dyAddress, long dxAddress) {
        backward(f, layout, ElementType.FLOAT32, yAddress, dyAddress, dxAddress);
    }

    /** {@code y = f(x)} along the axis of a layout of elements of any type at two addresses outside the heap. */
    public void forward(AxisFunction f, AxisLayout layout, ElementType type, long xAddress, long yAddress) {
        axis.forward(f, layout, Memory.within("x", type, xAddress, layout), Memory.within("y", type, yAddress, layout));
    }

    /** {@code dx} from {@code y = f(x)} and dy, of elements of any type at three addresses outside the heap. */
    public void backward(
            AxisFunction f, AxisLayout layout, ElementType type, long yAddress, long dyAddress, long dxAddress) {
        axis.backward(
                f,
                layout,
                Memory.within("y", type, yAddress, layout),
                Memory.within("dy", type, dyAddress, layout),
                Memory.within("dx", type, dxAddress, layout));
    }

    // What runs a function over the axis of a layout here.
    AxisKernels axisKernels(AxisDefinition f, ElementType type, Direction direction, AxisLayout layout) {
        return axis.kernels(f, type, direction, layout);
    }

    // What runs an operation over an axis of so many elements here.
    RowKernels rowKernels(long count) {
        return axis.rows(count);
    }

    // What runs an element-wise function on so many elements of arrays here.
    KernelEngine engineOf(Activation f, ElementType type, Direction direction, long length) {
        return eltwise.engine(f, type, direction, false, length);
    }

    // The body over [0, length), a piece at a time, on as many threads as there may be.
    void split(long length, long piece, Pieces.Body body) {
        Pieces.run(pool, threads, length, piece, body);
    }

    // Nothing takes the place of an engine that was asked for.
    void require(String what, Predicate<KernelEngine> has) {
        if (fixed != null && !has.test(fixed)) {
            throw new IllegalStateException("engine " + engine.word() + " has no " + what);
        }
    }

    // What runs a loss of so many elements here.
    LossKernels lossKernels(long count) {
        if (fixed != null) {
            return fixed.losses();
        }
        return check.over(Engines.chooseLosses(count), Engine.AUTO);
    }

    private static AxisLayout layout(AxisFunction f, int[] shape) {
        Checks.notNull("f", f);
        return AxisLayout.of(shape, f.axis());
    }
}
