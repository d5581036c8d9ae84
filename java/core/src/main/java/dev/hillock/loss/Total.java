package dev.hillock.loss;

/**
 * What a loss adds up to.
 *
 * @param sum the sum of the losses
 * @param count what the mean divides by: elements, samples, or the summed class weights of the samples
 */
public record Total(double sum, double count) {}
