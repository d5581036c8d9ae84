package dev.hillock.lab.train;

import java.util.List;

/**
 * How a training ended.
 *
 * @param epochs those that ended, resumed ones included
 * @param outcome why it ended
 * @param divergedAt where the loss stopped being a finite number, in words; null if it never did
 */
public record TrainingResult(List<EpochRecord> epochs, Outcome outcome, String divergedAt) {
    /** Why a training ended. */
    public enum Outcome {
        /** All epochs were run. */
        COMPLETED,
        /** The validation loss had not improved for as many epochs as patience allows. */
        STOPPED_EARLY,
        /** The loss became NaN or infinite. */
        DIVERGED,
        /** The thread was interrupted. */
        INTERRUPTED
    }

    /** The first epoch with the smallest validation loss; 0 if none was measured. */
    public int bestEpoch() {
        double smallest = Double.POSITIVE_INFINITY;
        int best = 0;
        for (EpochRecord epoch : epochs) {
            if (epoch.validationLoss() < smallest) {
                smallest = epoch.validationLoss();
                best = epoch.epoch();
            }
        }
        return best;
    }

    /** The time of all epochs. */
    public long nanos() {
        return epochs.stream().mapToLong(EpochRecord::nanos).sum();
    }

    /** The part of it spent in activation kernels. */
    public long activationNanos() {
        return epochs.stream().mapToLong(EpochRecord::activationNanos).sum();
    }
}
