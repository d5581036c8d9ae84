package dev.hillock.lab.study;

import java.util.List;

/**
 * The time of one candidate's epochs, one thread, nothing beside it.
 *
 * @param activation the candidate's name
 * @param nanosPerEpoch of every epoch that was timed
 * @param activationShare the part of it spent in activation kernels, from 0 to 1; learned activations count only in part
 */
public record Timing(String activation, List<Double> nanosPerEpoch, double activationShare) {
    /** The middle one; NaN if none ended. */
    public double median() {
        return Sample.of(nanosPerEpoch).median();
    }
}
