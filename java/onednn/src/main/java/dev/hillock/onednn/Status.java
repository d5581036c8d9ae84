package dev.hillock.onednn;

import static dev.hillock.onednn.OneDnn.HILLOCK_ONEDNN_CANNOT_LIMIT_THREADS;
import static dev.hillock.onednn.OneDnn.HILLOCK_ONEDNN_NOT_PREPARED;
import static dev.hillock.onednn.OneDnn.HILLOCK_ONEDNN_OK;
import static dev.hillock.onednn.OneDnn.HILLOCK_ONEDNN_OUT_OF_MEMORY;
import static dev.hillock.onednn.OneDnn.HILLOCK_ONEDNN_SHUT_DOWN;
import static dev.hillock.onednn.OneDnn.HILLOCK_ONEDNN_UNSUPPORTED;

/** The driver's answers: the one place that turns them into exceptions. */
final class Status {
    private Status() {}

    static void check(int status) {
        if (status != HILLOCK_ONEDNN_OK) {
            throw exception(status);
        }
    }

    /** Whether the call has to be prepared first, on this thread. */
    static boolean isUnprepared(int status) {
        return status == HILLOCK_ONEDNN_NOT_PREPARED;
    }

    private static RuntimeException exception(int status) {
        String message = "oneDNN: " + sentence(status);
        return status == HILLOCK_ONEDNN_UNSUPPORTED
                ? new UnsupportedOperationException(message)
                : new IllegalStateException(message);
    }

    static String sentence(int status) {
        if (status == HILLOCK_ONEDNN_UNSUPPORTED) {
            return "no such primitive, or not with these parameters";
        } else if (status == HILLOCK_ONEDNN_OUT_OF_MEMORY) {
            return "out of memory";
        } else if (status == HILLOCK_ONEDNN_CANNOT_LIMIT_THREADS) {
            return "its OpenMP runtime was not found, so it cannot be kept to one thread";
        } else if (status == HILLOCK_ONEDNN_SHUT_DOWN) {
            return "the process is exiting";
        }
        return "failed with status " + status;
    }
}
