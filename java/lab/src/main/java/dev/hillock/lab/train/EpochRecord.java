package dev.hillock.lab.train;

/**
 * What one epoch gave.
 *
 * @param epoch its number, from 1
 * @param loss mean over its mini-batches
 * @param nanos time it took, validation not included
 * @param activationNanos the part of it spent in activation kernels
 * @param validationLoss NaN without validation data
 * @param validationAccuracy from 0 to 1; NaN without validation data, or for regression
 */
public record EpochRecord(
        int epoch, double loss, long nanos, long activationNanos, double validationLoss, double validationAccuracy) {}
