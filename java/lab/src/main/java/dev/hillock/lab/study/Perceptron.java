package dev.hillock.lab.study;

import dev.hillock.Activation;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Dense layers of these sizes, an activation behind each, and a dense layer for the outputs.
 *
 * @param hidden sizes, first to last
 * @param output what stands behind the last layer: {@code identity}, {@code log_softmax}, or a function of the catalogue
 */
public record Perceptron(List<Integer> hidden, String output) implements Blueprint {
    private static final String NOTHING = "identity";

    /** With nothing behind the last layer. */
    public Perceptron(List<Integer> hidden) {
        this(hidden, NOTHING);
    }

    /** @throws IllegalArgumentException if a size is below 1 */
    public Perceptron {
        if (hidden.isEmpty() || hidden.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("--hidden: sizes must be at least 1");
        }
    }

    /** The places are numbered from 1. */
    @Override
    public List<String> places() {
        return IntStream.rangeClosed(1, hidden.size())
                .mapToObj(Integer::toString)
                .toList();
    }

    @Override
    public Network build(Shape input, int outputs, List<Choice> choices, Compute compute, long seed) {
        Network.Builder builder = Network.of(input);
        for (int i = 0; i < hidden.size(); i++) {
            choices.get(i).addTo(builder.dense(hidden.get(i)));
        }
        builder.dense(outputs);
        switch (output) {
            case NOTHING -> {}
            case "log_softmax" -> builder.logSoftmax();
            default -> builder.activation(Activation.of(output));
        }
        return builder.build(compute, seed);
    }

    @Override
    public String describe() {
        return "dense layers of "
                + hidden.stream().map(Object::toString).collect(Collectors.joining(" and "))
                + " units, and one for the outputs" + (output.equals(NOTHING) ? "" : " with " + output);
    }
}
