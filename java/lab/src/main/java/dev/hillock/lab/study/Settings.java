package dev.hillock.lab.study;

import dev.hillock.Engine;
import java.io.Serializable;

/**
 * What all trainings of a study have in common.
 *
 * @param network what waits for its activations
 * @param engine where activations run
 * @param optimizer which, one is made for every training
 * @param epochs passes over the data
 * @param batch examples per step
 */
public record Settings(Blueprint network, Engine engine, OptimizerChoice optimizer, int epochs, int batch)
        implements Serializable {
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
