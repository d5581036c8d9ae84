package dev.hillock.cli;

import dev.hillock.Engine;
import dev.hillock.catalogue.Names;
import java.util.Arrays;

/** The word of {@code --engine}. */
final class EngineOption {
    private EngineOption() {}

    static Engine engine(String word) {
        return Arrays.stream(Engine.values())
                .filter(engine -> engine.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> UsageException.unknown(
                        "engine",
                        word,
                        Names.nearest(word, Arrays.stream(Engine.values()).map(Engine::word))));
    }
}
