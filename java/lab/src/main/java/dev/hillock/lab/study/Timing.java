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

    /**
     * How many times as long as another's these epochs take, compared round by round: the two of a round follow close
     * upon each other, so that what slows the machine down slows both.
     *
     * @return the mean of the logarithms of the ratios, with its interval; without pairs if an epoch is missing
     */
    PairedTest logRatio(Timing other) {
        boolean whole = nanosPerEpoch.size() == other.nanosPerEpoch.size();
        return whole ? PairedTest.of(logarithms(), other.logarithms()) : PairedTest.of(new double[0], new double[0]);
    }

    private double[] logarithms() {
        return nanosPerEpoch.stream().mapToDouble(Math::log).toArray();
    }
}
