package dev.hillock.lab.train;

import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Parameter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a training in a file: parameters, the optimiser's memory, the epochs so far. It is written beside its
 * place and then moved there, so that the file is whole whenever the program ends.
 */
final class Checkpoint {
    private static final int MAGIC = 0x48494C31; // "HIL1"

    private Checkpoint() {}

    static void write(Path file, Network network, Optimizer optimizer, long seed, List<EpochRecord> epochs)
            throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
            out.writeInt(MAGIC);
            out.writeUTF(description(network, optimizer, seed));
            out.writeInt(epochs.size());
            for (EpochRecord e : epochs) {
                out.writeDouble(e.loss());
                out.writeLong(e.nanos());
                out.writeLong(e.activationNanos());
                out.writeDouble(e.validationLoss());
                out.writeDouble(e.validationAccuracy());
            }
            for (float[] values : state(network, optimizer)) {
                for (float value : values) {
                    out.writeFloat(value);
                }
            }
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static List<EpochRecord> read(Path file, Network network, Optimizer optimizer, long seed) throws IOException {
        List<EpochRecord> epochs = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IllegalArgumentException(file + " is not a checkpoint");
            }
            String found = in.readUTF();
            String wanted = description(network, optimizer, seed);
            if (!found.equals(wanted)) {
                throw new IllegalArgumentException(
                        file + " is a checkpoint of another training: " + found + "; this is " + wanted);
            }
            int count = in.readInt();
            for (int i = 1; i <= count; i++) {
                epochs.add(new EpochRecord(
                        i, in.readDouble(), in.readLong(), in.readLong(), in.readDouble(), in.readDouble()));
            }
            for (float[] values : state(network, optimizer)) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readFloat();
                }
            }
        } catch (EOFException e) {
            throw new IllegalArgumentException(file + " ends early: it is not a whole checkpoint", e);
        }
        return epochs;
    }

    private static List<float[]> state(Network network, Optimizer optimizer) {
        List<float[]> state = new ArrayList<>();
        network.parameters().stream().map(Parameter::value).forEach(state::add);
        state.addAll(optimizer.memory(network.parameters()));
        return state;
    }

    private static String description(Network network, Optimizer optimizer, long seed) {
        List<String> layers = network.layers().stream().map(Layer::describe).toList();
        return String.join(", ", layers) + "; " + optimizer.describe() + "; seed " + seed;
    }
}
