package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.binding.NativeCalls;
import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.LossKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The C++ kernel core, on the best instruction set this machine has or the one that was asked for. */
public final class NativeEngine implements KernelEngine {
    // So few elements never stream, if the whole call has no more.
    private static final int SHORT = 1 << 12;
    // When the arrays of a call have so many bytes together, more than a last-level cache, stores go past the caches.
    // On a server with 33 MB that saves nothing to 6 % at 8388608 elements of relu, silu and gelu.
    private static final long STREAM_FROM_BYTES = 1 << 25;
    private static final int DIRECTIONS = Direction.values().length;
    private static final int TYPES = ElementType.values().length;
    private static final int SELF_CHECK_VALUES = 64;
    // As in native/CMakeLists.txt.
    private static final String UNVERSIONED = "development";

    private final Availability availability;
    private final NativeCalls calls;
    private final String target;
    private final CrossingBound bound;
    // So many elements are one crossing, and short.
    private final int mostShort;
    // Kernel handles by type, function and direction; zero or below where there is none.
    private final long[] kernels;
    private final AxisKernels axis;
    private final RowKernels rows;
    private final FusedKernels fused;
    private final LossKernels losses;

    /**
     * The engine on one instruction set.
     *
     * @param cap the best instruction set allowed, or null
     */
    NativeEngine(String cap) {
        NativeLibrary library = NativeLibrary.get();
        NativeCalls loaded = library.calls();
        String chosen = null;
        CrossingBound boundHere = null;
        long[] found = {};
        AxisKernels overAxis = AxisKernels.NONE;
        RowKernels rowsHere = ScalarRowKernels.INSTANCE;
        FusedKernels fusedHere = new BlockedFusedKernels(this);
        LossKernels lossesHere = LossKernels.NONE;
        Availability answer;
        if (loaded == null) {
            answer = Availability.unavailable(library.reason(), library.cause());
        } else {
            int number = number(loaded, cap);
            if (number < 0) {
                answer = Availability.unavailable(
                        "instruction set '" + cap + "' is not in this library or not on this machine (here: "
                                + String.join(", ", targets(loaded)) + ")",
                        null);
            } else {
                chosen = loaded.targetName(number);
                boundHere = CrossingBound.on(chosen);
                answer = compare(loaded);
                if (answer.isAvailable()) {
                    try {
                        found = kernels(loaded, number);
                        overAxis = new NativeAxisKernels(loaded, number, boundHere);
                        rowsHere = new NativeRowKernels(loaded, number, boundHere);
                        fusedHere = new NativeFusedKernels(loaded, number, boundHere, fusedHere);
                        lossesHere = new NativeLossKernels(loaded, number);
                    } catch (IllegalStateException e) {
                        answer = Availability.unavailable(e.getMessage(), null);
                    }
                }
            }
        }
        calls = loaded;
        target = chosen;
        bound = boundHere;
        mostShort = boundHere == null ? 0 : Math.min(SHORT, boundHere.floats());
        kernels = found;
        axis = overAxis;
        rows = rowsHere;
        fused = fusedHere;
        losses = lossesHere;
        availability = answer.isAvailable() ? selfCheck() : answer;
    }

    /** The engine on one of the instruction sets of {@link #targets()}, whatever is configured. */
    public static NativeEngine on(String isa) {
        return new NativeEngine(isa);
    }

    /** The instruction sets of this machine that the library has kernels for, the best first. */
    public static List<String> targets() {
        NativeCalls loaded = NativeLibrary.get().calls();
        return loaded == null ? List.of() : targets(loaded);
    }

    private static List<String> targets(NativeCalls loaded) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < loaded.targetCount(); i++) {
            if (loaded.targetAvailable(i)) {
                names.add(loaded.targetName(i));
            }
        }
        return names;
    }

    // A cap allows its own target and everything below it.
    private static int number(NativeCalls loaded, String cap) {
        boolean allowed = cap == null;
        for (int i = 0; i < loaded.targetCount(); i++) {
            allowed = allowed || loaded.targetName(i).equals(cap);
            if (allowed && loaded.targetAvailable(i)) {
                return i;
            }
        }
        return -1;
    }

    private static long[] kernels(NativeCalls loaded, int number) {
        int each = Catalogue.functions().size() * DIRECTIONS;
        long[] found = new long[TYPES * each];
        for (int i = 0; i < found.length; i++) {
            found[i] = loaded.eltwiseKernel(number, i / each, i % DIRECTIONS, i % each / DIRECTIONS);
        }
        return found;
    }

    private static Availability compare(NativeCalls loaded) {
        Availability answer = compareVersions(
                loaded.version(), NativeEngine.class.getPackage().getImplementationVersion());
        if (answer.isAvailable()) {
            answer = compareCatalogues(
                    loaded.functions(),
                    Catalogue.functions().stream().map(Function::row).toList());
        }
        if (answer.isAvailable()) {
            answer = compareCatalogues(
                    loaded.axisFunctions(),
                    Stream.concat(
                                    AxisCatalogue.functions().stream().map(AxisDefinition::row),
                                    NativeRowKernels.rows().stream())
                            .toList());
        }
        return answer.isAvailable()
                ? compareCatalogues(
                        loaded.losses(),
                        Stream.of(LossKernel.values()).map(LossKernel::row).toList())
                : answer;
    }

    // A library of another version may have other signatures. What is not packaged has no version, and a library that
    // was built by itself has this one.
    static Availability compareVersions(String library, String mine) {
        return mine == null || library.equals(mine) || library.equals(UNVERSIONED)
                ? Availability.AVAILABLE
                : Availability.unavailable(
                        "the native library is of another version: " + library + ", this is " + mine, null);
    }

    /**
     * A kernel's handle, of what every instruction set has.
     *
     * @throws IllegalStateException if this library has none
     */
    static long required(long handle) {
        if (handle <= 0) {
            throw new IllegalStateException("the native library is of another version: a kernel is missing");
        }
        return handle;
    }

    // The list of functions stands in C++ and in the catalogue; they meet here, once. The catalogue may go on with
    // functions that only Java has.
    private static Availability compareCatalogues(String rows, List<String> mine) {
        List<String> theirs = Arrays.asList(rows.split(" (?=\\d+:)"));
        for (int i = 0; i < theirs.size(); i++) {
            String here = i < mine.size() ? mine.get(i) : "nothing";
            if (!here.equals(theirs.get(i))) {
                return Availability.unavailable(
                        "the native library is of another version: first difference at id " + i + ": " + theirs.get(i)
                                + " / " + here,
                        null);
            }
        }
        return Availability.AVAILABLE;
    }

    // The bits must agree with the scalar engine's, so one comparison finds a wrong or damaged file.
    private Availability selfCheck() {
        ScalarEngine scalar = new ScalarEngine();
        Function function = Catalogue.function("sigmoid");
        float[] x = new float[SELF_CHECK_VALUES];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - x.length / 2) * 0.53f;
        }
        float[] expected = new float[x.length];
        float[] actual = new float[x.length];
        double[] none = {};
        scalar.eltwise(function, ElementType.FLOAT32, Direction.FORWARD, none, x, 0, null, 0, expected, 0, x.length);
        eltwise(function, ElementType.FLOAT32, Direction.FORWARD, none, x, 0, null, 0, actual, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i])) {
                return Availability.unavailable(
                        "the native library failed its self-check: " + function + "(" + x[i] + ") is " + actual[i]
                                + ", expected " + expected[i],
                        null);
            }
        }
        return Availability.AVAILABLE;
    }

    @Override
    public Engine engine() {
        return Engine.NATIVE;
    }

    @Override
    public Availability availability() {
        return availability;
    }

    CrossingBound bound() {
        return bound;
    }

    /** The instruction set in use, or null. */
    public String target() {
        return target;
    }

    @Override
    public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
        return !function.isCustom() && availability.isAvailable() && kernel(function, type, direction) > 0;
    }

    long kernel(Function function, ElementType type, Direction direction) {
        int each = kernels.length / TYPES;
        return kernels[type.ordinal() * each + function.id() * DIRECTIONS + direction.ordinal()];
    }

    @Override
    public void eltwise(
            Function function,
            ElementType type,
            Direction direction,
            double[] p,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        piece(function, type, direction, p, x, xOffset, dy, dyOffset, out, outOffset, length, length);
    }

    @Override
    public void piece(
            Function function,
            ElementType type,
            Direction direction,
            double[] p,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length,
            long whole) {
        long kernel = kernel(function, type, direction);
        // Nearly every call: few bytes, so that it is compiled into its caller.
        if (type == ElementType.FLOAT32 && whole <= mostShort) {
            calls.eltwise(
                    kernel,
                    parameter(p, 0),
                    parameter(p, 1),
                    parameter(p, 2),
                    (float[]) x,
                    start(x, xOffset, Float.BYTES),
                    (float[]) dy,
                    start(dy, dyOffset, Float.BYTES),
                    (float[]) out,
                    start(out, outOffset, Float.BYTES),
                    length,
                    false);
            return;
        }
        crossings(kernel, type, direction, p, x, xOffset, dy, dyOffset, out, outOffset, length, whole);
    }

    // A function's parameter, or 0 past the last one.
    static double parameter(double[] p, int number) {
        return number < p.length ? p[number] : 0;
    }

    private void crossings(
            long kernel,
            ElementType type,
            Direction direction,
            double[] p,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length,
            long whole) {
        int bytes = type.bytes();
        double p0 = parameter(p, 0);
        double p1 = parameter(p, 1);
        double p2 = parameter(p, 2);
        long xStart = start(x, xOffset, bytes);
        long dyStart = start(dy, dyOffset, bytes);
        long outStart = start(out, outOffset, bytes);
        // In place the destination is in the cache already.
        boolean inPlace = out == x && outStart == xStart || out == dy && outStart == dyStart;
        boolean stream = streams(whole, direction == Direction.FORWARD ? 2 : 3, bytes) && !inPlace;
        int most = bound.of(type);
        for (long done = 0; done < length; done += most) {
            long at = done * bytes;
            long count = Math.min(most, length - done);
            if (bytes == Float.BYTES) {
                calls.eltwise(
                        kernel,
                        p0,
                        p1,
                        p2,
                        (float[]) x,
                        xStart + at,
                        (float[]) dy,
                        dyStart + at,
                        (float[]) out,
                        outStart + at,
                        count,
                        stream);
            } else if (bytes == Double.BYTES) {
                calls.eltwise(
                        kernel,
                        p0,
                        p1,
                        p2,
                        (double[]) x,
                        xStart + at,
                        (double[]) dy,
                        dyStart + at,
                        (double[]) out,
                        outStart + at,
                        count,
                        stream);
            } else {
                calls.eltwise(
                        kernel,
                        p0,
                        p1,
                        p2,
                        (short[]) x,
                        xStart + at,
                        (short[]) dy,
                        dyStart + at,
                        (short[]) out,
                        outStart + at,
                        count,
                        stream);
            }
        }
    }

    @Override
    public AxisKernels axis() {
        return availability.isAvailable() ? axis : AxisKernels.NONE;
    }

    @Override
    public RowKernels rows() {
        return availability.isAvailable() ? rows : ScalarRowKernels.INSTANCE;
    }

    @Override
    public LossKernels losses() {
        return availability.isAvailable() ? losses : LossKernels.NONE;
    }

    @Override
    public FusedKernels fused() {
        return fused;
    }

    /** Whether the stores of a call should go past the caches, by the elements of each of its arrays. */
    static boolean streams(long elements, int arrays, int bytes) {
        return elements * arrays * bytes >= STREAM_FROM_BYTES;
    }

    private static long start(Object base, long offset, int bytes) {
        return base == null ? offset : offset * bytes;
    }
}
