package dev.hillock.binding;

import dev.hillock.engine.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/** Finds and loads the kernel core. A failure is a value that is kept, never an exception. */
public final class NativeLibrary {
    private static final NativeLibrary INSTANCE = load(Bindings.ALL, Settings.binding());

    private final NativeCalls calls;
    private final String reason;
    private final Throwable cause;
    private final List<Path> files;

    private NativeLibrary(NativeCalls calls, String reason, Throwable cause, List<Path> files) {
        this.calls = calls;
        this.reason = reason;
        this.cause = cause;
        this.files = files;
    }

    /** The library of this process, loaded on first use. */
    public static NativeLibrary get() {
        return INSTANCE;
    }

    /** The calls, or null if the library did not load. */
    public NativeCalls calls() {
        return calls;
    }

    /** Whether the binding that was asked for is not one of this JVM's. */
    public boolean lacksBinding() {
        return Settings.binding() != null
                && Bindings.ALL.stream().noneMatch(binding -> binding.name().equals(Settings.binding()));
    }

    /** Whether the calls go through the foreign-function API, which costs less than JNI. */
    public boolean isFfm() {
        return calls != null && calls.binding().equals("ffm");
    }

    /**
     * What did not work, in one sentence: why there are no calls, or why they go through another binding than the
     * preferred one; null if nothing failed.
     */
    public String reason() {
        return reason;
    }

    /** What was thrown while loading; null if nothing was. */
    public Throwable cause() {
        return cause;
    }

    /** The files that were loaded. */
    public List<Path> files() {
        return files;
    }

    // The first binding that works serves; a wanted one is not replaced by another.
    static NativeLibrary load(List<Binding> bindings, String wanted) {
        String known = String.join(", ", bindings.stream().map(Binding::name).toList());
        List<Binding> candidates = bindings.stream()
                .filter(binding -> wanted == null || wanted.equals(binding.name()))
                .toList();
        if (candidates.isEmpty()) {
            return failed("there is no binding '" + wanted + "' on this JVM (known: " + known + ")", null);
        }
        Path library;
        try {
            library = NativeFile.find(NativeLibrary.class, "hillock");
        } catch (IOException | LinkageError | RuntimeException e) {
            return failed("the native library was not unpacked: " + firstLine(e), e);
        }
        if (library == null) {
            return failed("no native library for " + Loader.getPlatform() + " on the class path", null);
        }
        List<String> reasons = new ArrayList<>();
        Throwable first = null;
        for (Binding binding : candidates) {
            try {
                NativeCalls calls = binding.opener().open(library);
                return new NativeLibrary(calls, sentence(reasons), first, files(library, binding));
            } catch (IOException | LinkageError | RuntimeException e) {
                reasons.add(binding.name() + ": " + firstLine(e));
                first = first == null ? e : first;
            }
        }
        return failed("the native library did not load: " + sentence(reasons), first);
    }

    private static List<Path> files(Path library, Binding binding) {
        Path glue = library.resolveSibling(System.mapLibraryName("jniHillock"));
        return Stream.of(library, glue)
                .filter(file -> file.equals(library) || binding.name().equals("jni") && Files.exists(file))
                .toList();
    }

    private static NativeLibrary failed(String reason, Throwable cause) {
        return new NativeLibrary(null, reason, cause, List.of());
    }

    private static String sentence(List<String> reasons) {
        return reasons.isEmpty() ? null : String.join("; ", reasons);
    }

    private static String firstLine(Throwable e) {
        Throwable thrown = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return message.lines().findFirst().orElse("").trim();
    }
}
