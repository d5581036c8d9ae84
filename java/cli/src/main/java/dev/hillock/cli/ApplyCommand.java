package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyReader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applies an element-wise function, or its gradient, to a file, a block at a time. */
@Command(description = "Writes f(IN) to OUT, or with --backward --grad DY the gradient DY * f'(IN).")
final class ApplyCommand implements Callable<Integer> {
    // Elements in memory at a time: enough to keep several threads busy.
    private static final int BLOCK = 1 << 20;

    private final Console console;

    @Parameters(paramLabel = "FUNCTION", description = "a name of the catalogue, see hillock list")
    private String function;

    @Parameters(paramLabel = "IN.npy", description = "the input x")
    private String input;

    @Parameters(paramLabel = "OUT.npy", description = "the output; may be IN.npy")
    private String output;

    @Option(names = "--param", paramLabel = "k=v", description = "a parameter of the function (repeatable)")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--axis", paramLabel = "n", description = "the axis of a function over an axis")
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

    ApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Activation f = ParameterOption.activation(function, parameters);
        if (axis != null) {
            throw new UsageException("argument --axis of " + f.name() + " is not supported: it works on each element");
        }
        if (!parameterGradients.isEmpty()) {
            throw new UsageException("argument --param-grad of " + f.name() + " is not supported");
        }
        if (backward && gradient == null) {
            throw new UsageException("--backward needs --grad DY.npy");
        }
        if (!backward && gradient != null) {
            throw new UsageException("argument --grad without --backward is not supported");
        }
        Kernels kernels = kernels();
        try (NpyReader x = ArrayFiles.open(input);
                NpyReader dy = gradient == null ? null : ArrayFiles.open(gradient)) {
            ArrayFiles.requireFloats(input, x);
            if (dy != null) {
                ArrayFiles.requireFloats(gradient, dy);
                requireSameShape(x.header(), dy.header());
            }
            NpyHeader header = new NpyHeader(NpyType.FLOAT32, x.header().shape());
            try (NpyWriter out = ArrayFiles.create(output, header)) {
                run(kernels, f, x, dy, out);
            }
        }
        return Main.DONE;
    }

    private Kernels kernels() {
        Kernels.Builder builder = Kernels.builder();
        if (engine != null) {
            builder.engine(EngineOption.engine(engine));
        }
        if (threads != null) {
            builder.threads(threads);
        }
        return builder.build();
    }

    private void requireSameShape(NpyHeader x, NpyHeader dy) {
        if (!Arrays.equals(x.shape(), dy.shape())) {
            throw new UsageException(
                    gradient + ": shape " + dy.shapeText() + " differs from " + x.shapeText() + " of " + input);
        }
    }

    private void run(Kernels kernels, Activation f, NpyReader x, NpyReader dy, NpyWriter out) throws IOException {
        long length = x.header().elements();
        float[] xBlock = new float[(int) Math.min(BLOCK, length)];
        float[] dyBlock = new float[dy == null ? 0 : xBlock.length];
        for (long done = 0; done < length; done += BLOCK) {
            int count = (int) Math.min(BLOCK, length - done);
            ArrayFiles.read(input, x, xBlock, count);
            if (dy == null) {
                kernels.forward(f, xBlock, 0, xBlock, 0, count);
            } else {
                ArrayFiles.read(gradient, dy, dyBlock, count);
                kernels.backward(f, xBlock, 0, dyBlock, 0, xBlock, 0, count);
            }
            ArrayFiles.write(output, out, xBlock, count);
        }
        ArrayFiles.commit(output, out);
    }
}
