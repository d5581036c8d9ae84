package dev.hillock.cli;

import dev.hillock.Loss;
import dev.hillock.Reduction;
import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.Losses;
import dev.hillock.catalogue.Names;
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

/** Prints a loss and writes its gradient. */
@Command(description = "Prints the loss of predictions against targets; --grad writes its gradient.")
final class LossCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "a loss of the catalogue, see hillock list")
    private String name;

    @Parameters(paramLabel = "PRED.npy", description = "predictions")
    private String predictions;

    @Parameters(paramLabel = "TARGET.npy", description = "targets: values, or class indices (<i4, <i8)")
    private String targets;

    @Option(names = "--reduction", paramLabel = "r", description = "mean, sum, none or batch_mean")
    private String reduction = "mean";

    @Option(names = "--param", paramLabel = "k=v", description = "a parameter of the loss (repeatable)")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--weight", paramLabel = "W.npy", description = "weights of elements, or of classes")
    private String weight;

    @Option(names = "--pos-weight", paramLabel = "P.npy", description = "weights of positive targets")
    private String posWeight;

    @Option(names = "--variance", paramLabel = "V.npy", description = "variances, for gaussian_nll")
    private String variance;

    @Option(names = "--axis", paramLabel = "n", description = "the axis of the classes")
    private Integer axis;

    @Option(names = "--grad", paramLabel = "OUT.npy", description = "write the gradient of the predictions")
    private String gradient;

    @Option(names = "--out", paramLabel = "OUT.npy", description = "write the loss")
    private String output;

    LossCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!Known.isLoss(name) || name.contains("(")) {
            throw UsageException.unknown(
                    "loss", name, Names.nearest(name, Losses.all().stream().flatMap(LossFunction::names)));
        }
        Loss loss = ParameterOption.loss(name, parameters).withReduction(Reduction.of(reduction));
        if (axis != null) {
            if (loss.function().kind() == LossFunction.Kind.ELEMENTWISE) {
                throw new UsageException("argument --axis of " + name + " is not supported: it works on each element");
            }
            loss = loss.withAxis(axis);
        }
        try (NpyReader reader = ArrayFiles.open(predictions)) {
            ArrayFiles.requireFloats(predictions, reader);
            run(weighted(loss), new Operand(predictions, reader));
        }
        return Main.DONE;
    }

    private Loss weighted(Loss loss) throws IOException {
        Loss weighted = loss;
        if (weight != null) {
            boolean classes = loss.function().kind() == LossFunction.Kind.CLASSES;
            weighted = read(
                    weight, w -> classes ? loss.withClassWeights(w.floats()) : loss.withWeight(w.floats(), w.shape()));
        }
        if (posWeight != null) {
            Loss before = weighted;
            weighted = read(posWeight, p -> before.withPosWeight(p.floats(), p.shape()));
        }
        return weighted;
    }

    private static <T> T read(String file, java.util.function.Function<Operand, T> use) throws IOException {
        try (NpyReader reader = ArrayFiles.open(file)) {
            return use.apply(new Operand(file, reader));
        }
    }

    private void run(Loss loss, Operand predicted) throws IOException {
        int[] shape = predicted.shape();
        float[] x = predicted.floats();
        float[] variances = variance == null ? null : read(variance, Operand::floats);
        float[] dx = gradient == null ? null : new float[x.length];
        int[] lossShape = loss.lossShape(shape);
        float[] losses = loss.reduction() == Reduction.NONE ? new float[count(lossShape)] : null;
        double value;
        try (NpyReader reader = ArrayFiles.open(targets)) {
            Operand target = new Operand(targets, reader);
            if (target.isDouble()) {
                ArrayFiles.requireFloats(targets, reader);
            }
            boolean indices = loss.function().kind() == LossFunction.Kind.CLASSES && !isFloat(target);
            requireShape(target, indices ? lossShape : shape);
            value = indices
                    ? loss.compute(x, shape, null, integers(target), variances, dx, losses)
                    : loss.compute(x, shape, values(target), null, variances, dx, losses);
        } catch (IndexOutOfBoundsException e) {
            throw new UsageException(targets + ": " + e.getMessage());
        }
        write(value, losses, lossShape, dx, predicted);
    }

    private static boolean isFloat(Operand target) {
        return target.header().type().fitsFloat();
    }

    private void requireShape(Operand target, int[] wanted) {
        if (!Arrays.equals(target.shape(), wanted)) {
            throw new UsageException(targets + ": shape " + target.header().shapeText() + " does not fit " + predictions
                    + ": " + Arrays.toString(wanted) + " is expected");
        }
    }

    private long[] integers(Operand target) {
        return ArrayFiles.named(targets, target.reader()::readIntegers);
    }

    // Labels of 0 and 1, or of -1 and 1, are often integers.
    private float[] values(Operand target) {
        if (isFloat(target)) {
            return target.floats();
        }
        long[] integers = integers(target);
        float[] values = new float[integers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = integers[i];
        }
        return values;
    }

    private static int count(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private void write(double value, float[] losses, int[] lossShape, float[] dx, Operand predicted)
            throws IOException {
        if (dx == null) {
            writeLoss(value, losses, lossShape);
        } else {
            // Moved into its place only when the loss is in its own.
            NpyHeader header =
                    new NpyHeader(predicted.header().type(), predicted.header().shape());
            try (NpyWriter pending = ArrayFiles.create(gradient, header)) {
                ArrayFiles.write(gradient, pending, dx, dx.length);
                writeLoss(value, losses, lossShape);
                ArrayFiles.commit(gradient, pending);
            }
        }
        if (losses == null) {
            console.out().println(value);
        } else if (output == null) {
            for (float each : losses) {
                console.out().println(each);
            }
        }
    }

    private void writeLoss(double value, float[] losses, int[] lossShape) throws IOException {
        if (output == null) {
            return;
        }
        if (losses == null) {
            ArrayFiles.writeAll(output, NpyType.FLOAT32, new float[] {(float) value});
        } else {
            long[] shape = Arrays.stream(lossShape).asLongStream().toArray();
            ArrayFiles.writeAll(output, NpyType.FLOAT32, losses, shape);
        }
    }
}
