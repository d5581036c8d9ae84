package dev.hillock.lab.train;

import dev.hillock.Loss;
import dev.hillock.Reduction;
import java.util.Map;

/** What training makes small: the mean loss of a mini-batch, with its gradient. */
@FunctionalInterface
public interface Objective {
    /**
     * The mean loss of predictions [rows, outputs] for a batch.
     *
     * @param prediction read; may be longer than the batch needs
     * @param gradient written: d loss / d prediction
     * @throws IllegalArgumentException if the batch has labels where targets are needed, or the reverse
     */
    double valueAndGradient(Batch batch, int outputs, float[] prediction, float[] gradient);

    /** The loss's name in the catalogue; empty for one of your own. */
    default String name() {
        return "";
    }

    /**
     * A loss of the catalogue, reduced to its mean. Where it compares element by element, a label is 1 at its class and 0
     * elsewhere, for losses of margins -1; {@code gaussian_nll} has variance 1.
     */
    static Objective of(Loss loss) {
        return new LossObjective(loss.withReduction(Reduction.MEAN));
    }

    /** Softmax and cross-entropy together, from logits and labels: never put a softmax before it. */
    static Objective crossEntropy() {
        return of(Loss.of("cross_entropy"));
    }

    /** (x - t)^2. */
    static Objective meanSquared() {
        return of(Loss.of("mse"));
    }

    /** Half the square up to delta, linear beyond. */
    static Objective huber(double delta) {
        return of(Loss.of("huber", Map.of("delta", delta)));
    }

    /** Binary cross-entropy from logits: never put a sigmoid before it. */
    static Objective binaryCrossEntropyWithLogits() {
        return of(Loss.of("bce_with_logits"));
    }

    /** Binary cross-entropy from probabilities, behind a sigmoid. */
    static Objective binaryCrossEntropy() {
        return of(Loss.of("bce"));
    }
}
