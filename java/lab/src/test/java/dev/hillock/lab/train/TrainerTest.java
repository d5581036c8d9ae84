package dev.hillock.lab.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.GatedUnit;
import dev.hillock.engine.Engines;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Digits;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static final Split DIGITS = Split.stratified(Digits.load(), 0.2, 1).standardized();

    private static Network network(Engine engine, int threads, String activation) {
        return Network.of(DIGITS.train().shape())
                .dense(48)
                .activation(Activation.of(activation))
                .dense(10)
                .build(Compute.on(engine, threads), 7);
    }

    private static double[] losses(TrainingResult result) {
        return result.epochs().stream().mapToDouble(EpochRecord::loss).toArray();
    }

    private static Trainer trainer(Network network) {
        return Trainer.of(network).optimizer(new Adam(0.003)).epochs(4).seed(11);
    }

    @Test
    void theSameSeedGivesTheSameLossesForAnyNumberOfThreads() {
        double[] one = losses(trainer(network(Engine.AUTO, 1, "gelu")).train(DIGITS.train()));
        assertTrue(one[3] < 0.2, Arrays.toString(one));
        assertArrayEquals(one, losses(trainer(network(Engine.AUTO, 1, "gelu")).train(DIGITS.train())));
        assertArrayEquals(one, losses(trainer(network(Engine.AUTO, 3, "gelu")).train(DIGITS.train())));
    }

    // Layers that carry something from batch to batch, or draw random numbers in every batch.
    private static Network carrying(int threads) {
        return Network.of(DIGITS.train().shape())
                .dense(32)
                .batchNorm()
                .activation(Activation.relu())
                .dropout(0.3)
                .gated(24, GatedUnit.of("swiglu"))
                .layerNorm()
                .dropout(0.1)
                .dense(10)
                .build(Compute.on(Engine.AUTO, threads), 7);
    }

    @Test
    void dropoutAndGatedUnitsGiveTheSameLossesForAnyNumberOfThreads() {
        double[] one = losses(trainer(carrying(1)).train(DIGITS.train()));
        assertTrue(one[3] < 0.7, Arrays.toString(one));
        assertArrayEquals(one, losses(trainer(carrying(3)).train(DIGITS.train())));
    }

    @Test
    void whatLayersCarryIsInTheCheckpoint(@TempDir Path directory) {
        Network whole = carrying(1);
        double[] expected = losses(trainer(whole).train(DIGITS.train()));
        Path file = directory.resolve("state");
        trainer(carrying(1)).epochs(2).checkpoint(file).train(DIGITS.train());
        Network second = carrying(1);
        TrainingResult resumed = trainer(second).checkpoint(file).resume().train(DIGITS.train());
        assertArrayEquals(expected, losses(resumed));
        assertEquals(
                Evaluation.of(whole, Objective.crossEntropy(), DIGITS.test()),
                Evaluation.of(second, Objective.crossEntropy(), DIGITS.test()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gelu", "relu", "tanh", "elu"})
    void enginesOfTheSameBitsGiveTheSameLosses(String activation) {
        double[] scalar = losses(trainer(network(Engine.SCALAR, 1, activation)).train(DIGITS.train()));
        Stream.of(Engine.NATIVE, Engine.VECTOR, Engine.AUTO)
                .filter(engine -> engine == Engine.AUTO
                        || Engines.get(engine).availability().isAvailable())
                .forEach(engine -> assertArrayEquals(
                        scalar, losses(trainer(network(engine, 1, activation)).train(DIGITS.train())), engine.word()));
    }

    @Test
    void aConvolutionalNetworkLearnsTheDigits() {
        Network network = Network.of(DIGITS.train().shape())
                .convolution(16, 3)
                .activation(Activation.relu())
                .maxPool(2)
                .convolution(32, 3)
                .activation(Activation.relu())
                .dense(10)
                .build(Compute.defaults(), 3);
        Trainer.of(network).optimizer(new Adam(0.003)).epochs(8).train(DIGITS.train());
        double accuracy =
                Evaluation.of(network, Objective.crossEntropy(), DIGITS.test()).accuracy();
        assertTrue(accuracy > 0.97, "" + accuracy);
    }

    @Test
    void aResumedTrainingEndsWhereItWouldHaveEnded(@TempDir Path directory) {
        Network whole = network(Engine.AUTO, 1, "relu");
        TrainingResult expected = trainer(whole).train(DIGITS.train());
        Path file = directory.resolve("state");
        trainer(network(Engine.AUTO, 1, "relu")).epochs(2).checkpoint(file).train(DIGITS.train());
        Network second = network(Engine.AUTO, 1, "relu");
        TrainingResult resumed = trainer(second).checkpoint(file).resume().train(DIGITS.train());
        assertArrayEquals(losses(expected), losses(resumed));
        for (int p = 0; p < whole.parameters().size(); p++) {
            assertArrayEquals(
                    whole.parameters().get(p).value(),
                    second.parameters().get(p).value());
        }
    }

    @Test
    void anotherOrABrokenCheckpointIsRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("state");
        trainer(network(Engine.AUTO, 1, "relu")).epochs(1).checkpoint(file).train(DIGITS.train());
        Trainer other =
                trainer(network(Engine.AUTO, 1, "tanh")).checkpoint(file).resume();
        assertTrue(assertThrows(IllegalArgumentException.class, () -> other.train(DIGITS.train()))
                .getMessage()
                .contains("another training"));
        byte[] bytes = Files.readAllBytes(file);
        for (int length : List.of(0, 3, 20, bytes.length - 1)) {
            Files.write(file, Arrays.copyOf(bytes, length));
            Trainer again =
                    trainer(network(Engine.AUTO, 1, "relu")).checkpoint(file).resume();
            assertThrows(IllegalArgumentException.class, () -> again.train(DIGITS.train()), "cut at " + length);
        }
    }

    @Test
    void aCheckpointThatCannotBeKeptIsNamedAndLeavesNothingBeside(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("state");
        Trainer trainer = trainer(network(Engine.AUTO, 1, "relu")).checkpoint(file);
        Files.createDirectories(file.resolve("in the way"));
        String complaint = assertThrows(UncheckedIOException.class, () -> trainer.train(DIGITS.train()))
                .getCause()
                .getMessage();
        assertTrue(complaint.startsWith(file + ": "), complaint);
        assertFalse(complaint.contains(".part"), complaint);
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void anInterruptLeavesAUsableCheckpoint(@TempDir Path directory) {
        Path file = directory.resolve("state");
        TrainingResult stopped = trainer(network(Engine.AUTO, 1, "relu"))
                .checkpoint(file)
                .observer(new TrainingObserver() {
                    @Override
                    public void step(Network network, int epoch, int step, int steps, double loss) {
                        if (epoch == 3 && step == 5) {
                            Thread.currentThread().interrupt();
                        }
                    }
                })
                .train(DIGITS.train());
        assertTrue(Thread.interrupted());
        assertEquals(TrainingResult.Outcome.INTERRUPTED, stopped.outcome());
        assertEquals(2, stopped.epochs().size());
        TrainingResult resumed = trainer(network(Engine.AUTO, 1, "relu"))
                .checkpoint(file)
                .resume()
                .train(DIGITS.train());
        assertArrayEquals(losses(trainer(network(Engine.AUTO, 1, "relu")).train(DIGITS.train())), losses(resumed));
    }

    @Test
    void earlyStopRestoresTheBestEpoch() {
        Network network = network(Engine.AUTO, 1, "relu");
        TrainingResult result = trainer(network)
                .optimizer(new Adam(0.05))
                .epochs(60)
                .validation(DIGITS.test())
                .patience(3)
                .train(DIGITS.train());
        assertEquals(TrainingResult.Outcome.STOPPED_EARLY, result.outcome());
        double best = result.epochs().stream()
                .mapToDouble(EpochRecord::validationLoss)
                .min()
                .orElseThrow();
        assertEquals(
                best,
                Evaluation.of(network, Objective.crossEntropy(), DIGITS.test()).loss());
        assertTrue(result.epochs().get(result.epochs().size() - 1).validationLoss() > best);
    }

    @Test
    void earlyStopRestoresWhatLayersCarryToo() {
        Network network = carrying(1);
        TrainingResult result = trainer(network)
                .optimizer(new Adam(0.05))
                .epochs(60)
                .validation(DIGITS.test())
                .patience(3)
                .train(DIGITS.train());
        assertEquals(TrainingResult.Outcome.STOPPED_EARLY, result.outcome());
        assertEquals(
                result.epochs().stream()
                        .mapToDouble(EpochRecord::validationLoss)
                        .min()
                        .orElseThrow(),
                Evaluation.of(network, Objective.crossEntropy(), DIGITS.test()).loss());
    }

    @Test
    void aLossThatIsNoNumberEndsTheTraining() {
        TrainingResult result = trainer(network(Engine.AUTO, 1, "identity"))
                .optimizer(new Sgd(1e30, 0))
                .train(DIGITS.train());
        assertEquals(TrainingResult.Outcome.DIVERGED, result.outcome());
        assertTrue(result.divergedAt().startsWith("epoch 1, step "), result.divergedAt());
    }

    @Test
    void dataThatDoNotFitAreRefused() {
        Dataset other = Dataset.labelled(new float[6], Shape.flat(3), new int[2], 10);
        assertThrows(IllegalArgumentException.class, () -> trainer(network(Engine.AUTO, 1, "relu"))
                .train(other));
    }
}
