package dev.hillock.explore;

import dev.hillock.file.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the explorer until it is interrupted, or writes it to a file. */
@Command(
        name = "explore",
        description = "Serves a page on this machine on which every function can be seen and touched.")
public final class ExploreCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 7177;
    private static final int HIGHEST_PORT = 65535;

    private final PrintStream out;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "the port on 127.0.0.1, or 0 for any that is free (" + USUAL_PORT + ")")
    private Integer port;

    @Option(names = "--export", paramLabel = "FILE.html", description = "write the page as one file and end")
    private Path export;

    /** A command that writes to this stream. */
    public ExploreCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (export != null && port != null) {
            throw new IllegalArgumentException("argument --port with --export is not supported");
        }
        if (export != null) {
            WholeFile.requirePlace(export);
            WholeFile.write(export, Page.html(PageData.file(), "'none'"));
            return 0;
        }
        serve(port == null ? USUAL_PORT : port);
        return 0;
    }

    private void serve(int port) throws IOException, InterruptedException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port must be from 0 to " + HIGHEST_PORT + ", not " + port);
        }
        try (ExploreServer server = ExploreServer.start(port)) {
            out.println("explorer at " + server.address() + " (Ctrl-C ends it)");
            out.flush();
            new CountDownLatch(1).await();
        } catch (BindException e) {
            throw new IllegalArgumentException(
                    "--port: port " + port + " of 127.0.0.1 cannot be had: " + e.getMessage(), e);
        }
    }
}
