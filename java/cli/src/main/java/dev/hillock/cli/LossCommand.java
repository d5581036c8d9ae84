package dev.hillock.cli;

import dev.hillock.Loss;
import dev.hillock.Reduction;
import dev.hillock.catalogue.Kind;
import dev.hillock.catalogue.LossFunction;
import dev.hillock.loss.Reals;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyReader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
        if (!Kind.LOSS.has(name)) {
            throw Known.unknownLoss(name);
        }
        Loss loss = ParameterOption.loss(name, parameters).withReduction(Reduction.of(reduction));
        if (axis != null) {
            if (loss.function().kind() == LossFunction.Kind.ELEMENTWISE) {
                throw new UsageException("argument --axis of " + name + " is not supported: it works on each element");
            }
            loss = loss.withAxis(axis);
        }
        ArrayFiles.requireDistinct(
                Stream.of(gradient, output).filter(Objects::nonNull).toList());
        try (NpyReader reader = ArrayFiles.open(predictions)) {
            Operand predicted = new Operand(predictions, reader);
            if (!predicted.isDouble()) {
                ArrayFiles.requireFloats(predictions, reader);
            }
            run(weighted(loss), predicted);
        }
        return Main.DONE;
    }

    private Loss weighted(Loss loss) {
        Loss weighted = loss;
        if (weight != null) {
            boolean classes = loss.function().kind() == LossFunction.Kind.CLASSES;
            weighted =
                    read(weight, w -> classes ? loss.withClassWeights(reals(w)) : loss.withWeight(reals(w), w.shape()));
        }
        if (posWeight != null) {
            Loss before = weighted;
            weighted = read(posWeight, p -> before.withPosWeight(reals(p), p.shape()));
        }
        return weighted;
    }

    private static <T> T read(String file, java.util.function.Function<Operand, T> use) {
        return ArrayFiles.named(file, () -> {
            try (NpyReader reader = ArrayFiles.open(file)) {
                return use.apply(new Operand(file, reader));
            }
        });
    }

    private void run(Loss loss, Operand predicted) throws IOException {
        int[] shape = predicted.shape();
        int[] lossShape = loss.lossShape(shape);
        boolean isDouble = predicted.isDouble();
        int count = count(shape);
        Reals dx = gradient == null ? null : zeros(isDouble, count);
        Reals losses = loss.reduction() == Reduction.NONE ? zeros(isDouble, count(lossShape)) : null;
        double value;
        try (NpyReader reader = ArrayFiles.open(targets)) {
            Operand target = new Operand(targets, reader);
            boolean classified = loss.function().kind() == LossFunction.Kind.CLASSES;
            boolean indices = classified && !isFloat(target) && !target.isDouble();
            // Of the scores' shape they are the probabilities of the classes.
            if (classified && !indices && Arrays.equals(target.shape(), lossShape)) {
                throw new UsageException(targets + ": element type '"
                        + target.header().type().word() + "' is not supported for labels, <i4 and <i8 are");
            }
            if (target.isDouble() && !isDouble) {
                ArrayFiles.requireFloats(targets, reader);
            }
            requireShape(target, indices ? lossShape : shape);
            long[] classes = indices ? integers(target) : null;
            value = ArrayFiles.naming(
                    classified ? "class weights" : "weight",
                    weight,
                    () -> ArrayFiles.naming(
                            "pos-weight", posWeight, () -> compute(loss, predicted, target, classes, dx, losses)));
        } catch (IndexOutOfBoundsException e) {
            throw new UsageException(targets + ": " + e.getMessage());
        }
        write(value, losses, lossShape, dx, predicted);
    }

    private double compute(Loss loss, Operand predicted, Operand target, long[] classes, Reals dx, Reals losses) {
        int[] shape = predicted.shape();
        return predicted.isDouble()
                ? loss.compute(
                        predicted.doubles(),
                        shape,
                        classes == null ? reals(target) : null,
                        classes,
                        variance == null ? null : read(variance, this::reals),
                        dx == null ? null : (double[]) dx.array(),
                        losses == null ? null : (double[]) losses.array())
                : loss.compute(
                        predicted.floats(),
                        shape,
                        classes == null ? values(target) : null,
                        classes,
                        variance == null ? null : read(variance, Operand::floats),
                        dx == null ? null : (float[]) dx.array(),
                        losses == null ? null : (float[]) losses.array());
    }

    private static Reals zeros(boolean isDouble, int count) {
        return isDouble ? Reals.of(new double[count]) : Reals.of(new float[count]);
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

    private double[] reals(Operand operand) {
        if (operand.isDouble()) {
            return operand.doubles();
        }
        float[] values = values(operand);
        double[] reals = new double[values.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = values[i];
        }
        return reals;
    }

    private static int count(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private void write(double value, Reals losses, int[] lossShape, Reals dx, Operand predicted) throws IOException {
        NpyType type = predicted.isDouble() ? NpyType.FLOAT64 : NpyType.FLOAT32;
        if (dx == null) {
            writeLoss(type, value, losses, lossShape);
        } else {
            // Moved into its place only when the loss is in its own.
            NpyHeader header =
                    new NpyHeader(predicted.header().type(), predicted.header().shape());
            try (NpyWriter pending = ArrayFiles.create(gradient, header)) {
                write(gradient, pending, dx);
                writeLoss(type, value, losses, lossShape);
                ArrayFiles.commit(gradient, pending);
            }
        }
        if (losses == null) {
            console.out().println(value);
        } else if (output == null) {
            for (int i = 0; i < losses.length(); i++) {
                console.out().println(type == NpyType.FLOAT64 ? "" + losses.get(i) : "" + (float) losses.get(i));
            }
        }
    }

    private static void write(String file, NpyWriter writer, Reals values) {
        if (values.array() instanceof double[] doubles) {
            ArrayFiles.write(file, writer, doubles, doubles.length);
        } else {
            ArrayFiles.write(file, writer, (float[]) values.array(), values.length());
        }
    }

    private void writeLoss(NpyType type, double value, Reals losses, int[] lossShape) throws IOException {
        if (output == null) {
            return;
        }
        Reals all = losses;
        long[] shape = {};
        if (losses == null) {
            all = zeros(type == NpyType.FLOAT64, 1);
            all.set(0, value);
        } else {
            shape = Arrays.stream(lossShape).asLongStream().toArray();
        }
        try (NpyWriter writer = ArrayFiles.create(output, new NpyHeader(type, shape))) {
            write(output, writer, all);
            ArrayFiles.commit(output, writer);
        }
    }
}
