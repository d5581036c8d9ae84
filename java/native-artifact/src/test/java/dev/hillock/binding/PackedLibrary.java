package dev.hillock.binding;

import org.bytedeco.javacpp.Loader;

/** Whether the platform's jar holds a library; a build without a compiler makes an empty one. */
public final class PackedLibrary {
    private PackedLibrary() {}

    /** For {@code @EnabledIf}. */
    public static boolean isThere() {
        return NativeLibrary.class.getResource(Loader.getPlatform() + "/" + System.mapLibraryName("hillock")) != null;
    }
}
