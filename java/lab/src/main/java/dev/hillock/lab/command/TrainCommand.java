package dev.hillock.lab.command;

import dev.hillock.Engine;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Examples;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.study.Blueprint;
import dev.hillock.lab.study.Candidate;
import dev.hillock.lab.study.Described;
import dev.hillock.lab.study.Texts;
import dev.hillock.lab.train.Checkpoint;
import dev.hillock.lab.train.Evaluation;
import dev.hillock.lab.train.Objective;
import dev.hillock.lab.train.Optimizer;
import dev.hillock.lab.train.Schedule;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a multilayer perceptron on the handwritten digits that ship with the lab, or on the user's own data. */
@Command(
        name = "train",
        description =
                "Trains a network on 1797 handwritten digits, or on your own data, and tests it on held-out examples.")
public final class TrainCommand implements Callable<Integer> {
    // The examples that patience watches do not depend on the seed of the training.
    private static final long VALIDATION_SEED = 97;
    private static final double VALIDATION_SHARE = 0.2;
    private static final double USUAL_DEAD = 0.2;

    private final Terminal terminal;

    @Mixin
    private TrainingOptions options;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            description =
                    "the activation of the hidden layers, or one for each: relu,gelu (gelu, or what the model has);"
                            + " also prelu, prelu(per_channel), swish(beta=learned)")
    private String activation;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of the weights and the order")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "the result does not depend on it (1)")
    private int threads;

    @Option(
            names = "--diagnose",
            description = "print, for every activation, what the instruments saw in the last epoch: dead and saturated"
                    + " units, sparsity, activations, gradients")
    private boolean diagnose;

    @Option(
            names = "--warn-dead",
            paramLabel = "SHARE",
            description = "with --diagnose: warn from this share of dead units on (" + USUAL_DEAD + ")")
    private Double warnDead;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "any of the catalogue, as in huber(delta=2); the last layer gets the activation that it takes"
                    + " (cross_entropy, or what the model names)")
    private String loss;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description =
                    "stop when N epochs brought nothing: a fifth of the examples to learn from is set aside to see"
                            + " that, and the best epoch's weights are tested")
    private Integer patience;

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
        LossOption wanted = LossOption.of(loss, "");
        Blueprint blueprint = options.network(wanted.output());
        LossOption chosenLoss = LossOption.of(loss, blueprint.loss());
        Candidate candidate = candidate(blueprint);
        Optimizer chosen = options.optimizer().create();
        if (resume && checkpoint == null) {
            throw new IllegalArgumentException("--resume needs --checkpoint FILE");
        }
        if (checkpoint != null) {
            Checkpoint.requirePlace(checkpoint);
        }
        if (warnDead != null && !diagnose) {
            throw new IllegalArgumentException("argument --warn-dead without --diagnose is not supported");
        }
        if (warnDead != null && !(warnDead > 0 && warnDead <= 1)) {
            throw new IllegalArgumentException("--warn-dead must be above 0 and at most 1, not " + warnDead);
        }
        options.epochs();
        options.batch();
        ThreadsOption.checked(threads);
        if (patience != null) {
            TrainingOptions.atLeastOne("--patience", patience);
        }
        Engine known = options.engine();
        Examples examples = chosenLoss.takesNumbers() ? options.examplesWithNumbers() : options.examples();
        chosenLoss.requireFit(examples.split().train());
        try (Compute compute = Compute.on(known, threads)) {
            Dataset learned = examples.split().train();
            return train(
                    examples,
                    blueprint.build(learned.shape(), learned.outputs(), candidate.choices(), compute, seed),
                    chosenLoss,
                    chosen);
        }
    }

    private Candidate candidate(Blueprint blueprint) {
        if (activation == null) {
            return blueprint instanceof Described described ? described.unchanged() : Candidate.of("gelu", blueprint);
        }
        return Candidate.of(String.join("+", Texts.split(activation, ',')), blueprint);
    }

    private int train(Examples examples, Network network, LossOption chosenLoss, Optimizer chosen) {
        Split split = examples.split();
        describe(examples, network, chosenLoss, chosen);
        Objective objective = chosenLoss.objective();
        ProgressBar bar = new ProgressBar(terminal, options.epochs());
        Trainer trainer = Trainer.of(network)
                .optimizer(chosen)
                .schedule(Schedule.COSINE)
                .epochs(options.epochs())
                .batchSize(options.batch())
                .seed(seed)
                .observer(bar)
                .observer(new EpochLines(terminal.out()));
        Dataset learned = split.train();
        if (patience != null) {
            Split parts = Split.stratified(split.train(), VALIDATION_SHARE, VALIDATION_SEED);
            learned = parts.train();
            trainer.validation(parts.test()).patience(patience);
        }
        trainer.objective(objective).warnings().forEach(words -> terminal.err().println("hillock: " + words));
        if (checkpoint != null) {
            trainer.checkpoint(checkpoint);
        }
        if (resume) {
            if (!Files.exists(checkpoint)) {
                terminal.err().println("hillock: " + checkpoint + ": no checkpoint there yet: starting at epoch 1");
            }
            trainer.resume();
        }
        Interrupt interrupt = new Interrupt(terminal, checkpoint);
        TrainingResult result;
        try (Diagnosis diagnosis = diagnose ? new Diagnosis(network) : null) {
            if (diagnose) {
                trainer.observer(diagnosis);
            }
            result = trainer.train(learned);
            bar.clear();
            if (diagnose) {
                terminal.out().println();
                diagnosis.print(terminal, warnDead == null ? USUAL_DEAD : warnDead);
            }
        } finally {
            interrupt.forget();
        }
        if (result.outcome() == TrainingResult.Outcome.DIVERGED) {
            terminal.err()
                    .println("hillock: training diverged in " + result.divergedAt()
                            + "; try a smaller --rate or another --activation");
            return 1;
        }
        if (result.outcome() == TrainingResult.Outcome.STOPPED_EARLY) {
            terminal.out().printf("stopped: no epoch after %d was better%n", result.bestEpoch());
        }
        Evaluation test = Evaluation.of(network, objective, split.test());
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%d epochs in %.2f s, %.1f %% of it in activation kernels%n",
                        result.epochs().size(),
                        result.nanos() * 1e-9,
                        100.0 * result.activationNanos() / Math.max(1, result.nanos()));
        terminal.out().printf(Locale.ROOT, "test loss: %.6f%n", test.loss());
        if (split.test().labels() != null) {
            terminal.out().printf(Locale.ROOT, "test accuracy: %.2f %%%n", 100 * test.accuracy());
        } else if (chosenLoss.guessesNumbers()) {
            double left = Evaluation.of(network, Objective.meanSquared(), split.test())
                    .loss();
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "test variance explained: %.2f %%%n",
                            100 * (1 - left / split.test().targetVariance()));
        }
        return 0;
    }

    private void describe(Examples examples, Network network, LossOption chosenLoss, Optimizer chosen) {
        Split split = examples.split();
        String layers = network.layers().stream().map(Layer::describe).collect(Collectors.joining(", "));
        terminal.out()
                .printf(
                        "data       %s: %d examples to learn from, %d to test, of %s values, %d %s%n",
                        examples.name(),
                        split.train().rows(),
                        split.test().rows(),
                        split.train().shape(),
                        split.train().outputs(),
                        split.train().labels() != null ? "classes" : "numbers to predict");
        terminal.out().printf("network    %s (%d values)%n", layers, network.parameterCount());
        terminal.out().printf("loss       %s%n", chosenLoss.loss());
        terminal.out().printf("optimizer  %s, batches of %d, seed %d%n", chosen.describe(), options.batch(), seed);
        terminal.out()
                .printf(
                        "engine     %s for activations, %s for dense layers%n",
                        network.compute().kernels().engine().word(),
                        network.compute().dense().name());
        terminal.out().println();
    }
}
