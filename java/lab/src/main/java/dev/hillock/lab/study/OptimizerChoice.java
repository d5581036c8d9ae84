package dev.hillock.lab.study;

import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.Optimizer;
import dev.hillock.lab.train.Sgd;
import java.io.Serializable;
import java.util.Locale;

/**
 * An optimiser by its name.
 *
 * @param name {@code adam}, or {@code sgd} (with momentum 0.9)
 * @param rate the learning rate; null for what suits the optimiser
 */
public record OptimizerChoice(String name, Double rate) implements Serializable {
    private static final double ADAM_RATE = 0.002;
    private static final double ADAM_DECAY = 0.01;
    private static final double SGD_RATE = 0.05;
    private static final double MOMENTUM = 0.9;

    /** @throws IllegalArgumentException if there is no such optimiser, or the rate is not a positive number */
    public OptimizerChoice {
        name = name.toLowerCase(Locale.ROOT);
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException("--rate must be a positive number, not " + rate);
        }
        if (!name.equals("adam") && !name.equals("sgd")) {
            throw new IllegalArgumentException("unknown optimizer '" + name + "' (known: adam, sgd)");
        }
    }

    /** A new one. */
    public Optimizer create() {
        return name.equals("adam")
                ? new Adam(rate == null ? ADAM_RATE : rate, ADAM_DECAY)
                : new Sgd(rate == null ? SGD_RATE : rate, MOMENTUM);
    }
}
