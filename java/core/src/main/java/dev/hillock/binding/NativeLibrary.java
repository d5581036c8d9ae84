package dev.hillock.binding;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** Finds and loads the kernel core. A failure is a value that is kept, never an exception. */
public final class NativeLibrary {
    private static final NativeLibrary INSTANCE = load();

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

    /** Why the library did not load, in one sentence; null if it did. */
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

    private static NativeLibrary load() {
        String platform = Loader.getPlatform();
        String resource = platform + "/" + System.mapLibraryName("hillock");
        if (NativeLibrary.class.getResource(resource) == null) {
            return failed("no native library for " + platform + " on the class path", null);
        }
        try {
            List<Path> files = new ArrayList<>();
            String glue = Loader.load(Hillock.class);
            if (glue != null) {
                Path directory = Path.of(glue).getParent();
                for (String name : List.of(System.mapLibraryName("hillock"), System.mapLibraryName("jniHillock"))) {
                    if (Files.exists(directory.resolve(name))) {
                        files.add(directory.resolve(name));
                    }
                }
            }
            return new NativeLibrary(new JniCalls(), null, null, List.copyOf(files));
        } catch (LinkageError | RuntimeException e) {
            return failed("the native library did not load: " + firstLine(e), e);
        }
    }

    private static NativeLibrary failed(String reason, Throwable cause) {
        return new NativeLibrary(null, reason, cause, List.of());
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").trim();
    }
}
