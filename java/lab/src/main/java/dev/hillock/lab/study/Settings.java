package dev.hillock.lab.study;

import dev.hillock.Engine;
import dev.hillock.lab.train.Optimizer;
import java.util.function.Supplier;

/**
 * What all trainings of a study have in common.
 *
 * @param network what waits for its activations
 * @param engine where activations run
 * @param optimizer makes one for every training
 * @param epochs passes over the data
 * @param batch examples per step
 */
public record Settings(Blueprint network, Engine engine, Supplier<Optimizer> optimizer, int epochs, int batch) {
    /** @throws IllegalArgumentException if a number is below 1 */
    public Settings {
        if (epochs < 1) {
            throw new IllegalArgumentException("--epochs must be at least 1, not " + epochs);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("--batch must be at least 1, not " + batch);
        }
    }
}
