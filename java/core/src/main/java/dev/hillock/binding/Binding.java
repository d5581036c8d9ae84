package dev.hillock.binding;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One way to call the kernel core.
 *
 * @param name its word in {@code hillock.binding}
 * @param opener loads the library from its file and binds it
 */
record Binding(String name, Opener opener) {
    /** Loads and binds; whatever it throws is the reason why this binding cannot serve. */
    @FunctionalInterface
    interface Opener {
        NativeCalls open(Path library) throws IOException;
    }
}
