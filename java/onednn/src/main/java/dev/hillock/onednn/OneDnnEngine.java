package dev.hillock.onednn;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Availability;
import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.RowKernels;

/** The engine {@code ONEDNN}: oneDNN's primitives, with oneDNN's results and oneDNN's faults. */
public final class OneDnnEngine implements KernelEngine {
    // A heap array is held in a critical section while oneDNN works on it; this many elements take about 50
    // microseconds.
    static final int CROSSING = 1 << 16;

    private final Availability availability;
    // The driver's numbers of the catalogue's functions, by id; negative where oneDNN has none.
    private final int[] numbers;
    private final AxisKernels axis = new OneDnnAxisKernels(this);
    private final RowKernels rows = new OneDnnRowKernels();

    /** Called by the service loader. */
    public OneDnnEngine() {
        OneDnnLibrary library = OneDnnLibrary.get();
        availability = library.isLoaded()
                ? Availability.AVAILABLE
                : Availability.unavailable(library.reason(), library.cause());
        numbers = library.isLoaded()
                ? Catalogue.functions().stream()
                        .mapToInt(function -> OneDnn.hillock_onednn_function(function.name()))
                        .toArray()
                : new int[0];
    }

    @Override
    public Engine engine() {
        return Engine.ONEDNN;
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
        return availability.isAvailable()
                && type == ElementType.FLOAT32
                && (direction != Direction.BACKWARD_FROM_OUTPUT || function.fromOutput(parameters))
                && supports(direction, algorithm(function, parameters));
    }

    private static boolean supports(Direction direction, Algorithm f) {
        return OneDnn.hillock_onednn_supports(f.number(), direction.ordinal(), f.p0(), f.p1())
                == OneDnn.HILLOCK_ONEDNN_OK;
    }

    /** What a function with its parameters is to the driver. */
    Algorithm algorithm(Function function, double[] parameters) {
        return Algorithm.of(numbers, function, parameters);
    }

    @Override
    public void eltwise(
            Function function,
            ElementType type,
            Direction direction,
            double[] parameters,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        Algorithm f = algorithm(function, parameters);
        long xStart = bytes(x, xOffset);
        long dyStart = bytes(dy, dyOffset);
        long outStart = bytes(out, outOffset);
        for (long done = 0; done < length; done += CROSSING) {
            long at = done * Float.BYTES;
            long count = Math.min(CROSSING, length - done);
            if (direction == Direction.FORWARD) {
                forward(f, count, (float[]) x, xStart + at, (float[]) out, outStart + at);
            } else {
                backward(
                        direction == Direction.BACKWARD_FROM_OUTPUT,
                        f,
                        count,
                        (float[]) x,
                        xStart + at,
                        (float[]) dy,
                        dyStart + at,
                        (float[]) out,
                        outStart + at);
            }
        }
    }

    private static void forward(Algorithm f, long count, float[] x, long xStart, float[] y, long yStart) {
        int status = OneDnn.hillock_onednn_eltwise_forward(f.number(), f.p0(), f.p1(), count, x, xStart, y, yStart);
        if (Status.isUnprepared(status)) {
            Status.check(OneDnn.hillock_onednn_eltwise_forward(f.number(), f.p0(), f.p1(), count, null, 0, null, 0));
            status = OneDnn.hillock_onednn_eltwise_forward(f.number(), f.p0(), f.p1(), count, x, xStart, y, yStart);
        }
        Status.check(status);
    }

    private static void backward(
            boolean fromOutput,
            Algorithm f,
            long count,
            float[] x,
            long xStart,
            float[] dy,
            long dyStart,
            float[] dx,
            long dxStart) {
        int status = callBackward(fromOutput, f, count, x, xStart, dy, dyStart, dx, dxStart);
        if (Status.isUnprepared(status)) {
            Status.check(callBackward(fromOutput, f, count, null, 0, null, 0, null, 0));
            status = callBackward(fromOutput, f, count, x, xStart, dy, dyStart, dx, dxStart);
        }
        Status.check(status);
    }

    private static int callBackward(
            boolean fromOutput,
            Algorithm f,
            long count,
            float[] x,
            long xStart,
            float[] dy,
            long dyStart,
            float[] dx,
            long dxStart) {
        return fromOutput
                ? OneDnn.hillock_onednn_eltwise_backward_from_output(
                        f.number(), f.p0(), f.p1(), count, x, xStart, dy, dyStart, dx, dxStart)
                : OneDnn.hillock_onednn_eltwise_backward(
                        f.number(), f.p0(), f.p1(), count, x, xStart, dy, dyStart, dx, dxStart);
    }

    @Override
    public AxisKernels axis() {
        return availability.isAvailable() ? axis : AxisKernels.NONE;
    }

    @Override
    public RowKernels rows() {
        return availability.isAvailable() ? rows : KernelEngine.super.rows();
    }

    /**
     * softmax or its logarithm over the middle axis of [outer, axis, inner]; operands as in {@link #eltwise}. Backward
     * reads y, as its gradient is written.
     *
     * @param x read: the input, or the output going backward
     * @param dy read going backward
     * @param out written; may be x going forward, dy going backward
     */
    public void softmax(
            boolean logarithm,
            Direction direction,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long outer,
            long axis,
            long inner) {
        if (direction == Direction.BACKWARD) {
            throw new IllegalArgumentException(
                    "the gradient of softmax is computed from its output, not from its input");
        }
        boolean forward = direction == Direction.FORWARD;
        long slab = axis * inner;
        long rows = Math.max(1, CROSSING / Math.max(1, slab));
        long xStart = bytes(x, xOffset);
        long dyStart = bytes(dy, dyOffset);
        long outStart = bytes(out, outOffset);
        for (long done = 0; done < outer; done += rows) {
            long at = done * slab * Float.BYTES;
            softmax(
                    forward,
                    logarithm ? 1 : 0,
                    Math.min(rows, outer - done),
                    axis,
                    inner,
                    (float[]) x,
                    xStart + at,
                    (float[]) dy,
                    dyStart + at,
                    (float[]) out,
                    outStart + at);
        }
    }

    private static void softmax(
            boolean forward,
            int logarithm,
            long rows,
            long axis,
            long inner,
            float[] x,
            long xStart,
            float[] dy,
            long dyStart,
            float[] out,
            long outStart) {
        int status = callSoftmax(forward, logarithm, rows, axis, inner, x, xStart, dy, dyStart, out, outStart);
        if (Status.isUnprepared(status)) {
            Status.check(callSoftmax(forward, logarithm, rows, axis, inner, null, 0, null, 0, null, 0));
            status = callSoftmax(forward, logarithm, rows, axis, inner, x, xStart, dy, dyStart, out, outStart);
        }
        Status.check(status);
    }

    private static int callSoftmax(
            boolean forward,
            int logarithm,
            long rows,
            long axis,
            long inner,
            float[] x,
            long xStart,
            float[] dy,
            long dyStart,
            float[] out,
            long outStart) {
        return forward
                ? OneDnn.hillock_onednn_softmax_forward(logarithm, rows, axis, inner, x, xStart, out, outStart)
                : OneDnn.hillock_onednn_softmax_backward(
                        logarithm, rows, axis, inner, x, xStart, dy, dyStart, out, outStart);
    }

    private static long bytes(Object base, long offset) {
        return base == null ? offset : offset * Float.BYTES;
    }
}
