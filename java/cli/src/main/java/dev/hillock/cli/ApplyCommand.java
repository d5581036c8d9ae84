package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.GatedUnit;
import dev.hillock.Kernels;
import dev.hillock.RandomizedRelu;
import dev.hillock.catalogue.Kind;
import dev.hillock.lab.command.ThreadsOption;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyReader;
import dev.hillock.npy.NpyType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applies a function, or its gradient, to a file. */
@Command(description = "Writes f(IN) to OUT, or with --backward --grad DY the gradient of the input.")
final class ApplyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FUNCTION", description = "a name of the catalogue, see hillock list")
    private String function;

    @Parameters(paramLabel = "IN.npy", description = "the input x")
    private String input;

    @Parameters(paramLabel = "OUT.npy", description = "the output; may be IN.npy")
    private String output;

    @Option(names = "--param", paramLabel = "k=v", description = "a parameter of the function (repeatable)")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--axis", paramLabel = "n", description = "the axis of a function over an axis, -1 the last one")
    private Integer axis;

    @Option(names = "--engine", paramLabel = "e", description = "auto, native, onednn, vector, scalar or reference")
    private String engine;

    @Option(names = "--threads", paramLabel = "n", description = "threads for long arrays")
    private Integer threads;

    @Option(names = "--backward", description = "write the gradient of the input")
    private boolean backward;

    @Option(names = "--grad", paramLabel = "DY.npy", description = "the gradient of the output, for --backward")
    private String gradient;

    @Option(names = "--param-grad", paramLabel = "k=FILE.npy", description = "write a parameter's gradient")
    private List<String> parameterGradients = new ArrayList<>();

    ApplyCommand(Console console) {}

    @Override
    public Integer call() throws IOException {
        Application application = application();
        if (!parameterGradients.isEmpty() && !Known.isPrelu(function)) {
            if (!Kind.ELEMENTWISE.has(function)) {
                throw new UsageException("argument --param-grad of " + function + " is not supported");
            }
            if (!backward) {
                throw new UsageException("argument --param-grad without --backward is not supported");
            }
        }
        if (backward && gradient == null) {
            throw new UsageException("--backward needs --grad DY.npy");
        }
        if (!backward && gradient != null) {
            throw new UsageException("argument --grad without --backward is not supported");
        }
        ArrayFiles.requireDistinct(outputs());
        Kernels kernels = kernels();
        try (NpyReader x = ArrayFiles.open(input);
                NpyReader dy = gradient == null ? null : ArrayFiles.open(gradient)) {
            if (x.header().type() != NpyType.FLOAT64) {
                ArrayFiles.requireFloats(input, x);
            }
            Operand operand = new Operand(input, x);
            application.along().ifPresent(along -> requireRows(along, operand));
            long[] shape = application.changesShape()
                    ? outputShape(application, operand)
                    : x.header().shape();
            if (dy != null) {
                requireAlike(x.header(), dy.header(), shape, application.changesShape());
            }
            application.run(kernels, operand, dy == null ? null : new Operand(gradient, dy), output);
        }
        return Main.DONE;
    }

    private List<String> outputs() {
        return Stream.concat(
                        Stream.of(output),
                        parameterGradients.stream().map(pair -> pair.substring(pair.indexOf('=') + 1)))
                .toList();
    }

    private Application application() throws IOException {
        if (Known.isPrelu(function)) {
            return new PreluApplication(parameters, axis, parameterGradients);
        }
        if (axis != null && ParameterOption.has("axis", function, parameters)) {
            throw new UsageException("argument --axis with --param axis is not supported");
        }
        if (Kind.OVER_AN_AXIS.has(function)) {
            AxisFunction f = ParameterOption.axisFunction(function, parameters);
            return new AxisApplication(axis == null ? f : f.axis(axis));
        }
        if (Kind.AXIS_OPERATION.has(function)) {
            return new AxisOperationApplication(function, parameters, axis);
        }
        if (Kind.GATED.has(function)) {
            GatedUnit unit = ParameterOption.gatedUnit(function, parameters);
            return new GatedApplication(axis == null ? unit : unit.axis(axis));
        }
        if (!Kind.ELEMENTWISE.has(function)) {
            throw Known.unknownFunction(function);
        }
        if (axis != null) {
            throw new UsageException("argument --axis of " + function + " is not supported: it works on each element");
        }
        if (Known.isRandomizedRelu(function)) {
            RandomizedRelu random = ParameterOption.randomizedRelu(function, parameters);
            if (random != null) {
                return new RandomizedReluApplication(random);
            }
        }
        Activation f = ParameterOption.activation(function, parameters);
        return new ElementwiseApplication(
                f,
                ParameterOption.unrounded(f.function(), function, parameters),
                LearnedParameter.of(f, parameterGradients));
    }

    private Kernels kernels() {
        Kernels.Builder builder = Kernels.builder();
        if (engine != null) {
            builder.engine(EngineOption.engine(engine));
        }
        if (threads != null) {
            builder.threads(ThreadsOption.checked(threads));
        }
        return builder.build();
    }

    private void requireRows(int along, Operand x) {
        long[] shape = x.header().shape();
        int number = along < 0 ? along + shape.length : along;
        if (number < 0 || number >= shape.length) {
            throw new UsageException(
                    axis == null
                            ? x.file() + ": axis " + along + " of " + shape.length + " dimensions"
                            : "--axis " + axis + " is out of range for "
                                    + x.header().shapeText() + " of " + x.file());
        }
        boolean hasRows = IntStream.range(0, shape.length).allMatch(i -> i == number || shape[i] > 0);
        if (shape[number] == 0 && hasRows) {
            throw new UsageException(
                    x.file() + ": the axis is empty: " + x.header().shapeText());
        }
    }

    private static long[] outputShape(Application application, Operand x) {
        try {
            return Arrays.stream(application.outputShape(x.shape()))
                    .asLongStream()
                    .toArray();
        } catch (IllegalArgumentException e) {
            throw new UsageException(x.file() + ": " + e.getMessage());
        }
    }

    private void requireAlike(NpyHeader x, NpyHeader dy, long[] shape, boolean changed) {
        if (!Arrays.equals(shape, dy.shape())) {
            String wanted = new NpyHeader(x.type(), shape).shapeText();
            throw new UsageException(gradient + ": shape " + dy.shapeText() + " differs from " + wanted
                    + (changed ? " of the output for " : " of ") + input);
        }
        if (x.type() != dy.type()) {
            throw new UsageException(gradient + ": element type '" + dy.type().word() + "' is not supported beside '"
                    + x.type().word() + "' of " + input);
        }
    }
}
