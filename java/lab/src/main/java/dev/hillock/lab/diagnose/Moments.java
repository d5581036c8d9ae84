package dev.hillock.lab.diagnose;

import java.util.Objects;

/**
 * Mean, variance, mean magnitude and zeros of a stream of numbers: of a layer's activations (mean and variance,
 * sparsity) or of its gradients (vanishing and exploding). Two streams are added up with {@link #merge}; a number that is
 * not finite is counted apart.
 */
public final class Moments {
    private static final int BLOCK = 4096;

    private long count;
    private long zeros;
    private long notFinite;
    private double mean;
    private double squares;
    private double magnitude;
    private double largest;

    /** Sees the first length values. */
    public void observe(float[] values, int length) {
        observe(values, 0, length);
    }

    /** Sees length values from offset. */
    public void observe(float[] values, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, values.length);
        for (int from = offset; from < offset + length; from += BLOCK) {
            block(values, from, Math.min(BLOCK, offset + length - from));
        }
    }

    // Two passes over a block that is in the cache, then the formula for merging.
    private void block(float[] values, int from, int length) {
        double sum = 0;
        double sumOfMagnitudes = 0;
        float max = 0;
        int finite = 0;
        int zero = 0;
        for (int i = from; i < from + length; i++) {
            float v = values[i];
            float a = Math.abs(v);
            if (a <= Float.MAX_VALUE) {
                sum += v;
                sumOfMagnitudes += a;
                max = Math.max(max, a);
                zero += v == 0f ? 1 : 0;
                finite++;
            }
        }
        double blockMean = finite == 0 ? 0 : sum / finite;
        double blockSquares = 0;
        for (int i = from; i < from + length; i++) {
            double d = values[i] - blockMean;
            blockSquares += Math.abs(values[i]) <= Float.MAX_VALUE ? d * d : 0;
        }
        notFinite += length - finite;
        add(finite, blockMean, blockSquares, sumOfMagnitudes, zero, max);
    }

    /** Adds what another has seen. */
    public void merge(Moments other) {
        notFinite += other.notFinite;
        add(other.count, other.mean, other.squares, other.magnitude, other.zeros, other.largest);
    }

    // Chan, Golub and LeVeque's formula.
    private void add(long n, double otherMean, double otherSquares, double magnitudes, long zero, double max) {
        if (n == 0) {
            return;
        }
        double delta = otherMean - mean;
        long total = count + n;
        mean += delta * n / total;
        squares += otherSquares + delta * delta * count * n / total;
        magnitude += magnitudes;
        zeros += zero;
        largest = Math.max(largest, max);
        count = total;
    }

    /** Finite values seen. */
    public long count() {
        return count;
    }

    /** Values that were NaN or infinite. */
    public long notFinite() {
        return notFinite;
    }

    /** The mean; 0 before anything was seen. */
    public double mean() {
        return mean;
    }

    /** The variance of the values seen. */
    public double variance() {
        return count == 0 ? 0 : squares / count;
    }

    /** The mean of the absolute values. */
    public double meanMagnitude() {
        return count == 0 ? 0 : magnitude / count;
    }

    /** The largest absolute value. */
    public double largestMagnitude() {
        return largest;
    }

    /** The share of exact zeros, from 0 to 1: the sparsity. */
    public double sparsity() {
        return count == 0 ? 0 : zeros / (double) count;
    }
}
