package dev.hillock.lab.command;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.catalogue.Names;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Digits;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.data.UserData;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.Evaluation;
import dev.hillock.lab.train.Objective;
import dev.hillock.lab.train.Optimizer;
import dev.hillock.lab.train.Schedule;
import dev.hillock.lab.train.Sgd;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a multilayer perceptron on the handwritten digits that ship with the lab, or on the user's own data. */
@Command(
        name = "train",
        description =
                "Trains a network on 1797 handwritten digits, or on your own data, and tests it on held-out examples.")
public final class TrainCommand implements Callable<Integer> {
    // The split does not depend on the seed, so that accuracies can be compared between seeds.
    private static final long SPLIT_SEED = 1797;
    private static final double TEST_SHARE = 0.2;

    private final Terminal terminal;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            defaultValue = "gelu",
            description = "the activation of the hidden layers, or one for each: relu,gelu (${DEFAULT-VALUE})")
    private String activation;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "auto",
            description = "where activations run: auto, native, vector, scalar, onednn, reference (${DEFAULT-VALUE})")
    private String engine;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of the weights and the order")
    private long seed;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "30", description = "passes over the data (30)")
    private int epochs;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            arity = "2",
            description = "X.npy Y.npy: inputs <f4 [rows, …] and integer labels [rows]")
    private List<Path> data;

    @Option(
            names = "--hidden",
            paramLabel = "SIZES",
            split = ",",
            defaultValue = "128,64",
            description = "sizes of the hidden layers (${DEFAULT-VALUE})")
    private List<Integer> hidden;

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
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "the result does not depend on it (1)")
    private int threads;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "keep the state there after every epoch")
    private Path checkpoint;

    @Option(names = "--resume", description = "go on from the checkpoint")
    private boolean resume;

    /** A command that writes to this terminal. */
    public TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<Activation> activations = activations();
        Optimizer chosen = optimizer();
        if (resume && checkpoint == null) {
            throw new IllegalArgumentException("--resume needs --checkpoint FILE");
        }
        Dataset examples = data == null ? Digits.load() : UserData.load(data.get(0), data.get(1));
        Split split = Split.stratified(examples, TEST_SHARE, SPLIT_SEED).standardized();
        try (Compute compute = Compute.on(engine(), threads)) {
            return train(split, activations, chosen, compute);
        }
    }

    private List<Activation> activations() {
        if (hidden.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("--hidden: sizes must be at least 1");
        }
        List<Activation> activations = Activations.of(activation);
        if (activations.size() != 1 && activations.size() != hidden.size()) {
            throw new IllegalArgumentException(
                    "--activation: " + activations.size() + " activations for " + hidden.size() + " hidden layers");
        }
        return activations;
    }

    private Engine engine() {
        return Arrays.stream(Engine.values())
                .filter(known -> known.word().equalsIgnoreCase(engine))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("unknown engine '" + engine + "' (nearest: "
                        + Names.nearest(engine, Arrays.stream(Engine.values()).map(Engine::word)) + ")"));
    }

    private Optimizer optimizer() {
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException("--rate must be a positive number, not " + rate);
        }
        return switch (optimizer.toLowerCase(Locale.ROOT)) {
            case "adam" -> new Adam(rate == null ? 0.002 : rate, 0.01);
            case "sgd" -> new Sgd(rate == null ? 0.05 : rate, 0.9);
            default -> throw new IllegalArgumentException("unknown optimizer '" + optimizer + "' (known: adam, sgd)");
        };
    }

    private int train(Split split, List<Activation> activations, Optimizer chosen, Compute compute) {
        Network network = network(split.train(), activations, compute);
        describe(split, network, chosen);
        ProgressBar bar = new ProgressBar(terminal, epochs);
        Trainer trainer = Trainer.of(network)
                .optimizer(chosen)
                .schedule(Schedule.COSINE)
                .epochs(epochs)
                .batchSize(batch)
                .seed(seed)
                .observer(bar)
                .observer(new EpochLines(terminal.out()));
        if (checkpoint != null) {
            trainer.checkpoint(checkpoint);
        }
        if (resume) {
            trainer.resume();
        }
        Interrupt interrupt = new Interrupt(terminal, checkpoint);
        TrainingResult result;
        try {
            result = trainer.train(split.train());
        } finally {
            interrupt.forget();
        }
        bar.clear();
        if (result.outcome() == TrainingResult.Outcome.DIVERGED) {
            terminal.err()
                    .println("hillock: training diverged in " + result.divergedAt()
                            + "; try a smaller --rate or another --activation");
            return 1;
        }
        Evaluation test = Evaluation.of(network, Objective.crossEntropy(), split.test());
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%d epochs in %.2f s, %.1f %% of it in activation kernels%n",
                        result.epochs().size(),
                        result.nanos() * 1e-9,
                        100.0 * result.activationNanos() / Math.max(1, result.nanos()));
        terminal.out().printf(Locale.ROOT, "test loss: %.6f%n", test.loss());
        terminal.out().printf(Locale.ROOT, "test accuracy: %.2f %%%n", 100 * test.accuracy());
        return 0;
    }

    private Network network(Dataset data, List<Activation> activations, Compute compute) {
        Network.Builder builder = Network.of(data.shape());
        for (int i = 0; i < hidden.size(); i++) {
            builder.dense(hidden.get(i)).activation(activations.get(activations.size() == 1 ? 0 : i));
        }
        return builder.dense(data.outputs()).build(compute, seed);
    }

    private void describe(Split split, Network network, Optimizer chosen) {
        String layers = network.layers().stream().map(Layer::describe).collect(Collectors.joining(", "));
        terminal.out()
                .printf(
                        "data       %s: %d examples to learn from, %d to test, of %s values, %d classes%n",
                        data == null ? "handwritten digits" : data.get(0),
                        split.train().rows(),
                        split.test().rows(),
                        split.train().shape(),
                        split.train().outputs());
        terminal.out().printf("network    %s (%d values)%n", layers, network.parameterCount());
        terminal.out().printf("optimizer  %s, batches of %d, seed %d%n", chosen.describe(), batch, seed);
        terminal.out()
                .printf(
                        "engine     %s for activations, %s for dense layers%n",
                        network.compute().kernels().engine().word(),
                        network.compute().dense().name());
        terminal.out().println();
    }
}
