package dev.hillock.onednn;

import dev.hillock.binding.NativeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;

/** Finds and loads the oneDNN driver, and oneDNN before it. A failure is a value that is kept, never an exception. */
public final class OneDnnLibrary {
    private static final class Held {
        static final OneDnnLibrary INSTANCE = load();
    }

    private final String reason;
    private final Throwable cause;
    private final List<Path> files;

    private OneDnnLibrary(String reason, Throwable cause, List<Path> files) {
        this.reason = reason;
        this.cause = cause;
        this.files = files;
    }

    /** The library of this process, loaded on first use. */
    public static OneDnnLibrary get() {
        return Held.INSTANCE;
    }

    /** Whether it loaded and can keep its promises. */
    public boolean isLoaded() {
        return reason == null;
    }

    /** Why it is not available, in one sentence; null if it is. */
    public String reason() {
        return reason;
    }

    /** What was thrown while loading; null if nothing was. */
    public Throwable cause() {
        return cause;
    }

    /** The files of the driver that were loaded. */
    public List<Path> files() {
        return files;
    }

    /** oneDNN's version, for example {@code 3.11.0}; null if it is not available. */
    public String version() {
        return isLoaded() ? text(OneDnn.hillock_onednn_version()) : null;
    }

    /** The instruction set oneDNN uses on this machine, for example {@code avx512_core}; null if it is not available. */
    public String effectiveIsa() {
        return isLoaded() ? text(OneDnn.hillock_onednn_effective_isa()) : null;
    }

    private static OneDnnLibrary load() {
        String platform = Loader.getPlatform();
        String driver = System.mapLibraryName("hillock_onednn");
        try {
            // Both are read before either is loaded: a damaged file must not end the JVM.
            if (NativeFile.find(OneDnn.class, "hillock_onednn") == null
                    || NativeFile.find(OneDnn.class, "jniOneDnn") == null) {
                return failed("no oneDNN driver for " + platform + " on the class path", null);
            }
        } catch (IOException | LinkageError | RuntimeException e) {
            return failed("the oneDNN driver was not unpacked: " + firstLine(e), e);
        }
        if (!hasOneDnn(platform)) {
            return failed(
                    "oneDNN itself (org.bytedeco:dnnl, classifier " + platform + ") is not on the class path", null);
        }
        try {
            String glue = Loader.load(OneDnn.class);
            int status = OneDnn.hillock_onednn_open();
            if (status != OneDnn.HILLOCK_ONEDNN_OK) {
                return failed("oneDNN did not start: " + Status.sentence(status), null);
            }
            return new OneDnnLibrary(null, null, files(glue, driver));
        } catch (LinkageError | RuntimeException e) {
            return failed("the oneDNN driver did not load: " + firstLine(e), e);
        }
    }

    private static boolean hasOneDnn(String platform) {
        for (String name : List.of("libdnnl.so.3", "libdnnl.3.dylib", "dnnl.dll")) {
            if (OneDnnLibrary.class.getResource("/org/bytedeco/dnnl/" + platform + "/" + name) != null) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> files(String glue, String driver) {
        List<Path> found = new ArrayList<>();
        if (glue != null) {
            Path glueFile = Path.of(glue);
            for (Path file : List.of(glueFile.resolveSibling(driver), glueFile)) {
                if (Files.exists(file)) {
                    found.add(file);
                }
            }
        }
        return List.copyOf(found);
    }

    private static OneDnnLibrary failed(String reason, Throwable cause) {
        return new OneDnnLibrary(reason, cause, List.of());
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").trim();
    }

    private static String text(BytePointer pointer) {
        return pointer == null ? null : pointer.getString();
    }
}
