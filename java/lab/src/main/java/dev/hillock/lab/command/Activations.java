package dev.hillock.lab.command;

import dev.hillock.Activation;
import dev.hillock.lab.study.Texts;
import java.util.List;

/** Lists of activations as they are written on the command line: {@code relu,leaky_relu(alpha=0.2),gelu}. */
final class Activations {
    private Activations() {}

    /** Splits at the commas outside parentheses and reads every part. */
    static List<Activation> of(String text) {
        return Texts.split(text, ',').stream().map(Activation::of).toList();
    }
}
