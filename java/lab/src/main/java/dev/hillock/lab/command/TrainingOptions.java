package dev.hillock.lab.command;

import dev.hillock.Engine;
import dev.hillock.catalogue.Names;
import dev.hillock.lab.data.Examples;
import dev.hillock.lab.study.Blueprint;
import dev.hillock.lab.study.Described;
import dev.hillock.lab.study.OptimizerChoice;
import dev.hillock.lab.study.Perceptron;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import picocli.CommandLine.Option;

/** What train and study read alike: data, network, and how it is trained. */
final class TrainingOptions {
    private static final List<Integer> USUAL_SIZES = List.of(128, 64);

    @Option(
            names = "--data",
            paramLabel = "FILE",
            arity = "1..2",
            description =
                    "X.npy Y.npy: inputs <f4 [rows, …] and integer labels [rows] (for train, with a --loss such as"
                            + " mse, numbers <f4 [rows, …]); or fashion-mnist (the handwritten digits that ship with Hillock)")
    private List<String> data;

    @Option(names = "--hidden", paramLabel = "SIZES", split = ",", description = "sizes of the hidden layers (128,64)")
    private List<Integer> hidden;

    @Option(
            names = "--model",
            paramLabel = "FILE.json",
            description = "another network: a model description, or a profile's name")
    private Path model;

    @Option(
            names = "--fit",
            description = "with --model: its input and its last layer are made as large as the data ask for")
    private boolean fit;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "30", description = "passes over the data (30)")
    private int epochs;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "32", description = "examples per step (32)")
    private int batch;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "adam",
            description = "adam, or sgd (with momentum 0.9) (${DEFAULT-VALUE})")
    private String optimizer;

    @Option(names = "--rate", paramLabel = "R", description = "learning rate (adam 0.002, sgd 0.05)")
    private Double rate;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "auto",
            description = "where activations run: auto, native, vector, scalar, onednn, reference (${DEFAULT-VALUE})")
    private String engine;

    Examples examples() throws IOException {
        return Examples.of(data);
    }

    /** Where numbers may stand where labels usually do. */
    Examples examplesWithNumbers() throws IOException {
        return Examples.withNumbers(data);
    }

    int epochs() {
        return atLeastOne("--epochs", epochs);
    }

    int batch() {
        return atLeastOne("--batch", batch);
    }

    static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be at least 1, not " + value);
        }
        return value;
    }

    OptimizerChoice optimizer() {
        return new OptimizerChoice(optimizer, rate);
    }

    /** The network that --hidden or --model asks for; the first has this behind its last layer. */
    Blueprint network(String output) throws IOException {
        if (hidden != null && model != null) {
            throw new IllegalArgumentException("argument --hidden with --model is not supported");
        }
        if (fit && model == null) {
            throw new IllegalArgumentException("argument --fit without --model is not supported");
        }
        if (model == null) {
            return new Perceptron(hidden == null ? USUAL_SIZES : hidden, output);
        }
        return fit ? Described.of(model).fitted() : Described.of(model);
    }

    Engine engine() {
        return Arrays.stream(Engine.values())
                .filter(known -> known.word().equalsIgnoreCase(engine))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("unknown engine '" + engine + "' (nearest: "
                        + Names.nearest(engine, Arrays.stream(Engine.values()).map(Engine::word)) + ")"));
    }
}
