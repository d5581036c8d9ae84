package dev.hillock.advice;

import java.util.Set;

/** From a task and symptoms to a recommendation with its reason. */
public final class Advisor {
    /**
     * What to use and why.
     *
     * @param hidden the activation of hidden layers
     * @param output the activation at the output
     * @param loss the loss
     * @param hiddenReason why this hidden activation
     * @param outputReason why this output and loss
     */
    public record Recommendation(String hidden, String output, String loss, String hiddenReason, String outputReason) {}

    private Advisor() {}

    /** A recommendation; the first rule that applies decides on the hidden layers. */
    public static Recommendation advise(Task task, Set<Symptom> symptoms) {
        String hidden;
        String reason;
        if (symptoms.contains(Symptom.RECURRENT)) {
            hidden = "tanh";
            reason = "recurrent state stays bounded with tanh; the gates are sigmoid";
        } else if (symptoms.contains(Symptom.DEAD_UNITS)) {
            hidden = "leaky_relu";
            reason = "its slope is never 0, so no unit can stay dead; also try a smaller learning rate and He "
                    + "initialisation";
        } else if (symptoms.contains(Symptom.DEEP_PLAIN)) {
            hidden = "selu";
            reason = "keeps mean 0 and variance 1 through many plain layers, given LeCun-normal initialisation and "
                    + "standardised input";
        } else if (symptoms.contains(Symptom.SATURATION) || symptoms.contains(Symptom.VANISHING_GRADIENTS)) {
            hidden = "relu";
            reason = "its slope is 1 for every positive input, where sigmoid's is at most 0.25 and vanishes at both "
                    + "ends; normalisation and residual connections help too";
        } else if (symptoms.contains(Symptom.SMALL_DEVICE)) {
            hidden = "hardswish";
            reason = "close to silu at the price of two comparisons";
        } else if (symptoms.contains(Symptom.TRANSFORMER)) {
            hidden = "swiglu";
            reason = "the gated block of current language models; gelu for encoders";
        } else if (symptoms.contains(Symptom.CONVOLUTIONAL)) {
            hidden = "relu";
            reason = "the cheap default of convolutional networks; silu where accuracy is worth its price";
        } else {
            hidden = "relu";
            reason = "the cheapest default; if it trains badly try gelu or leaky_relu, and measure over several seeds: "
                    + "the difference is often smaller than that between seeds";
        }
        return new Recommendation(hidden, task.output(), task.loss(), reason, task.note());
    }
}
