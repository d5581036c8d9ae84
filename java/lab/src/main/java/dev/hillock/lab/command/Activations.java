package dev.hillock.lab.command;

import dev.hillock.Activation;
import java.util.ArrayList;
import java.util.List;

/** Lists of activations as they are written on the command line: {@code relu,leaky_relu(alpha=0.2),gelu}. */
final class Activations {
    private Activations() {}

    /** Splits at the commas outside parentheses and reads every part. */
    static List<Activation> of(String text) {
        List<Activation> activations = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == text.length())) {
                activations.add(Activation.of(text.substring(start, i).trim()));
                start = i + 1;
            }
        }
        return activations;
    }
}
