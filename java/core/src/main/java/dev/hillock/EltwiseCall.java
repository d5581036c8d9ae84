package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.engine.BoundCall;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.ShadowCheck;
import dev.hillock.engine.Staging;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;

/**
 * One element-wise call on memory of any kind: its checks, the choice of the engine, the split over threads. Calls on
 * arrays make no objects, but those of chains.
 */
final class EltwiseCall {
    // Below this many elements a second thread comes too late to help.
    private static final int SPLIT_FROM = 1 << 18;
    // A piece stays in a second-level cache. Of a long call, whose elements come from memory, the pieces are longer, as
    // far as each thread has enough of them: what the processor fetches ahead ends with a piece.
    private static final long PIECE = 1 << 15;
    private static final long LONGEST_PIECE = 1 << 19;
    private static final long PIECES_OF_A_THREAD = 8;

    private final Engine engine;
    private final KernelEngine fixed;
    // Whether a call may be bound, and if so from how many elements on to the native kernels.
    private final boolean binds;
    private final long nativeFrom;
    private final int mostBound;
    private final int threads;
    private final ForkJoinPool pool;
    private final ShadowCheck check;

    // fixed: the engine that everything runs on, or null.
    EltwiseCall(Engine engine, KernelEngine fixed, int threads, ForkJoinPool pool, ShadowCheck check) {
        this.check = check;
        this.engine = engine;
        this.fixed = fixed;
        this.nativeFrom =
                fixed == null ? BoundCall.CHOOSE : engine == Engine.NATIVE ? BoundCall.NATIVE : BoundCall.VECTOR;
        this.binds = check.isOff()
                && (fixed == null
                        || (engine == Engine.NATIVE || engine == Engine.VECTOR) && fixed == Engines.get(engine));
        this.mostBound = threads > 1 ? Math.min(SPLIT_FROM - 1, BoundCall.MOST) : BoundCall.MOST;
        this.threads = threads;
        this.pool = pool;
    }

    // The usual calls. They leave what is long, rare or wrong to others, so that they are compiled into their callers.
    void floats(Activation f, Direction direction, float[] x, float[] dy, float[] out) {
        if (!binds
                || f == null
                || x == null
                || out == null
                || x.length != out.length
                || (dy == null ? direction != Direction.FORWARD : dy.length != x.length)
                || !hasRun(f, direction, x, 0, dy, 0, out, 0, x.length)) {
            arrays(f, ElementType.FLOAT32, direction, x, dy, out);
        }
    }

    void floats(
            Activation f,
            Direction direction,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] out,
            int outOffset,
            int length) {
        if (!binds
                || f == null
                || x == null
                || out == null
                || outside(x, xOffset, length)
                || outside(out, outOffset, length)
                || x == out && xOffset != outOffset
                || (dy == null
                        ? direction != Direction.FORWARD
                        : outside(dy, dyOffset, length) || dy == out && dyOffset != outOffset)
                || !hasRun(f, direction, x, xOffset, dy, dyOffset, out, outOffset, length)) {
            ranges(f, ElementType.FLOAT32, direction, x, xOffset, dy, dyOffset, out, outOffset, length);
        }
    }

    private boolean hasRun(
            Activation f,
            Direction direction,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] out,
            int outOffset,
            int length) {
        return Integer.compareUnsigned(length - 1, mostBound) < 0
                && f.bound(direction).run(nativeFrom, x, xOffset, dy, dyOffset, out, outOffset, length);
    }

    private static boolean outside(float[] array, int offset, int length) {
        return (offset | length) < 0 || length > array.length - offset;
    }

    // Whole arrays of the type's carrier, of equal length; dy is not used going forward.
    void arrays(Activation f, ElementType type, Direction direction, Object x, Object dy, Object out) {
        String xName = input(direction);
        String outName = output(direction);
        notNull(direction, x, dy, out);
        int length = Array.getLength(x);
        if (direction != Direction.FORWARD) {
            Checks.sameLength("dy", Array.getLength(dy), xName, length);
        }
        Checks.sameLength(outName, Array.getLength(out), xName, length);
        run(f, type, direction, x, 0, dy, 0, out, 0, length);
    }

    // Ranges of arrays of the type's carrier; dy is not used going forward.
    void ranges(
            Activation f,
            ElementType type,
            Direction direction,
            Object x,
            int xOffset,
            Object dy,
            int dyOffset,
            Object out,
            int outOffset,
            int length) {
        String xName = input(direction);
        String outName = output(direction);
        boolean backward = direction != Direction.FORWARD;
        notNull(direction, x, dy, out);
        Checks.range(xName, length, xOffset, Array.getLength(x));
        if (backward) {
            Checks.range("dy", length, dyOffset, Array.getLength(dy));
        }
        Checks.range(outName, length, outOffset, Array.getLength(out));
        Checks.noPartialOverlap(outName, out, outOffset, xName, x, xOffset, length);
        if (backward) {
            Checks.noPartialOverlap(outName, out, outOffset, "dy", dy, dyOffset, length);
        }
        run(f, type, direction, x, xOffset, dy, dyOffset, out, outOffset, length);
    }

    private static void notNull(Direction direction, Object x, Object dy, Object out) {
        Checks.notNull(input(direction), x);
        if (direction != Direction.FORWARD) {
            Checks.notNull("dy", dy);
        }
        Checks.notNull(output(direction), out);
    }

    // What a caller calls the first argument, and the last.
    static String input(Direction direction) {
        return direction == Direction.BACKWARD_FROM_OUTPUT ? "y" : "x";
    }

    static String output(Direction direction) {
        return direction == Direction.FORWARD ? "y" : "dx";
    }

    void forward(Activation f, Memory x, Memory y) {
        memory(f, Direction.FORWARD, x, null, y);
    }

    void memory(Activation f, Direction direction, Memory x, Memory dy, Memory out) {
        String xName = input(direction);
        String outName = output(direction);
        Checks.sameLength(outName, out.length(), xName, x.length());
        out.refusePartialOverlap(outName, x, xName);
        if (dy != null) {
            Checks.sameLength("dy", dy.length(), xName, x.length());
            out.refusePartialOverlap(outName, dy, "dy");
        }
        try {
            run(
                    f,
                    x.type(),
                    direction,
                    x.base(),
                    x.offset(),
                    dy == null ? null : dy.base(),
                    dy == null ? 0 : dy.offset(),
                    out.base(),
                    out.offset(),
                    x.length());
        } finally {
            x.keepAlive();
            out.keepAlive();
            if (dy != null) {
                dy.keepAlive();
            }
        }
    }

    private void run(
            Activation f,
            ElementType type,
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
        if (x instanceof Buffer || dy instanceof Buffer || out instanceof Buffer) {
            staged(f, type, direction, x, xOffset, dy, dyOffset, out, outOffset, length);
            return;
        }
        boolean chain = !f.parts().isEmpty() && direction != Direction.BACKWARD_FROM_OUTPUT;
        KernelEngine chosen = chain ? null : engine(f, type, direction, x, dy, out, length);
        if (chain && fixed != null) {
            requireParts(f, real(type), direction, length);
        }
        if (threads > 1 && length >= SPLIT_FROM) {
            split(f, chosen, type, direction, x, xOffset, dy, dyOffset, out, outOffset, length);
        } else {
            piece(f, chosen, type, direction, x, xOffset, dy, dyOffset, out, outOffset, length, length);
        }
    }

    // Buffers that only their own methods reach, through arrays: kernels want arrays or addresses.
    private void staged(
            Activation f,
            ElementType type,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        boolean backward = direction != Direction.FORWARD;
        if (type == ElementType.FLOAT64) {
            Staging.doubles(
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    backward,
                    out,
                    outOffset,
                    length,
                    (a, ao, b, bo, c, co, n) -> run(f, type, direction, a, ao, backward ? b : null, bo, c, co, n));
            return;
        }
        Staging.run(
                type,
                x,
                xOffset,
                dy,
                dyOffset,
                backward,
                out,
                outOffset,
                length,
                (a, ao, b, bo, c, co, n) ->
                        run(f, ElementType.FLOAT32, direction, a, ao, backward ? b : null, bo, c, co, n));
    }

    // The last part would refuse only when the first ones have written.
    private void requireParts(Activation f, ElementType type, Direction direction, long length) {
        int last = f.parts().size() - 1;
        for (int i = 0; i <= last; i++) {
            if (i < last) {
                engine(f.parts().get(i), type, Direction.FORWARD, false, length);
            }
            if (i == last || direction != Direction.FORWARD) {
                engine(f.parts().get(i), type, direction, false, length);
            }
        }
    }

    // An operand outside the heap has no base, and no engine but the native one works on it without a copy.
    KernelEngine engine(
            Activation f, ElementType type, Direction direction, Object x, Object dy, Object out, long length) {
        boolean offHeap = x == null || out == null || dy == null && direction != Direction.FORWARD;
        return engine(f, type, direction, offHeap, length);
    }

    KernelEngine engine(Activation f, ElementType type, Direction direction, boolean offHeap, long length) {
        double[] parameters = f.sharedParameters(type);
        if (direction == Direction.BACKWARD_FROM_OUTPUT && !f.function().fromOutput(parameters)) {
            throw new IllegalStateException(f + ": the slope cannot be computed from the output");
        }
        if (fixed == null) {
            KernelEngine chosen = offHeap
                    ? Engines.chooseOffHeap(f.function(), type, direction, parameters, length)
                    : Engines.choose(f.function(), type, direction, parameters, length);
            return check.over(chosen);
        }
        if (!fixed.supports(f.function(), type, direction, parameters)) {
            throw new IllegalStateException("engine " + engine.word() + " has no " + f.name() + " "
                    + direction.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (type == ElementType.FLOAT32 ? "" : " for " + type));
        }
        return fixed;
    }

    private void split(
            Activation f,
            KernelEngine chosen,
            ElementType type,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        long xStep = step(type, x);
        long dyStep = step(type, dy);
        long outStep = step(type, out);
        Pieces.run(
                pool,
                threads,
                length,
                Math.max(PIECE, Math.min(LONGEST_PIECE, length / threads / PIECES_OF_A_THREAD / PIECE * PIECE)),
                (start, count) -> piece(
                        f,
                        chosen,
                        type,
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
    private static long step(ElementType type, Object base) {
        return base == null ? type.bytes() : 1;
    }

    // chosen is null for a chain, whose parts choose for themselves.
    private void piece(
            Activation f,
            KernelEngine chosen,
            ElementType type,
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
            chain(f, type, direction, x, xOffset, dy, dyOffset, out, outOffset, length);
            return;
        }
        chosen.piece(
                f.function(),
                type,
                direction,
                f.sharedParameters(type),
                x,
                xOffset,
                dy,
                dyOffset,
                out,
                outOffset,
                length,
                whole);
    }

    // A chain of 16-bit elements is one function: widened once, rounded once.
    private void chain(
            Activation f,
            ElementType type,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        ElementType real = real(type);
        Chain.Kernel part = (g, d, a, ao, b, bo, c, co, n) -> run(g, real, d, a, ao, b, bo, c, co, n);
        if (!type.isNarrow()) {
            Chain.run(f, type, direction, x, xOffset, dy, dyOffset, out, outOffset, length, part);
            return;
        }
        boolean backward = direction != Direction.FORWARD;
        Staging.run(
                type,
                x,
                xOffset,
                dy,
                dyOffset,
                backward,
                out,
                outOffset,
                length,
                (a, ao, b, bo, c, co, n) -> Chain.run(f, real, direction, a, ao, b, bo, c, co, n, part));
    }

    // What the parts of a chain compute in.
    private static ElementType real(ElementType type) {
        return type.isNarrow() ? ElementType.FLOAT32 : type;
    }
}
