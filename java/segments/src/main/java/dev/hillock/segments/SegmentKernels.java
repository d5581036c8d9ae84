package dev.hillock.segments;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.Kernels;
import dev.hillock.catalogue.Direction;
import java.lang.foreign.MemorySegment;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * Runs activations over {@link MemorySegment}s of floats, bfloat16 or float16 in the machine's byte order: an immutable value, safe to share
 * between threads.
 *
 * <pre>{@code
 * try (Arena arena = Arena.ofConfined()) {
 *     MemorySegment x = arena.allocate(ValueLayout.JAVA_FLOAT, 1 << 20);
 *     SegmentKernels.of(Kernels.defaults()).forward(Activation.gelu(), x, x);
 * }
 * }</pre>
 *
 * <p>A segment lies outside the heap or in a {@code float[]}; one of 16-bit elements in a {@code short[]}. Memory of a confined or the global arena, and arrays, are
 * worked on where they are. Any other arena may be closed by somebody else at any time, so its memory goes through a
 * block of the heap; a close in the middle of a call is answered with {@link IllegalStateException} and leaves a part of
 * the result written.
 *
 * <p>Everything else is answered before anything is written: {@link NullPointerException} names the missing argument;
 * {@link IllegalArgumentException} answers lengths that differ, lengths or addresses that are no multiple of an
 * element's bytes, ranges that overlap in part and heap segments of another array; {@link ReadOnlyBufferException} a read-only
 * destination; {@link IllegalStateException} closed memory; {@link WrongThreadException} memory confined to another
 * thread.
 */
public final class SegmentKernels {
    private static final int BLOCK = 4096;

    private final Kernels kernels;

    private SegmentKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /** The same kernels, over segments. */
    public static SegmentKernels of(Kernels kernels) {
        return new SegmentKernels(Objects.requireNonNull(kernels, "kernels"));
    }

    /**
     * {@code y[i] = f(x[i])} over all elements.
     *
     * @param x read
     * @param y written; may be x
     */
    public void forward(Activation f, MemorySegment x, MemorySegment y) {
        forward(f, ElementType.FLOAT32, x, y);
    }

    /**
     * {@code y[i] = f(x[i])} over all elements of a type.
     *
     * @param type {@code FLOAT32}, {@code BFLOAT16} or {@code FLOAT16}
     * @param x read
     * @param y written; may be x
     */
    public void forward(Activation f, ElementType type, MemorySegment x, MemorySegment y) {
        supported(type);
        run(f, Direction.FORWARD, Operand.read("x", type, x), null, Operand.written("y", type, y));
    }

    /**
     * {@code dx[i] = dy[i] f'(x[i])} over all elements.
     *
     * @param x read
     * @param dy read
     * @param dx written; may be dy or x
     */
    public void backward(Activation f, MemorySegment x, MemorySegment dy, MemorySegment dx) {
        backward(f, ElementType.FLOAT32, x, dy, dx);
    }

    /** As {@link #backward(Activation, MemorySegment, MemorySegment, MemorySegment)}, over elements of a type. */
    public void backward(Activation f, ElementType type, MemorySegment x, MemorySegment dy, MemorySegment dx) {
        supported(type);
        run(
                f,
                Direction.BACKWARD,
                Operand.read("x", type, x),
                Operand.read("dy", type, dy),
                Operand.written("dx", type, dx));
    }

    /**
     * {@code dx[i] = dy[i] f'(x[i])} from y = f(x), over all elements.
     *
     * @param y read
     * @param dy read
     * @param dx written; may be dy or y
     * @throws IllegalStateException if the slope cannot be computed from the output
     */
    public void backwardFromOutput(Activation f, MemorySegment y, MemorySegment dy, MemorySegment dx) {
        backwardFromOutput(f, ElementType.FLOAT32, y, dy, dx);
    }

    /**
     * As {@link #backwardFromOutput(Activation, MemorySegment, MemorySegment, MemorySegment)}, over elements of a type.
     */
    public void backwardFromOutput(
            Activation f, ElementType type, MemorySegment y, MemorySegment dy, MemorySegment dx) {
        supported(type);
        run(
                f,
                Direction.BACKWARD_FROM_OUTPUT,
                Operand.read("y", type, y),
                Operand.read("dy", type, dy),
                Operand.written("dx", type, dx));
    }

    private static void supported(ElementType type) {
        Objects.requireNonNull(type, "type");
        if (type == ElementType.FLOAT64) {
            throw new IllegalArgumentException("element type FLOAT64 is not supported in segments");
        }
    }

    // dy is null going forward.
    private void run(Activation f, Direction direction, Operand x, Operand dy, Operand out) {
        out.requireLike(x);
        if (dy != null) {
            out.requireLike(dy);
        }
        // Nothing has no address: that of an empty segment may be 0, which is closed memory's.
        if (out.length() == 0) {
            Objects.requireNonNull(f, "f");
            return;
        }
        if (x.isArray() && (dy == null || dy.isArray()) && out.isArray()) {
            arrays(
                    f,
                    out.type(),
                    direction,
                    x.array(),
                    x.offset(),
                    dy == null ? null : dy.array(),
                    dy == null ? 0 : dy.offset(),
                    out.array(),
                    out.offset(),
                    (int) out.length());
        } else if (x.isFixed() && (dy == null || dy.isFixed()) && out.isFixed()) {
            addresses(f, direction, x, dy, out);
        } else {
            blocks(f, direction, x, dy, out);
        }
    }

    private void blocks(Activation f, Direction direction, Operand x, Operand dy, Operand out) {
        int block = (int) Math.min(BLOCK, out.length());
        Object xScratch = x.scratch(block);
        Object dyScratch = x.scratch(block);
        Object outScratch = x.scratch(block);
        for (long at = 0; at < out.length(); at += BLOCK) {
            int count = (int) Math.min(BLOCK, out.length() - at);
            Object from = x.take(at, count, xScratch);
            Object gradient = dy == null ? null : dy.take(at, count, dyScratch);
            Object to = out.arrayOr(outScratch);
            arrays(
                    f,
                    out.type(),
                    direction,
                    from,
                    x.start(at),
                    gradient,
                    dy == null ? 0 : dy.start(at),
                    to,
                    out.start(at),
                    count);
            out.put(at, count, to);
        }
    }

    private void addresses(Activation f, Direction direction, Operand x, Operand dy, Operand out) {
        switch (direction) {
            case FORWARD -> kernels.forward(f, x.type(), x.address(), out.address(), out.length());
            case BACKWARD -> kernels.backward(f, x.type(), x.address(), dy.address(), out.address(), out.length());
            case BACKWARD_FROM_OUTPUT ->
                kernels.backwardFromOutput(f, x.type(), x.address(), dy.address(), out.address(), out.length());
        }
    }

    private void arrays(
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
        if (type.isNarrow()) {
            narrow(f, type, direction, (short[]) x, xOffset, (short[]) dy, dyOffset, (short[]) out, outOffset, length);
        } else {
            floats(f, direction, (float[]) x, xOffset, (float[]) dy, dyOffset, (float[]) out, outOffset, length);
        }
    }

    private void narrow(
            Activation f,
            ElementType type,
            Direction direction,
            short[] x,
            int xOffset,
            short[] dy,
            int dyOffset,
            short[] out,
            int outOffset,
            int length) {
        switch (direction) {
            case FORWARD -> kernels.forward(f, type, x, xOffset, out, outOffset, length);
            case BACKWARD -> kernels.backward(f, type, x, xOffset, dy, dyOffset, out, outOffset, length);
            case BACKWARD_FROM_OUTPUT ->
                kernels.backwardFromOutput(f, type, x, xOffset, dy, dyOffset, out, outOffset, length);
        }
    }

    private void floats(
            Activation f,
            Direction direction,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] out,
            int outOffset,
            int length) {
        switch (direction) {
            case FORWARD -> kernels.forward(f, x, xOffset, out, outOffset, length);
            case BACKWARD -> kernels.backward(f, x, xOffset, dy, dyOffset, out, outOffset, length);
            case BACKWARD_FROM_OUTPUT ->
                kernels.backwardFromOutput(f, x, xOffset, dy, dyOffset, out, outOffset, length);
        }
    }
}
