package dev.hillock.lab.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.Loss;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Digits;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Gaussian;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The models that a newcomer builds first. */
class ExamplesTest {
    private static final int INPUTS = 10;
    private static final int ROWS = 640;
    private static final float[] X = gaussian(ROWS * INPUTS);

    private static float[] gaussian(int length) {
        float[] values = new float[length];
        Gaussian.fill(values, 1, new SplittableRandom(4));
        return values;
    }

    private static Dataset targets(boolean binary) {
        float[] targets = new float[ROWS];
        for (int r = 0; r < ROWS; r++) {
            float sum = 0;
            for (int i = 0; i < INPUTS; i++) {
                sum += X[r * INPUTS + i] * (i % 2 == 0 ? 1 : -0.5f);
            }
            targets[r] = binary ? (sum > 0 ? 1 : 0) : sum * Math.abs(sum) / 4;
        }
        return Dataset.regression(X, Shape.flat(INPUTS), targets, 1);
    }

    @Test
    void aBinaryClassifierWithASigmoidAtItsOutput() {
        Network network = Network.of(Shape.flat(INPUTS))
                .dense(64)
                .activation(Activation.relu())
                .dense(1)
                .activation(Activation.sigmoid())
                .build(Compute.defaults(), 1);
        Dataset data = targets(true);
        Trainer trainer = Trainer.of(network).objective(Objective.binaryCrossEntropy());
        assertEquals(List.of(), trainer.warnings());
        trainer.batchSize(32).epochs(20).train(data);
        float[] p = network.forward(ROWS, X, false);
        int right = 0;
        for (int r = 0; r < ROWS; r++) {
            right += (p[r] > 0.5f) == (data.targets()[r] == 1) ? 1 : 0;
        }
        assertTrue(right > 0.97 * ROWS, right + " of " + ROWS);
    }

    @Test
    void aClassifierOnAnActivationOfTheUsersOwn() {
        Activation own = Activation.custom(
                "bent", x -> x / 2 + Math.sqrt(x * x + 1) / 2, x -> 0.5 + x / Math.sqrt(x * x + 1) / 2);
        Network network = Network.of(Shape.flat(INPUTS))
                .dense(64)
                .activation(own)
                .dense(1)
                .build(Compute.defaults(), 1);
        Dataset data = targets(true);
        Trainer.of(network)
                .objective(Objective.binaryCrossEntropyWithLogits())
                .batchSize(32)
                .epochs(10)
                .train(data);
        float[] logits = network.forward(ROWS, X, false);
        int right = 0;
        for (int r = 0; r < ROWS; r++) {
            right += (logits[r] > 0) == (data.targets()[r] == 1) ? 1 : 0;
        }
        assertTrue(right > 0.95 * ROWS, right + " of " + ROWS);
    }

    @Test
    void aRegressionWithoutActivationAtItsOutput() {
        Network network = Network.of(Shape.flat(INPUTS))
                .dense(64)
                .activation(Activation.gelu())
                .dense(64)
                .activation(Activation.gelu())
                .dense(1)
                .build(Compute.defaults(), 2);
        Dataset data = targets(false);
        double before = Evaluation.of(network, Objective.meanSquared(), data).loss();
        Trainer.of(network).epochs(40).train(data);
        double after = Evaluation.of(network, Objective.meanSquared(), data).loss();
        assertTrue(after < 0.05 * before, before + " -> " + after);
    }

    @Test
    void aClassifierOnRawLogitsAndWhatIsSaidOfSoftmaxBeforeCrossEntropy() {
        Split digits = Split.stratified(Digits.load(), 0.2, 1).standardized();
        Network.Builder builder = Network.of(digits.train().shape())
                .dense(32)
                .activation(Activation.relu())
                .dense(10);
        Network logits = builder.build(Compute.defaults(), 3);
        Trainer trainer = Trainer.of(logits).objective(Objective.crossEntropy()).epochs(5);
        assertEquals(List.of(), trainer.warnings());
        trainer.train(digits.train());
        Network squeezed = builder.softmax().build(Compute.defaults(), 3);
        Trainer wrong = Trainer.of(squeezed).objective(Objective.crossEntropy()).epochs(5);
        assertTrue(
                wrong.warnings().get(0).contains("feed it logits"),
                wrong.warnings().toString());
        wrong.train(digits.train());
        double right =
                Evaluation.of(logits, Objective.crossEntropy(), digits.test()).loss();
        double slow =
                Evaluation.of(squeezed, Objective.crossEntropy(), digits.test()).loss();
        assertTrue(slow > 3 * right, "softmax twice: " + slow + ", once: " + right);
    }

    @Test
    void weightsMakeAClassCountForMore() {
        double[] found = new double[3];
        List<Objective> objectives = List.of(
                Objective.binaryCrossEntropyWithLogits(),
                Objective.of(Loss.of("bce_with_logits").withPosWeight(new float[] {20}, 1)),
                Objective.of(Loss.of("bce_with_logits").withPosWeight(new float[] {0.05f}, 1)));
        Dataset data = targets(true);
        // Labels that cannot be learned: which of both is said depends on what a mistake costs.
        float[] coins = new float[ROWS];
        SplittableRandom random = new SplittableRandom(9);
        for (int r = 0; r < ROWS; r++) {
            coins[r] = random.nextDouble() < 0.3 ? 1 : 0;
        }
        data = Dataset.regression(data.inputs(), data.shape(), coins, 1);
        for (int i = 0; i < found.length; i++) {
            Network network = Network.of(Shape.flat(INPUTS)).dense(1).build(Compute.defaults(), 1);
            Trainer.of(network)
                    .objective(objectives.get(i))
                    .optimizer(new Adam(0.01))
                    .epochs(40)
                    .train(data);
            float[] logits = network.forward(ROWS, X, false);
            for (int r = 0; r < ROWS; r++) {
                found[i] += logits[r] > 0 ? 1.0 / ROWS : 0;
            }
        }
        assertTrue(found[0] < 0.1, "the rarer class is hardly ever said: " + found[0]);
        assertTrue(found[1] > 0.9, "a missed one costs 20 times as much: " + found[1]);
        assertTrue(found[2] < 0.01, "or next to nothing: " + found[2]);
    }

    @Test
    void aLossOfOnesOwnIsLearned() {
        // ln cosh(x - t): a square near 0, a magnitude far away.
        Objective logCosh = (batch, outputs, prediction, gradient) -> {
            int length = batch.rows() * outputs;
            double sum = 0;
            for (int i = 0; i < length; i++) {
                double d = prediction[i] - batch.targets()[i];
                sum += Math.log(Math.cosh(d));
                gradient[i] = (float) (Math.tanh(d) / length);
            }
            return sum / length;
        };
        Network network = Network.of(Shape.flat(INPUTS))
                .dense(64)
                .activation(Activation.gelu())
                .dense(1)
                .build(Compute.defaults(), 2);
        Dataset data = targets(false);
        double before = Evaluation.of(network, logCosh, data).loss();
        Trainer.of(network)
                .objective(logCosh)
                .optimizer(new Adam(0.005))
                .epochs(40)
                .train(data);
        double after = Evaluation.of(network, logCosh, data).loss();
        assertTrue(after < 0.1 * before, before + " -> " + after);
    }

    @Test
    void logSoftmaxWithNllIsCrossEntropy() {
        Split digits = Split.stratified(Digits.load(), 0.2, 1).standardized();
        Network.Builder builder = Network.of(digits.train().shape()).dense(10);
        double fused = Trainer.of(builder.build(Compute.defaults(), 5))
                .epochs(2)
                .train(digits.train())
                .epochs()
                .get(1)
                .loss();
        double separate = Trainer.of(builder.logSoftmax().build(Compute.defaults(), 5))
                .objective(Objective.of(Loss.of("nll")))
                .epochs(2)
                .train(digits.train())
                .epochs()
                .get(1)
                .loss();
        assertEquals(fused, separate, 1e-4);
    }
}
