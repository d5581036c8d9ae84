package dev.hillock.lab.command;

import dev.hillock.Engine;
import dev.hillock.catalogue.Names;
import dev.hillock.lab.study.Blueprint;
import dev.hillock.lab.study.Described;
import dev.hillock.lab.study.Perceptron;
import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.Optimizer;
import dev.hillock.lab.train.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/** What train and study read alike. */
final class Arguments {
    private static final List<Integer> USUAL_SIZES = List.of(128, 64);

    private Arguments() {}

    /**
     * The network that --hidden or --model asks for.
     *
     * @param hidden null if not given
     * @param model null if not given
     */
    static Blueprint network(List<Integer> hidden, Path model) throws IOException {
        if (hidden != null && model != null) {
            throw new IllegalArgumentException("argument --hidden with --model is not supported");
        }
        return model != null ? Described.of(model) : new Perceptron(hidden == null ? USUAL_SIZES : hidden);
    }

    static Engine engine(String word) {
        return Arrays.stream(Engine.values())
                .filter(known -> known.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("unknown engine '" + word + "' (nearest: "
                        + Names.nearest(word, Arrays.stream(Engine.values()).map(Engine::word)) + ")"));
    }

    /** @param rate null for what suits the optimiser */
    static Optimizer optimizer(String word, Double rate) {
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException("--rate must be a positive number, not " + rate);
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "adam" -> new Adam(rate == null ? 0.002 : rate, 0.01);
            case "sgd" -> new Sgd(rate == null ? 0.05 : rate, 0.9);
            default -> throw new IllegalArgumentException("unknown optimizer '" + word + "' (known: adam, sgd)");
        };
    }
}
