package dev.hillock.lab.command;

import dev.hillock.Loss;
import dev.hillock.catalogue.LossFunction;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.train.Objective;

/** What a training makes small, and what the outputs must be for it. */
record LossOption(Loss loss) {
    private static final String USUAL = "cross_entropy";

    /**
     * The loss that is asked for, else the network's own, else cross-entropy.
     *
     * @throws java.util.NoSuchElementException naming the nearest known one if the name is not known
     */
    static LossOption of(String asked, String networks) {
        String name = asked != null ? asked : networks.isEmpty() ? USUAL : networks;
        return new LossOption(Loss.of(name));
    }

    Objective objective() {
        return Objective.of(loss);
    }

    /** Whether numbers may stand where labels usually do. */
    boolean takesNumbers() {
        return loss.function().kind() != LossFunction.Kind.CLASSES;
    }

    /** Whether the outputs are guesses of the numbers themselves. */
    boolean guessesNumbers() {
        return loss.function().input().equals("any");
    }

    /** What must stand behind the last layer, as the loss takes it. */
    String output() {
        return switch (loss.function().input()) {
            case "probabilities" -> "sigmoid";
            case "log-probabilities" -> "log_softmax";
            case "above -1" -> "softplus";
            default -> comparesPairs() ? "softplus" : "identity";
        };
    }

    private boolean comparesPairs() {
        return loss.function().input().startsWith("distances");
    }

    /** @throws IllegalArgumentException if data of this kind cannot be learned with it */
    void requireFit(Dataset data) {
        if (data.labels() != null && comparesPairs()) {
            throw new IllegalArgumentException("--loss " + loss + " compares pairs: labels are not supported");
        }
    }
}
