package dev.hillock.model.scan;

import java.util.List;

/**
 * What was found in a model file.
 *
 * @param format the kind of file, for example {@code ONNX}
 * @param name what the model calls itself, or an empty string
 * @param kind what the model is, as far as the file says
 * @param uses its activations in the order of the file
 * @param output the activation at the output, by Hillock's name, or null if the file does not say
 * @param loss the loss it is trained with, by Hillock's name, or null if the file does not say
 * @param outputs how many outputs it has, or 0 if the file does not say
 * @param note what a reader should know of the whole, or an empty string
 */
public record Model(
        String format, String name, Kind kind, List<Use> uses, String output, String loss, int outputs, String note) {
    /** What a model is, where that bears on the advice. */
    public enum Kind {
        /** Attention and feed-forward blocks. */
        TRANSFORMER,
        /** Convolutions. */
        CONVOLUTIONAL,
        /** Recurrent cells. */
        RECURRENT,
        /** Anything else. */
        OTHER
    }

    Model(String format, String name, Kind kind, List<Use> uses, String note) {
        this(format, name, kind, uses, null, null, 0, note);
    }
}
