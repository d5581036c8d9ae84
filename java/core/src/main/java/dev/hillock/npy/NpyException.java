package dev.hillock.npy;

import java.io.IOException;

/** A file that is not the {@code .npy} file it should be; the message says what is wrong, in one line. */
public final class NpyException extends IOException {
    private static final long serialVersionUID = 1;

    NpyException(String message) {
        super(message);
    }
}
