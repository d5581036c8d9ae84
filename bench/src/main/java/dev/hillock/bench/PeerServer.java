package dev.hillock.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The other end of {@link PeerProcess}: the main class of a virtual machine with peers on its class path. It does what
 * standard input asks for and answers on standard output, until the input ends.
 */
public final class PeerServer {
    private final DataInputStream in;
    private final DataOutputStream out;
    private final List<Contestant> contestants;
    private final Map<Integer, Work> works = new HashMap<>();
    private int lastWork;

    private PeerServer(DataInputStream in, DataOutputStream out, List<Contestant> contestants) {
        this.in = in;
        this.out = out;
        this.contestants = contestants;
    }

    /** Serves. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // What the frameworks print must not get between the answers.
        System.setOut(System.err);
        PeerServer server = new PeerServer(
                new DataInputStream(new BufferedInputStream(System.in)),
                new DataOutputStream(new BufferedOutputStream(answers)),
                found());
        try {
            server.serve();
        } catch (EOFException e) {
            // The run is over. Threads of a framework may not keep the process.
            System.exit(0);
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
            // The last line is what the other end shows.
            System.err.println(e);
            System.exit(1);
        }
    }

    private static List<Contestant> found() {
        List<Contestant> found = new java.util.ArrayList<>();
        for (var candidates = ServiceLoader.load(Contestant.class).iterator(); ; ) {
            try {
                if (!candidates.hasNext()) {
                    return found;
                }
                found.add(candidates.next());
            } catch (ServiceConfigurationError e) {
                System.err.println(e + ", " + e.getCause());
            }
        }
    }

    private void serve() throws IOException {
        while (true) {
            switch (Wire.Request.values()[in.readByte()]) {
                case LIST -> list();
                case PREPARE -> prepare();
                case RUN -> works.get(in.readInt()).run(in.readInt());
                case TIME -> time(works.get(in.readInt()), in.readLong());
                case RESULT -> result(works.get(in.readInt()), in.readInt());
                case CLOSE -> works.remove(in.readInt()).close();
            }
            out.flush();
        }
    }

    private void list() throws IOException {
        out.writeInt(contestants.size());
        for (Contestant contestant : contestants) {
            out.writeUTF(contestant.name());
            out.writeUTF(contestant.description());
        }
    }

    private void prepare() throws IOException {
        Contestant contestant = contestants.get(in.readInt());
        Case task = Wire.readCase(in);
        float[] x = Wire.readArray(in);
        float[] dy = Wire.readArray(in);
        try {
            works.put(++lastWork, contestant.prepare(task, x, dy));
            out.writeInt(lastWork);
        } catch (NotSupported e) {
            out.writeInt(0);
            out.writeUTF(e.getMessage());
        }
    }

    private void time(Work work, long calls) throws IOException {
        Work.Timing timing = work.time(calls);
        out.writeLong(timing.nanos());
        out.writeLong(timing.allocatedBytes());
        out.writeBoolean(timing.compiling());
    }

    private void result(Work work, int count) throws IOException {
        float[] result = new float[count];
        work.result(result);
        Wire.write(out, result);
    }
}
