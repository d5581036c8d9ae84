package dev.hillock.advice;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a user sees in training, or knows of the model, that bears on the choice of an activation. */
public enum Symptom {
    /** Many units are 0 for every input. */
    DEAD_UNITS,
    /** Units sit where their slope is nearly 0. */
    SATURATION,
    /** Gradients of early layers are tiny. */
    VANISHING_GRADIENTS,
    /** The model is deep and has no normalisation. */
    DEEP_PLAIN,
    /** The model is a transformer. */
    TRANSFORMER,
    /** The model is convolutional. */
    CONVOLUTIONAL,
    /** The model is recurrent. */
    RECURRENT,
    /** Every nanosecond counts: a small device. */
    SMALL_DEVICE;

    /** The symptom's word, for example {@code dead-units}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The symptom of a word.
     *
     * @throws IllegalArgumentException listing the known words if there is no such symptom
     */
    public static Symptom of(String word) {
        return Arrays.stream(values())
                .filter(symptom -> symptom.word()
                        .equals(word.trim().toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown symptom '" + word + "' (known: "
                        + Arrays.stream(values()).map(Symptom::word).collect(Collectors.joining(", ")) + ")"));
    }
}
