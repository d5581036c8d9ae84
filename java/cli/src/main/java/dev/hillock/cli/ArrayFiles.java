package dev.hillock.cli;

import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyReader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads and writes {@code .npy} files for commands; what is wrong with one is said with its name. */
final class ArrayFiles {
    private ArrayFiles() {}

    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    static <T> T named(String file, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UsageException(file + ": " + Complaint.reason(e));
        }
    }

    /**
     * Work on an array that may have come from a file: what is wrong with it is said with the file's name.
     *
     * @param argument the array's name, with which the core begins what it says of it
     * @param file null if it came from none
     */
    static <T> T naming(String argument, String file, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw file != null && e.getMessage().startsWith(argument)
                    ? new UsageException(file + ": " + e.getMessage())
                    : e;
        }
    }

    static NpyReader open(String file) {
        return named(file, () -> NpyReader.open(path(file)));
    }

    private static Path path(String file) {
        if (file.isEmpty()) {
            throw new UsageException("the name of a file is empty");
        }
        return Path.of(file);
    }

    static void requireFloats(String file, NpyReader reader) {
        NpyType type = reader.header().type();
        if (!type.fitsFloat()) {
            throw new UsageException(file + ": element type '" + type.word() + "' is not supported");
        }
    }

    static NpyWriter create(String file, NpyHeader header) {
        return named(file, () -> NpyWriter.create(path(file), header));
    }

    static void write(String file, NpyWriter writer, float[] values, int count) {
        named(file, () -> {
            writer.write(values, count);
            return null;
        });
    }

    static void write(String file, NpyWriter writer, double[] values, int count) {
        named(file, () -> {
            writer.write(values, count);
            return null;
        });
    }

    static void commit(String file, NpyWriter writer) {
        named(file, () -> {
            writer.commit();
            return null;
        });
    }

    /** Outputs of one call: the second in a place would replace the first. */
    static void requireDistinct(List<String> outputs) {
        Set<Path> places = new HashSet<>();
        for (String file : outputs) {
            if (!isDevice(path(file)) && !places.add(named(file, () -> place(path(file))))) {
                throw new UsageException(file + ": two outputs cannot be one file");
            }
        }
    }

    // Through links: two names may mean one file.
    private static Path place(Path file) throws IOException {
        Path whole = file.toAbsolutePath().normalize();
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path folder = whole.getParent();
        return folder != null && Files.exists(folder) ? folder.toRealPath().resolve(whole.getFileName()) : whole;
    }

    private static boolean isDevice(Path place) {
        return Files.exists(place) && !Files.isRegularFile(place);
    }

    /** A whole array at once. */
    static void writeAll(String file, NpyType type, float[] values, long... shape) throws IOException {
        try (NpyWriter writer = create(file, new NpyHeader(type, shape))) {
            write(file, writer, values, values.length);
            commit(file, writer);
        }
    }

    /** A whole array of doubles at once. */
    static void writeAll(String file, double[] values, long... shape) throws IOException {
        try (NpyWriter writer = create(file, new NpyHeader(NpyType.FLOAT64, shape))) {
            write(file, writer, values, values.length);
            commit(file, writer);
        }
    }
}
