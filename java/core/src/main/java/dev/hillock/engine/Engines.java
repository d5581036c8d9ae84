package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import java.util.EnumMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The engines of this process and the choice between them. */
public final class Engines {
    // Operations over an axis: from so many elements on a native call or the Vector API is faster.
    private static final int LONG_AXIS = 48;

    // Functions over an axis: what a row costs on plain loops beside its elements, in elements, and how much of both
    // pays for a call by JNI and by FFM. The gradient of log_softmax, which takes an exponential of each element, pays
    // sooner, by FFM always. From so many elements of a row the Vector API is faster than plain loops. All read off
    // CrossoverTable.
    private static final int ROW = 12;
    private static final int CROSSING_JNI = 36;
    private static final int CROSSING_FFM = 18;
    private static final int CROSSING_JNI_EXPONENTIALS = 24;
    private static final AxisDefinition LOG_SOFTMAX = AxisCatalogue.function("log_softmax");
    private static final int VECTOR_ROW = 16;

    // Losses: from so many elements on a native call or the Vector API is faster.
    private static final int LONG_LOSS = 32;

    // Elements of 16 bits: from so many on a native call is faster.
    private static final int NATIVE_NARROW_FROM = 16;

    private static final Map<Engine, KernelEngine> ENGINES = new EnumMap<>(Engine.class);

    private Engines() {}

    /** An engine by name; never {@code AUTO}. */
    public static synchronized KernelEngine get(Engine engine) {
        return ENGINES.computeIfAbsent(engine, Engines::create);
    }

    /** An engine by name that can serve.
     *
     * @throws IllegalStateException with the reason if it is not available
     */
    public static KernelEngine required(Engine engine) {
        return required(get(engine));
    }

    /** The engine, which can serve.
     *
     * @throws IllegalStateException with the reason if it is not available
     */
    public static KernelEngine required(KernelEngine found) {
        if (!found.availability().isAvailable()) {
            throw new IllegalStateException(
                    "engine " + found.engine().word() + " is not available: "
                            + found.availability().reason(),
                    found.availability().cause());
        }
        return found;
    }

    /** Whether a function has kernels for a type of elements: the same bits on {@code NATIVE}, {@code VECTOR}, {@code SCALAR}. */
    public static boolean hasKernels(Function function, ElementType type) {
        return ((ScalarEngine) get(Engine.SCALAR)).hasKernels(function, type);
    }

    // In place of an engine that was not asked for.
    private static void requireSettings() {
        if (Held.MISTAKE != null) {
            throw new IllegalArgumentException(Held.MISTAKE);
        }
    }

    /**
     * What is wrong with the settings of the native engine, or null. One that cannot be had is no reason to take another
     * engine silently, unlike a machine for which there is no library.
     */
    private static String mistake() {
        try {
            String isa = Settings.isa();
            NativeLibrary library = NativeLibrary.get();
            if (library.calls() == null) {
                return library.lacksBinding() ? library.reason() : null;
            }
            Availability natives = get(Engine.NATIVE).availability();
            return isa == null || natives.isAvailable() ? null : natives.reason();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /**
     * The fastest engine that has this function, for this many elements.
     *
     * @throws IllegalArgumentException if a setting has no such value, or one that this machine does not have
     */
    public static KernelEngine choose(
            Function function, ElementType type, Direction direction, double[] parameters, long length) {
        requireSettings();
        if (type == ElementType.FLOAT32 && !function.isCustom()) {
            return chooseFloats(function, direction, parameters, length);
        }
        boolean hasNative = Held.NATIVE.supports(function, type, direction, parameters);
        // The Java engines spend more on 16-bit elements than on the function.
        if (type.isNarrow() && hasNative && length >= NATIVE_NARROW_FROM) {
            return Held.NATIVE;
        }
        if (hasNative && length >= Held.CROSSOVERS.thanVector()[Crossovers.index(function, direction)]) {
            return Held.NATIVE;
        }
        if (Held.VECTOR.supports(function, type, direction, parameters)
                && (!hasNative || Held.VECTOR.wants(function, type, direction, length))) {
            return Held.VECTOR;
        }
        if (hasNative && length >= Held.CROSSOVERS.thanScalar()[Crossovers.index(function, direction)]) {
            return Held.NATIVE;
        }
        return Held.SCALAR.supports(function, type, direction, parameters) ? Held.SCALAR : Held.REFERENCE;
    }

    /**
     * As {@link #choose} where an operand lies outside the heap: the native kernels work on it where it is, the others
     * on copies, which take longer than the crossing.
     */
    public static KernelEngine chooseOffHeap(
            Function function, ElementType type, Direction direction, double[] parameters, long length) {
        return Held.NATIVE.supports(function, type, direction, parameters)
                ? Held.NATIVE
                : choose(function, type, direction, parameters, length);
    }

    /**
     * What {@code AUTO} chooses from.
     *
     * @param isMistaken whether the settings are wrong, and every choice will say so
     */
    record Offer(
            KernelEngine natives,
            KernelEngine vector,
            ScalarEngine scalar,
            Crossovers crossovers,
            boolean isMistaken) {}

    static Offer offer() {
        return new Offer(Held.NATIVE, Held.VECTOR, (ScalarEngine) Held.SCALAR, Held.CROSSOVERS, Held.MISTAKE != null);
    }

    // The usual choice: for the shortest arrays, where it is a good part of the call, two comparisons.
    private static KernelEngine chooseFloats(Function function, Direction direction, double[] parameters, long length) {
        int at = Crossovers.index(function, direction);
        long thanScalar = Held.CROSSOVERS.thanScalar()[at];
        boolean isShort = length < Held.VECTOR_FROM;
        if (isShort ? length >= thanScalar : Held.CROSSOVERS.isNative(at, length, Held.VECTOR.lanes())) {
            return Held.NATIVE;
        }
        // Whatever has a native kernel runs on vectors, too.
        if (length >= Held.VECTOR_FROM
                && (thanScalar == Crossovers.NEVER
                        ? Held.VECTOR.supports(function, ElementType.FLOAT32, direction, parameters)
                        : Held.VECTOR.wants(function, ElementType.FLOAT32, direction, length))) {
            return Held.VECTOR;
        }
        if (length >= thanScalar) {
            return Held.NATIVE;
        }
        return Held.SCALAR.supports(function, ElementType.FLOAT32, direction, parameters)
                ? Held.SCALAR
                : Held.REFERENCE;
    }

    /** The fastest kernels that have this function over an axis, for rows of that many elements. */
    public static AxisKernels chooseAxis(
            AxisDefinition function, ElementType type, Direction direction, AxisLayout layout) {
        requireSettings();
        long rows = layout.outer() * layout.inner();
        boolean isDear = function == LOG_SOFTMAX && direction != Direction.FORWARD;
        int crossing = isDear ? Held.CROSSING_EXPONENTIALS : Held.CROSSING;
        if (rows * ROW + layout.count() >= crossing && Held.NATIVE.axis().supports(function, type, direction)) {
            return Held.NATIVE.axis();
        }
        boolean hasVectors = layout.inner() > 1 || layout.axis() >= VECTOR_ROW;
        if (hasVectors && layout.count() >= LONG_AXIS && Held.VECTOR.axis().supports(function, type, direction)) {
            return Held.VECTOR.axis();
        }
        return Held.SCALAR.axis().supports(function, type, direction) ? Held.SCALAR.axis() : Held.REFERENCE.axis();
    }

    /** The fastest operations over an axis, for this many elements. */
    public static RowKernels chooseRows(long length) {
        requireSettings();
        if (length < LONG_AXIS) {
            return Held.SCALAR.rows();
        }
        return Held.NATIVE.availability().isAvailable() ? Held.NATIVE.rows() : Held.VECTOR.rows();
    }

    /** The fastest kernels for losses of this many elements. */
    public static LossKernels chooseLosses(long length) {
        requireSettings();
        if (length >= LONG_LOSS) {
            if (Held.NATIVE.losses().available()) {
                return Held.NATIVE.losses();
            }
            if (Held.VECTOR.losses().available()) {
                return Held.VECTOR.losses();
            }
        }
        return Held.SCALAR.losses();
    }

    // Final fields, so that the choice costs a comparison.
    private static final class Held {
        static final String MISTAKE = mistake();
        static final KernelEngine NATIVE =
                MISTAKE == null ? get(Engine.NATIVE) : new UnavailableEngine(Engine.NATIVE, MISTAKE);
        static final int CROSSING = NativeLibrary.get().isFfm() ? CROSSING_FFM : CROSSING_JNI;
        static final int CROSSING_EXPONENTIALS = NativeLibrary.get().isFfm() ? 0 : CROSSING_JNI_EXPONENTIALS;
        static final KernelEngine VECTOR = get(Engine.VECTOR);
        static final KernelEngine SCALAR = get(Engine.SCALAR);
        static final KernelEngine REFERENCE = get(Engine.REFERENCE);
        // One vector, if there are any.
        static final long VECTOR_FROM = VECTOR.availability().isAvailable() ? VECTOR.lanes() : Crossovers.NEVER;
        static final Crossovers CROSSOVERS = Crossovers.here(
                VECTOR.lanes(),
                (function, direction) -> NATIVE.supports(function, ElementType.FLOAT32, direction, new double[0]),
                function -> VECTOR instanceof FloatLoops loops && loops.hasVectors(function));
    }

    private static KernelEngine create(Engine engine) {
        return switch (engine) {
            case SCALAR -> new ScalarEngine();
            case REFERENCE -> new ReferenceEngine();
            case NATIVE -> warned(loaded(Settings.isa()));
            case VECTOR -> vector();
            case ONEDNN -> provided(engine);
            case AUTO -> throw new IllegalArgumentException("AUTO is a choice, not an engine");
        };
    }

    // By name only: the class needs a module that a JVM has where it was asked for.
    private static KernelEngine vector() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new UnavailableEngine(
                    Engine.VECTOR,
                    "module jdk.incubator.vector is not in this JVM; add --add-modules jdk.incubator.vector");
        }
        try {
            return (KernelEngine) Class.forName("dev.hillock.engine.VectorEngine")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            return new UnavailableEngine(Engine.VECTOR, "the Vector API of this JVM is another than expected: " + e);
        }
    }

    // Glue of another version may lack a call that this one makes.
    private static KernelEngine loaded(String isa) {
        try {
            return new NativeEngine(isa);
        } catch (LinkageError e) {
            return new UnavailableEngine(Engine.NATIVE, "the native library is of another version: " + e.getMessage());
        }
    }

    // What is broken is said once, for everything still runs, only slower; not what is missing, nor what was asked for
    // and cannot be had. A logger takes some tens of milliseconds to make, so a program where all is well makes none.
    private static KernelEngine warned(KernelEngine natives) {
        NativeLibrary library = NativeLibrary.get();
        Availability found = natives.availability();
        boolean isRefused = library.calls() != null && !found.isAvailable() && Settings.isa() == null;
        if (library.cause() != null || isRefused) {
            System.getLogger("dev.hillock")
                    .log(
                            System.Logger.Level.WARNING,
                            found.isAvailable()
                                    ? "native calls are slower than they could be: " + library.reason()
                                    : "no native kernels: " + found.reason());
        }
        return natives;
    }

    // Engines of other artifacts are found as services.
    private static KernelEngine provided(Engine engine) {
        try {
            for (KernelEngine provided : ServiceLoader.load(KernelEngine.class, Engines.class.getClassLoader())) {
                if (provided.engine() == engine) {
                    return provided;
                }
            }
        } catch (ServiceConfigurationError e) {
            return new UnavailableEngine(engine, "its artifact did not load: " + e.getMessage());
        }
        return new UnavailableEngine(engine, "the artifact hillock-" + engine.word() + " is not on the class path");
    }
}
