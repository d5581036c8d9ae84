package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.catalogue.Names;
import dev.hillock.catalogue.ParameterSlopes;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.util.ArrayList;
import java.util.List;

/** A parameter whose gradient {@code apply --param-grad k=FILE} wants, and what was added up of it so far. */
final class LearnedParameter {
    private final Activation f;
    private final String name;
    private final String file;
    private double sum;

    private LearnedParameter(Activation f, String name, String file) {
        this.f = f;
        this.name = name;
        this.file = file;
    }

    /** The parameters that the values of {@code --param-grad} name. */
    static List<LearnedParameter> of(Activation f, List<String> pairs) {
        List<LearnedParameter> learned = new ArrayList<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--param-grad " + pair + ": a name, '=' and a file are needed");
            }
            String name = pair.substring(0, equals);
            if (ParameterSlopes.of(f.function(), name).isEmpty()) {
                List<String> known = ParameterSlopes.learned(f.function());
                throw known.isEmpty()
                        ? new UsageException("argument --param-grad of " + f.name() + " is not supported")
                        : UsageException.unknown("parameter", name, Names.nearest(name, known.stream()));
            }
            learned.add(new LearnedParameter(f, name, pair.substring(equals + 1)));
        }
        return learned;
    }

    /** Adds what a block contributes. */
    void add(double blocksSum) {
        sum += blocksSum;
    }

    /** Adds what a block of doubles contributes, for parameters as they were written. */
    void add(double[] parameters, double[] x, double[] dy, int count) {
        ParameterSlopes.Slope slope = ParameterSlopes.of(f.function(), name).orElseThrow();
        for (int i = 0; i < count; i++) {
            double each = slope.at(x[i], parameters);
            sum += each == 0 && !Double.isNaN(dy[i]) ? 0 : dy[i] * each;
        }
    }

    String name() {
        return name;
    }

    /** Writes the file; it is moved into its place when the writer is committed. */
    NpyWriter pending(NpyType type) {
        NpyHeader header = new NpyHeader(type == NpyType.FLOAT64 ? type : NpyType.FLOAT32, new long[0]);
        NpyWriter writer = ArrayFiles.create(file, header);
        if (type == NpyType.FLOAT64) {
            ArrayFiles.write(file, writer, new double[] {sum}, 1);
        } else {
            ArrayFiles.write(file, writer, new float[] {(float) sum}, 1);
        }
        return writer;
    }

    void commit(NpyWriter writer) {
        ArrayFiles.commit(file, writer);
    }
}
