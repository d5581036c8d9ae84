package dev.hillock.segments;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import java.lang.foreign.MemorySegment;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * Runs activations over {@link MemorySegment}s of floats in the machine's byte order: an immutable value, safe to share
 * between threads.
 *
 * <pre>{@code
 * try (Arena arena = Arena.ofConfined()) {
 *     MemorySegment x = arena.allocate(ValueLayout.JAVA_FLOAT, 1 << 20);
 *     SegmentKernels.of(Kernels.defaults()).forward(Activation.gelu(), x, x);
 * }
 * }</pre>
 *
 * <p>A segment lies outside the heap or in a {@code float[]}. Memory of a confined or the global arena, and arrays, are
 * worked on where they are. Any other arena may be closed by somebody else at any time, so its memory goes through a
 * block of the heap; a close in the middle of a call is answered with {@link IllegalStateException} and leaves a part of
 * the result written.
 *
 * <p>Everything else is answered before anything is written: {@link NullPointerException} names the missing argument;
 * {@link IllegalArgumentException} answers lengths that differ or are no multiple of 4 bytes, addresses that are none,
 * ranges that overlap in part and heap segments of another array; {@link ReadOnlyBufferException} a read-only
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
        Operand from = Operand.read("x", x);
        Operand to = Operand.written("y", y);
        to.requireLike(from);
        if (from.isArray() && to.isArray()) {
            kernels.forward(f, from.array(), from.offset(), to.array(), to.offset(), (int) to.length());
        } else if (from.isFixed() && to.isFixed()) {
            kernels.forward(f, from.address(), to.address(), to.length());
        } else {
            float[][] scratch = new float[2][(int) Math.min(BLOCK, to.length())];
            for (long at = 0; at < to.length(); at += BLOCK) {
                int count = (int) Math.min(BLOCK, to.length() - at);
                float[] xs = from.take(at, count, scratch[0]);
                float[] ys = to.arrayOr(scratch[1]);
                kernels.forward(f, xs, from.start(at), ys, to.start(at), count);
                to.put(at, count, ys);
            }
        }
    }

    /**
     * {@code dx[i] = dy[i] f'(x[i])} over all elements.
     *
     * @param x read
     * @param dy read
     * @param dx written; may be dy or x
     */
    public void backward(Activation f, MemorySegment x, MemorySegment dy, MemorySegment dx) {
        backward(f, false, Operand.read("x", x), Operand.read("dy", dy), Operand.written("dx", dx));
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
        backward(f, true, Operand.read("y", y), Operand.read("dy", dy), Operand.written("dx", dx));
    }

    private void backward(Activation f, boolean fromOutput, Operand x, Operand dy, Operand dx) {
        dx.requireLike(x);
        dx.requireLike(dy);
        if (x.isArray() && dy.isArray() && dx.isArray()) {
            arrays(f, fromOutput, x.array(), x.offset(), dy.array(), dy.offset(), dx.array(), dx.offset(), (int)
                    dx.length());
        } else if (x.isFixed() && dy.isFixed() && dx.isFixed()) {
            if (fromOutput) {
                kernels.backwardFromOutput(f, x.address(), dy.address(), dx.address(), dx.length());
            } else {
                kernels.backward(f, x.address(), dy.address(), dx.address(), dx.length());
            }
        } else {
            float[][] scratch = new float[3][(int) Math.min(BLOCK, dx.length())];
            for (long at = 0; at < dx.length(); at += BLOCK) {
                int count = (int) Math.min(BLOCK, dx.length() - at);
                float[] xs = x.take(at, count, scratch[0]);
                float[] dys = dy.take(at, count, scratch[1]);
                float[] dxs = dx.arrayOr(scratch[2]);
                arrays(f, fromOutput, xs, x.start(at), dys, dy.start(at), dxs, dx.start(at), count);
                dx.put(at, count, dxs);
            }
        }
    }

    private void arrays(
            Activation f,
            boolean fromOutput,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int length) {
        if (fromOutput) {
            kernels.backwardFromOutput(f, x, xOffset, dy, dyOffset, dx, dxOffset, length);
        } else {
            kernels.backward(f, x, xOffset, dy, dyOffset, dx, dxOffset, length);
        }
    }
}
