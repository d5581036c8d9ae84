package dev.hillock.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hillock.engine.Settings;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The ABI through the foreign-function API. Heap arrays are handed over in place, as JNI's critical regions do. */
@SuppressWarnings("restricted")
final class FfmCalls implements NativeCalls {
    private static volatile SymbolLookup library;

    private FfmCalls() {}

    /** Loads the library for the life of the process and binds its functions. */
    static NativeCalls open(Path file) {
        library = SymbolLookup.libraryLookup(file, Arena.global());
        // A class in the signature of what makes a segment is loaded by the first closable arena only. Until then the
        // compiler inlines no such call: every segment would stay an object.
        Arena.ofConfined().close();
        FfmCalls calls = new FfmCalls();
        calls.version();
        return calls;
    }

    // Only a constant handle is compiled into its caller, hence static fields, in a class that is initialised once the
    // library is there.
    private static final class Functions {
        static final MethodHandle VERSION = bind("hillock_version", FunctionDescriptor.of(ADDRESS));
        static final MethodHandle FUNCTIONS = bind("hillock_functions", FunctionDescriptor.of(ADDRESS));
        static final MethodHandle TARGET_COUNT = bind("hillock_target_count", FunctionDescriptor.of(JAVA_INT));
        static final MethodHandle TARGET_NAME = bind("hillock_target_name", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        static final MethodHandle TARGET_AVAILABLE =
                bind("hillock_target_available", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        static final MethodHandle ELTWISE_KERNEL = bind(
                "hillock_eltwise_kernel", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle ELTWISE = bind(
                "hillock_eltwise",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_INT),
                Linker.Option.critical(true));

        static final MethodHandle ELTWISE_ROWS = bind(
                "hillock_eltwise_rows",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_INT),
                Linker.Option.critical(true));
        static final MethodHandle AXIS_FUNCTIONS = bind("hillock_axis_functions", FunctionDescriptor.of(ADDRESS));
        static final MethodHandle AXIS_KERNEL =
                bind("hillock_axis_kernel", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle AXIS = bind(
                "hillock_axis",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG,
                        JAVA_DOUBLE,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG),
                Linker.Option.critical(true));
        static final MethodHandle GUMBEL_KERNEL =
                bind("hillock_gumbel_kernel", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
        static final MethodHandle GUMBEL = bind(
                "hillock_gumbel",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
                Linker.Option.critical(true));
        static final MethodHandle DROPOUT_KERNEL =
                bind("hillock_dropout_kernel", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
        static final MethodHandle DROPOUT = bind(
                "hillock_dropout",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_FLOAT, ADDRESS, JAVA_LONG, JAVA_LONG),
                Linker.Option.critical(true));
        static final MethodHandle STATISTICS_KERNEL =
                bind("hillock_statistics_kernel", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
        static final MethodHandle STATISTICS = bind(
                "hillock_statistics",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_FLOAT, JAVA_LONG, ADDRESS, ADDRESS),
                Linker.Option.critical(true));
        static final MethodHandle PRELU_KERNEL =
                bind("hillock_prelu_kernel", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT));
        static final MethodHandle PRELU = bind(
                "hillock_prelu",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG,
                        ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT),
                Linker.Option.critical(true));
        static final MethodHandle GATED_BACKWARD = bind(
                "hillock_gated_backward",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG),
                Linker.Option.critical(true));
        static final MethodHandle AFFINE_KERNEL =
                bind("hillock_affine_kernel", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
        static final MethodHandle AFFINE = bind(
                "hillock_affine",
                FunctionDescriptor.ofVoid(
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG),
                Linker.Option.critical(true));
        static final MethodHandle LOSSES = bind("hillock_losses", FunctionDescriptor.of(ADDRESS));
        static final MethodHandle LOSS_KERNEL =
                bind("hillock_loss_kernel", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT));
        static final MethodHandle LOSS = bind(
                "hillock_loss",
                FunctionDescriptor.of(
                        JAVA_DOUBLE,
                        JAVA_LONG,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        JAVA_DOUBLE,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_DOUBLE,
                        JAVA_LONG),
                Linker.Option.critical(true));

        private static MethodHandle bind(String name, FunctionDescriptor type, Linker.Option... options) {
            MemorySegment function =
                    library.find(name).orElseThrow(() -> new UnsatisfiedLinkError("the native library has no " + name));
            return Linker.nativeLinker().downcallHandle(function, type, options);
        }
    }

    // A row is not cut, and a call on arrays holds up every safepoint until it returns, here. JNI's holds up the
    // collections only, and with the G1 of these JDKs not even them. It costs more, but not beside so many elements.
    private static final class LongRows {
        static final long FROM = 1 << 16;
        // Null where the glue does not load, or where this binding was asked for: then no other takes its place.
        static final NativeCalls CALLS = Settings.binding() == null ? open() : null;

        private static NativeCalls open() {
            try {
                return JniCalls.open(null);
            } catch (IOException | LinkageError | RuntimeException e) {
                return null;
            }
        }
    }

    private static boolean isLong(long outer, long axis, long inner) {
        return outer * axis * inner > LongRows.FROM && LongRows.CALLS != null;
    }

    @Override
    public String binding() {
        return "ffm";
    }

    @Override
    public String version() {
        try {
            return text((MemorySegment) Functions.VERSION.invokeExact());
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public String functions() {
        try {
            return text((MemorySegment) Functions.FUNCTIONS.invokeExact());
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public int targetCount() {
        try {
            return (int) Functions.TARGET_COUNT.invokeExact();
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public String targetName(int target) {
        try {
            return text((MemorySegment) Functions.TARGET_NAME.invokeExact(target));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public boolean targetAvailable(int target) {
        try {
            return (int) Functions.TARGET_AVAILABLE.invokeExact(target) != 0;
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public long eltwiseKernel(int target, int type, int direction, int function) {
        try {
            return (long) Functions.ELTWISE_KERNEL.invokeExact(target, type, direction, function);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void eltwise(
            long kernel,
            double p0,
            double p1,
            double p2,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset,
            long length,
            boolean stream) {
        try {
            // Arrays only, for where a segment may be of one kind or the other it becomes an object. Any array does
            // as a gradient that is not read.
            if (x != null && out != null && (dy != null || dyOffset == 0)) {
                Functions.ELTWISE.invokeExact(
                        kernel,
                        p0,
                        p1,
                        p2,
                        MemorySegment.ofArray(x),
                        xOffset,
                        MemorySegment.ofArray(dy == null ? x : dy),
                        dyOffset,
                        MemorySegment.ofArray(out),
                        outOffset,
                        length,
                        stream ? 1 : 0);
            } else {
                anywhere(
                        kernel,
                        p0,
                        p1,
                        p2,
                        array(x),
                        xOffset,
                        array(dy),
                        dyOffset,
                        array(out),
                        outOffset,
                        length,
                        stream);
            }
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void eltwise(
            long kernel,
            double p0,
            double p1,
            double p2,
            double[] x,
            long xOffset,
            double[] dy,
            long dyOffset,
            double[] out,
            long outOffset,
            long length,
            boolean stream) {
        try {
            anywhere(kernel, p0, p1, p2, array(x), xOffset, array(dy), dyOffset, array(out), outOffset, length, stream);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void eltwise(
            long kernel,
            double p0,
            double p1,
            double p2,
            short[] x,
            long xOffset,
            short[] dy,
            long dyOffset,
            short[] out,
            long outOffset,
            long length,
            boolean stream) {
        try {
            anywhere(kernel, p0, p1, p2, array(x), xOffset, array(dy), dyOffset, array(out), outOffset, length, stream);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void eltwiseRows(
            long kernel,
            double p0,
            double p1,
            double p2,
            float[] x,
            long xOffset,
            long xStride,
            float[] dy,
            long dyOffset,
            long dyStride,
            float[] out,
            long outOffset,
            long outStride,
            long rows,
            long length,
            boolean stream) {
        try {
            Functions.ELTWISE_ROWS.invokeExact(
                    kernel,
                    p0,
                    p1,
                    p2,
                    MemorySegment.ofArray(x),
                    xOffset,
                    xStride,
                    MemorySegment.ofArray(dy),
                    dyOffset,
                    dyStride,
                    MemorySegment.ofArray(out),
                    outOffset,
                    outStride,
                    rows,
                    length,
                    stream ? 1 : 0);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public String axisFunctions() {
        try {
            return text((MemorySegment) Functions.AXIS_FUNCTIONS.invokeExact());
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public long axisKernel(int target, int type, int direction, int function) {
        try {
            return (long) Functions.AXIS_KERNEL.invokeExact(target, type, direction, function);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void axis(
            long kernel,
            double temperature,
            long outer,
            long axis,
            long inner,
            long outerStride,
            long axisStride,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset) {
        if (isLong(outer, axis, inner)) {
            LongRows.CALLS.axis(
                    kernel,
                    temperature,
                    outer,
                    axis,
                    inner,
                    outerStride,
                    axisStride,
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    out,
                    outOffset);
            return;
        }
        try {
            Functions.AXIS.invokeExact(
                    kernel,
                    temperature,
                    outer,
                    axis,
                    inner,
                    outerStride,
                    axisStride,
                    array(x),
                    xOffset,
                    array(dy),
                    dyOffset,
                    array(out),
                    outOffset);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void axis(
            long kernel,
            double temperature,
            long outer,
            long axis,
            long inner,
            long outerStride,
            long axisStride,
            double[] x,
            long xOffset,
            double[] dy,
            long dyOffset,
            double[] out,
            long outOffset) {
        if (isLong(outer, axis, inner)) {
            LongRows.CALLS.axis(
                    kernel,
                    temperature,
                    outer,
                    axis,
                    inner,
                    outerStride,
                    axisStride,
                    x,
                    xOffset,
                    dy,
                    dyOffset,
                    out,
                    outOffset);
            return;
        }
        try {
            Functions.AXIS.invokeExact(
                    kernel,
                    temperature,
                    outer,
                    axis,
                    inner,
                    outerStride,
                    axisStride,
                    array(x),
                    xOffset,
                    array(dy),
                    dyOffset,
                    array(out),
                    outOffset);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public long gumbelKernel(int target) {
        try {
            return (long) Functions.GUMBEL_KERNEL.invokeExact(target);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void gumbel(
            long kernel, long seed, long index, long indexStride, long rows, long columns, float[] z, long zOffset) {
        try {
            Functions.GUMBEL.invokeExact(
                    kernel, seed, index, indexStride, rows, columns, MemorySegment.ofArray(z), zOffset);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public long dropoutKernel(int target) {
        try {
            return (long) Functions.DROPOUT_KERNEL.invokeExact(target);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void dropout(
            long kernel,
            long seed,
            long index,
            long leastKept,
            float factor,
            float[] values,
            long valuesOffset,
            long length) {
        try {
            Functions.DROPOUT.invokeExact(
                    kernel, seed, index, leastKept, factor, MemorySegment.ofArray(values), valuesOffset, length);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public long statisticsKernel(int target) {
        try {
            return (long) Functions.STATISTICS_KERNEL.invokeExact(target);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void statistics(
            long kernel,
            float[] y,
            long yOffset,
            float[] slopes,
            long slopesOffset,
            float flat,
            long length,
            double[] sums,
            float[] lanes) {
        try {
            Functions.STATISTICS.invokeExact(
                    kernel,
                    MemorySegment.ofArray(y),
                    yOffset,
                    MemorySegment.ofArray(slopes),
                    slopesOffset,
                    flat,
                    length,
                    MemorySegment.ofArray(sums),
                    MemorySegment.ofArray(lanes));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public long preluKernel(int target, int type) {
        try {
            return (long) Functions.PRELU_KERNEL.invokeExact(target, type);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void prelu(
            long kernel,
            long outer,
            long channels,
            long inner,
            long outerStride,
            float[] alpha,
            long alphaOffset,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset,
            double[] sums,
            long sumsOffset,
            boolean stream) {
        try {
            Functions.PRELU.invokeExact(
                    kernel,
                    outer,
                    channels,
                    inner,
                    outerStride,
                    MemorySegment.ofArray(alpha),
                    alphaOffset,
                    MemorySegment.ofArray(x),
                    xOffset,
                    array(dy),
                    dyOffset,
                    MemorySegment.ofArray(out),
                    outOffset,
                    array(sums),
                    sumsOffset,
                    stream ? 1 : 0);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void prelu(
            long kernel,
            long outer,
            long channels,
            long inner,
            long outerStride,
            double[] alpha,
            long alphaOffset,
            double[] x,
            long xOffset,
            double[] dy,
            long dyOffset,
            double[] out,
            long outOffset,
            double[] sums,
            long sumsOffset,
            boolean stream) {
        try {
            Functions.PRELU.invokeExact(
                    kernel,
                    outer,
                    channels,
                    inner,
                    outerStride,
                    MemorySegment.ofArray(alpha),
                    alphaOffset,
                    MemorySegment.ofArray(x),
                    xOffset,
                    array(dy),
                    dyOffset,
                    MemorySegment.ofArray(out),
                    outOffset,
                    array(sums),
                    sumsOffset,
                    stream ? 1 : 0);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void gatedBackward(
            long backward,
            long times,
            long product,
            double p0,
            double p1,
            double p2,
            float[] gate,
            float[] dGate,
            long gateOffset,
            float[] value,
            float[] dValue,
            long valueOffset,
            long stride,
            float[] dy,
            long dyOffset,
            long rows,
            long length) {
        try {
            Functions.GATED_BACKWARD.invokeExact(
                    backward,
                    times,
                    product,
                    p0,
                    p1,
                    p2,
                    MemorySegment.ofArray(gate),
                    MemorySegment.ofArray(dGate),
                    gateOffset,
                    MemorySegment.ofArray(value),
                    MemorySegment.ofArray(dValue),
                    valueOffset,
                    stride,
                    MemorySegment.ofArray(dy),
                    dyOffset,
                    rows,
                    length);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public long affineKernel(int target) {
        try {
            return (long) Functions.AFFINE_KERNEL.invokeExact(target);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public void affine(
            long kernel,
            long eltwise,
            double p0,
            double p1,
            double p2,
            long outer,
            long channels,
            long inner,
            float[] scale,
            long scaleOffset,
            float[] shift,
            long shiftOffset,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset,
            double[] scaleSums,
            long scaleSumsOffset,
            double[] shiftSums,
            long shiftSumsOffset) {
        try {
            Functions.AFFINE.invokeExact(
                    kernel,
                    eltwise,
                    p0,
                    p1,
                    p2,
                    outer,
                    channels,
                    inner,
                    array(scale),
                    scaleOffset,
                    MemorySegment.ofArray(shift),
                    shiftOffset,
                    MemorySegment.ofArray(x),
                    xOffset,
                    array(dy),
                    dyOffset,
                    MemorySegment.ofArray(out),
                    outOffset,
                    array(scaleSums),
                    scaleSumsOffset,
                    array(shiftSums),
                    shiftSumsOffset);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public String losses() {
        try {
            return text((MemorySegment) Functions.LOSSES.invokeExact());
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public long lossKernel(int target, int loss) {
        try {
            return (long) Functions.LOSS_KERNEL.invokeExact(target, loss);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    @Override
    public double loss(
            long kernel,
            double p0,
            double p1,
            double p2,
            float[] x,
            long xOffset,
            float[] t,
            long tOffset,
            float[] weight,
            long weightOffset,
            float[] terms,
            long termsOffset,
            float[] dx,
            long dxOffset,
            double scale,
            long length) {
        try {
            return (double) Functions.LOSS.invokeExact(
                    kernel,
                    p0,
                    p1,
                    p2,
                    MemorySegment.ofArray(x),
                    xOffset,
                    MemorySegment.ofArray(t),
                    tOffset,
                    array(weight),
                    weightOffset,
                    array(terms),
                    termsOffset,
                    array(dx),
                    dxOffset,
                    scale,
                    length);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static void anywhere(
            long kernel,
            double p0,
            double p1,
            double p2,
            MemorySegment x,
            long xOffset,
            MemorySegment dy,
            long dyOffset,
            MemorySegment out,
            long outOffset,
            long length,
            boolean stream)
            throws Throwable {
        Functions.ELTWISE.invokeExact(
                kernel, p0, p1, p2, x, xOffset, dy, dyOffset, out, outOffset, length, stream ? 1 : 0);
    }

    private static MemorySegment array(float[] array) {
        return array == null ? MemorySegment.NULL : MemorySegment.ofArray(array);
    }

    private static MemorySegment array(double[] array) {
        return array == null ? MemorySegment.NULL : MemorySegment.ofArray(array);
    }

    private static MemorySegment array(short[] array) {
        return array == null ? MemorySegment.NULL : MemorySegment.ofArray(array);
    }

    private static String text(MemorySegment address) {
        return address.equals(MemorySegment.NULL)
                ? null
                : address.reinterpret(Long.MAX_VALUE).getString(0);
    }

    // The calls declare no exceptions of their own; only errors of the machine come through.
    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return (RuntimeException) e;
    }
}
