package dev.hillock.lab.train;

import dev.hillock.advice.Pairing;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Shuffle;
import dev.hillock.lab.net.ActivationLayer;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.SoftmaxLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains a network on data, mini-batch after mini-batch.
 *
 * <pre>{@code
 * TrainingResult result = Trainer.of(network).optimizer(new Adam(0.001)).epochs(30).seed(1).train(data);
 * }</pre>
 *
 * <p>The order of the examples depends on the seed and the epoch alone, so the same seed gives the same losses, for any
 * number of threads, and a training that was resumed from a checkpoint ends where it would have ended anyway.
 */
public final class Trainer {
    private final Network network;
    private Objective objective;
    private Optimizer optimizer = new Adam(0.001);
    private Schedule schedule = Schedule.CONSTANT;
    private int epochs = 30;
    private int batchSize = 32;
    private long seed = 1;
    private Dataset validation;
    private int patience = Integer.MAX_VALUE;
    private Path checkpoint;
    private boolean resume;
    private final List<TrainingObserver> observers = new ArrayList<>();

    private Trainer(Network network) {
        this.network = network;
    }

    /** A trainer with its defaults: Adam at 0.001, 30 epochs of batches of 32, cross-entropy or mean squared error. */
    public static Trainer of(Network network) {
        return new Trainer(network);
    }

    /** What to make small; without it cross-entropy for labels, mean squared error for targets. */
    public Trainer objective(Objective value) {
        objective = value;
        return this;
    }

    public Trainer optimizer(Optimizer value) {
        optimizer = value;
        return this;
    }

    public Trainer schedule(Schedule value) {
        schedule = value;
        return this;
    }

    public Trainer epochs(int value) {
        epochs = atLeastOne("epochs", value);
        return this;
    }

    public Trainer batchSize(int value) {
        batchSize = atLeastOne("batch", value);
        return this;
    }

    /** Decides the order of the examples. */
    public Trainer seed(long value) {
        seed = value;
        return this;
    }

    /** Data to measure after every epoch. */
    public Trainer validation(Dataset value) {
        validation = value;
        return this;
    }

    /**
     * Stops when the validation loss has not improved for this many epochs; the network then has the parameters of its
     * best epoch.
     */
    public Trainer patience(int value) {
        patience = atLeastOne("patience", value);
        return this;
    }

    /**
     * Keeps the state in a file, from the start and after every epoch: whole at every moment.
     *
     * @throws IllegalArgumentException if its folder is not there, or it is no file
     */
    public Trainer checkpoint(Path file) {
        Checkpoint.requirePlace(file);
        checkpoint = file;
        return this;
    }

    /** Goes on from the checkpoint file, if it is there. */
    public Trainer resume() {
        resume = true;
        return this;
    }

    public Trainer observer(TrainingObserver observer) {
        observers.add(observer);
        return this;
    }

    /**
     * What is wrong with the pair of the network's output and the loss, one sentence each: a loss that contains the
     * activation must not find it in the model as well.
     */
    public List<String> warnings() {
        Layer last = network.layers().get(network.layers().size() - 1);
        String output = last instanceof ActivationLayer layer
                ? layer.activation().name()
                : last instanceof SoftmaxLayer ? last.describe() : "identity";
        return objective == null ? List.of() : Pairing.warnings(output, objective.name(), network.outputs());
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
        return value;
    }

    /**
     * Runs the training. An interrupt of the thread ends it after the mini-batch at hand.
     *
     * @throws IllegalArgumentException if the data do not fit the network, or the checkpoint is of another network
     * @throws UncheckedIOException if the checkpoint cannot be written or read
     */
    public TrainingResult train(Dataset data) {
        if (data.shape().size() != network.inputShape().size() || data.outputs() != network.outputs()) {
            throw new IllegalArgumentException("the data have " + data.shape().size() + " inputs and " + data.outputs()
                    + " outputs, the network " + network.inputShape().size() + " and " + network.outputs());
        }
        Objective loss = objective != null
                ? objective
                : data.labels() != null ? Objective.crossEntropy() : Objective.meanSquared();
        List<EpochRecord> records = new ArrayList<>();
        Best best = new Best();
        Checkpoint file =
                checkpoint == null ? null : new Checkpoint(checkpoint, network, loss, optimizer, seed, best.state);
        try {
            if (file != null && resume && Files.exists(checkpoint)) {
                records.addAll(file.read());
                records.forEach(best::see);
            } else if (file != null) {
                file.write(records);
            }
            while (records.size() < epochs) {
                String diverged = epoch(data, loss, records);
                if (diverged != null) {
                    return new TrainingResult(records, TrainingResult.Outcome.DIVERGED, diverged);
                }
                if (Thread.currentThread().isInterrupted()) {
                    return new TrainingResult(records, TrainingResult.Outcome.INTERRUPTED, null);
                }
                EpochRecord last = records.get(records.size() - 1);
                if (best.see(last)) {
                    best.keep();
                }
                if (file != null) {
                    file.write(records);
                }
                observers.forEach(observer -> observer.epoch(network, last));
                if (last.epoch() - best.epoch >= patience) {
                    best.restore();
                    return new TrainingResult(records, TrainingResult.Outcome.STOPPED_EARLY, null);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TrainingResult(records, TrainingResult.Outcome.COMPLETED, null);
    }

    // Adds a record, or says where the loss stopped being a number.
    private String epoch(Dataset data, Objective loss, List<EpochRecord> records) {
        int number = records.size() + 1;
        int rows = data.rows();
        int steps = (rows + batchSize - 1) / batchSize;
        int[] order = Shuffle.permutation(rows, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number));
        Batch batch = new Batch(data, Math.min(batchSize, rows));
        double sum = 0;
        long activationBefore = network.compute().activationNanos();
        long start = System.nanoTime();
        for (int step = 1; step <= steps; step++) {
            batch.fill(order, (step - 1) * batchSize, Math.min(rows, step * batchSize));
            float[] prediction = network.forward(batch.rows(), batch.x(), true);
            double value = loss.valueAndGradient(batch, data.outputs(), prediction, network.outputGradient());
            if (!Double.isFinite(value)) {
                return "epoch " + number + ", step " + step + " of " + steps + ": the loss is " + value;
            }
            sum += value * batch.rows();
            network.backward();
            for (TrainingObserver observer : observers) {
                observer.step(network, number, step, steps, value);
            }
            double progress = (number - 1 + (step - 1) / (double) steps) / epochs;
            optimizer.step(network.parameters(), schedule.at(progress));
            if (Thread.currentThread().isInterrupted()) {
                return null;
            }
        }
        long nanos = System.nanoTime() - start;
        long activationNanos = network.compute().activationNanos() - activationBefore;
        Evaluation evaluation =
                validation == null ? new Evaluation(Double.NaN, Double.NaN) : Evaluation.of(network, loss, validation);
        records.add(
                new EpochRecord(number, sum / rows, nanos, activationNanos, evaluation.loss(), evaluation.accuracy()));
        return null;
    }

    // The epoch with the smallest validation loss, and the network's state then; nothing is kept without patience.
    private final class Best {
        private final List<float[]> state = new ArrayList<>();
        private int epoch;
        private double loss = Double.POSITIVE_INFINITY;

        Best() {
            if (patience != Integer.MAX_VALUE) {
                network.state().forEach(values -> state.add(values.clone()));
            }
        }

        // Whether this epoch is the best so far.
        boolean see(EpochRecord record) {
            boolean better = record.validationLoss() < loss;
            if (better) {
                loss = record.validationLoss();
                epoch = record.epoch();
            }
            return better;
        }

        void keep() {
            copy(network.state(), state);
        }

        void restore() {
            copy(state, network.state());
        }

        private void copy(List<float[]> from, List<float[]> to) {
            for (int i = 0; i < state.size(); i++) {
                System.arraycopy(from.get(i), 0, to.get(i), 0, from.get(i).length);
            }
        }
    }
}
