package dev.hillock.lab.train;

import dev.hillock.file.WholeFile;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.Network;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a training in a file: the network's, the optimiser's memory, the epochs so far. The file is whole
 * whenever the program ends.
 */
public final class Checkpoint {
    private static final int MAGIC = 0x48494C31; // "HIL1"

    private final Path file;
    private final String description;
    private final List<float[]> state = new ArrayList<>();

    // best: a state to keep beside the network's own; empty where nobody asks for them.
    Checkpoint(Path file, Network network, Objective objective, Optimizer optimizer, long seed, List<float[]> best) {
        this.file = file;
        List<String> layers = network.layers().stream().map(Layer::describe).toList();
        description = String.join(", ", layers) + "; "
                + (objective.name().isEmpty() ? "" : objective.name() + "; ") + optimizer.describe() + "; seed " + seed
                + (best.isEmpty() ? "" : "; stops early");
        state.addAll(network.state());
        state.addAll(optimizer.memory(network.parameters()));
        state.addAll(best);
    }

    /** @throws IllegalArgumentException if no file can be there: the folder is missing, or it is no file */
    public static void requirePlace(Path file) {
        WholeFile.requirePlace(file);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": is not a regular file");
        }
    }

    void write(List<EpochRecord> epochs) throws IOException {
        try (WholeFile whole = new WholeFile(file)) {
            write(whole.beside(), epochs);
            whole.commit();
        } catch (IOException e) {
            throw new IOException(file + ": " + reason(e), e);
        }
    }

    // Without the name of the file beside, which is nobody's business.
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its folder is gone";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    }

    private void write(Path beside, List<EpochRecord> epochs) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
            out.writeInt(MAGIC);
            out.writeUTF(description);
            out.writeInt(epochs.size());
            for (EpochRecord e : epochs) {
                out.writeDouble(e.loss());
                out.writeLong(e.nanos());
                out.writeLong(e.activationNanos());
                out.writeDouble(e.validationLoss());
                out.writeDouble(e.validationAccuracy());
            }
            for (float[] values : state) {
                for (float value : values) {
                    out.writeFloat(value);
                }
            }
        }
    }

    // Nothing of the training changes unless the whole file can be read.
    List<EpochRecord> read() throws IOException {
        List<EpochRecord> epochs = new ArrayList<>();
        List<float[]> found = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IllegalArgumentException(file + " is not a checkpoint");
            }
            String other = in.readUTF();
            if (!other.equals(description)) {
                throw new IllegalArgumentException(
                        file + " is a checkpoint of another training: " + other + "; this is " + description);
            }
            int count = in.readInt();
            for (int i = 1; i <= count; i++) {
                epochs.add(new EpochRecord(
                        i, in.readDouble(), in.readLong(), in.readLong(), in.readDouble(), in.readDouble()));
            }
            for (float[] values : state) {
                float[] read = new float[values.length];
                for (int i = 0; i < read.length; i++) {
                    read[i] = in.readFloat();
                }
                found.add(read);
            }
            if (in.read() >= 0) {
                throw new IllegalArgumentException(file + " does not end where a checkpoint should");
            }
        } catch (EOFException | UTFDataFormatException e) {
            throw new IllegalArgumentException(file + " is not a whole checkpoint", e);
        }
        for (int i = 0; i < state.size(); i++) {
            System.arraycopy(found.get(i), 0, state.get(i), 0, found.get(i).length);
        }
        return epochs;
    }
}
