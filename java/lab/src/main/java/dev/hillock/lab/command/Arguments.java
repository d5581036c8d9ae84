package dev.hillock.lab.command;

import dev.hillock.Engine;
import dev.hillock.catalogue.Names;
import dev.hillock.lab.study.Blueprint;
import dev.hillock.lab.study.Described;
import dev.hillock.lab.study.Perceptron;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
}
