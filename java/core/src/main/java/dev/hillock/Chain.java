package dev.hillock;

import dev.hillock.catalogue.Direction;
import java.lang.reflect.Array;
import java.util.List;

/** Runs a chain of activations block by block, so that what one leaves the next finds in the first-level cache. */
final class Chain {
    private static final int BLOCK = 2048;

    /** One kernel over operands as {@link dev.hillock.engine.KernelEngine} takes them. */
    @FunctionalInterface
    interface Kernel {
        void run(
                Activation f,
                Direction direction,
                Object x,
                long xOffset,
                Object dy,
                long dyOffset,
                Object out,
                long outOffset,
                long length);
    }

    private final List<Activation> parts;
    private final Kernel kernel;
    // scratch[i] is what part i reads, for i above 0; the first one holds the gradient on its way back.
    private final Object[] scratch;

    private Chain(List<Activation> parts, ElementType type, Kernel kernel, long length) {
        this.parts = parts;
        this.kernel = kernel;
        Class<?> real = type == ElementType.FLOAT64 ? double.class : float.class;
        this.scratch = (Object[]) Array.newInstance(real, parts.size(), (int) Math.min(BLOCK, length));
    }

    static void run(
            Activation f,
            ElementType type,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length,
            Kernel kernel) {
        // Forward, each part but the first works in place.
        Chain chain = new Chain(f.parts(), type, kernel, direction == Direction.FORWARD ? 0 : length);
        for (long done = 0; done < length; done += BLOCK) {
            int count = (int) Math.min(BLOCK, length - done);
            long xAt = at(type, x, xOffset, done);
            long outAt = at(type, out, outOffset, done);
            if (direction == Direction.FORWARD) {
                chain.forward(x, xAt, out, outAt, count);
            } else {
                chain.backward(x, xAt, dy, at(type, dy, dyOffset, done), out, outAt, count);
            }
        }
    }

    private void forward(Object x, long xOffset, Object y, long yOffset, int count) {
        kernel.run(parts.get(0), Direction.FORWARD, x, xOffset, null, 0, y, yOffset, count);
        for (Activation part : parts.subList(1, parts.size())) {
            kernel.run(part, Direction.FORWARD, y, yOffset, null, 0, y, yOffset, count);
        }
    }

    private void backward(Object x, long xOffset, Object dy, long dyOffset, Object dx, long dxOffset, int count) {
        Object from = x;
        long fromOffset = xOffset;
        for (int i = 1; i < parts.size(); i++) {
            kernel.run(parts.get(i - 1), Direction.FORWARD, from, fromOffset, null, 0, scratch[i], 0, count);
            from = scratch[i];
            fromOffset = 0;
        }
        Object gradient = dy;
        long gradientOffset = dyOffset;
        for (int i = parts.size() - 1; i > 0; i--) {
            kernel.run(parts.get(i), Direction.BACKWARD, scratch[i], 0, gradient, gradientOffset, scratch[0], 0, count);
            gradient = scratch[0];
            gradientOffset = 0;
        }
        kernel.run(parts.get(0), Direction.BACKWARD, x, xOffset, gradient, gradientOffset, dx, dxOffset, count);
    }

    private static long at(ElementType type, Object base, long offset, long done) {
        return offset + (base == null ? done * type.bytes() : done);
    }
}
