package dev.hillock.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/** Standard output that remembers why it could not be written: a PrintStream above it tells only that. */
final class StandardOutput extends OutputStream {
    private final OutputStream to;
    private volatile IOException failure;

    StandardOutput(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            to.write(bytes, from, count);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /**
     * The exit status of a command that ended with one and whose output was flushed; a failure is said in a line.
     * A reader that has seen enough and closed its pipe is none.
     */
    int status(int status, PrintStream err) {
        if (failure == null || isClosedPipe(failure)) {
            return status;
        }
        err.println("hillock: standard output: " + Complaint.reason(failure));
        return status == Main.DONE ? Main.WRONG : status;
    }

    // Java has no exception of its own for it.
    private static boolean isClosedPipe(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
}
