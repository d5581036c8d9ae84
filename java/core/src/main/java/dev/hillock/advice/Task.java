package dev.hillock.advice;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a model is for, with the output and the loss that go with it. */
public enum Task {
    /** One of two classes. */
    BINARY("identity", "bce_with_logits", "apply the sigmoid only when predicting"),
    /** Any number of labels at once. */
    MULTI_LABEL("identity", "bce_with_logits", "one logit per label, not softmax: labels do not exclude each other"),
    /** One of several classes. */
    MULTI_CLASS("identity", "cross_entropy", "the loss contains log_softmax: the model must not"),
    /** A number. */
    REGRESSION("identity", "mse", "no activation at the output"),
    /** A number, with outliers among the targets. */
    ROBUST_REGRESSION("identity", "huber", "mae and smooth_l1 serve too"),
    /** A count. */
    COUNTS("identity", "poisson_nll", "the output is the logarithm of the rate; set log_input to match"),
    /** A number with its uncertainty. */
    MEAN_AND_VARIANCE("identity, softplus", "gaussian_nll", "softplus keeps the variance positive"),
    /** A number between -1 and 1. */
    BOUNDED_REGRESSION("tanh", "mse", "tanh keeps the output in range");

    private final String output;
    private final String loss;
    private final String note;

    Task(String output, String loss, String note) {
        this.output = output;
        this.loss = loss;
        this.note = note;
    }

    /** The activation at the model's output. */
    public String output() {
        return output;
    }

    /** The loss. */
    public String loss() {
        return loss;
    }

    /** Why, or what to mind. */
    public String note() {
        return note;
    }

    /** The task's word, for example {@code multi-class}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The task of a word.
     *
     * @throws IllegalArgumentException listing the known words if there is no such task
     */
    public static Task of(String word) {
        return Arrays.stream(values())
                .filter(task ->
                        task.word().equals(word.trim().toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown task '" + word + "' (known: "
                        + Arrays.stream(values()).map(Task::word).collect(Collectors.joining(", ")) + ")"));
    }
}
