package dev.hillock.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A virtual machine of its own for peers: their libraries meet neither Hillock's nor those of other peers. */
final class PeerProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final DataInputStream in;
    private final DataOutputStream out;

    PeerProcess(String classPath, int threads) throws IOException {
        log = Files.createTempFile("hillock-peers", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath, "--add-modules", "jdk.incubator.vector"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add(PeerServer.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
        process = builder.start();
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /** An exchange of a request and its answer. */
    @FunctionalInterface
    interface Exchange<T> {
        T with(DataOutputStream out, DataInputStream in) throws IOException;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IllegalStateException with the last line that the process wrote, if it has died
     */
    <T> T ask(Wire.Request request, Exchange<T> exchange) {
        try {
            out.writeByte(request.ordinal());
            return exchange.with(out, in);
        } catch (EOFException e) {
            throw new IllegalStateException("the virtual machine of the peers ended: " + lastWords(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the virtual machine of the peers: " + lastWords(), e);
        }
    }

    /** Those who are there. */
    List<Contestant> contestants() {
        return ask(Wire.Request.LIST, (to, from) -> {
            to.flush();
            List<Contestant> contestants = new ArrayList<>();
            int count = from.readInt();
            for (int i = 0; i < count; i++) {
                contestants.add(new RemoteContestant(this, i, from.readUTF(), from.readUTF()));
            }
            return contestants;
        });
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
