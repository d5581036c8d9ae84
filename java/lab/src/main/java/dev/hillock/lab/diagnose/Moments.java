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

    // Deviations from the mean so far, so that squares do not cancel; two sums of each kind, so that one addition need
    // not wait for the other; the largest magnitude and the zeros from the bits, which takes no branch.
    private void block(float[] values, int from, int length) {
        double shift = mean;
        double sum = 0;
        double sum2 = 0;
        double square = 0;
        double square2 = 0;
        double absolute = 0;
        double absolute2 = 0;
        int max = 0;
        int zero = 0;
        int even = from + (length & ~1);
        for (int i = from; i < even; i += 2) {
            float v = values[i];
            float v2 = values[i + 1];
            double d = v - shift;
            double d2 = v2 - shift;
            sum += d;
            sum2 += d2;
            square += d * d;
            square2 += d2 * d2;
            absolute += Math.abs(v);
            absolute2 += Math.abs(v2);
            int bits = Float.floatToRawIntBits(v) & Integer.MAX_VALUE;
            int bits2 = Float.floatToRawIntBits(v2) & Integer.MAX_VALUE;
            max = Math.max(max, Math.max(bits, bits2));
            zero += (bits - 1 >>> 31) + (bits2 - 1 >>> 31);
        }
        if (even < from + length) {
            float v = values[even];
            sum += v - shift;
            square += (v - shift) * (v - shift);
            absolute += Math.abs(v);
            max = Math.max(max, Float.floatToRawIntBits(v) & Integer.MAX_VALUE);
            zero += v == 0f ? 1 : 0;
        }
        sum += sum2;
        if (!Double.isFinite(sum)) {
            finiteOnly(values, from, length);
            return;
        }
        double squared = Math.max(0, square + square2 - sum * sum / length);
        add(length, shift + sum / length, squared, absolute + absolute2, zero, Float.intBitsToFloat(max));
    }

    // The same, one by one, without what is NaN or infinite.
    private void finiteOnly(float[] values, int from, int length) {
        float[] one = new float[1];
        for (int i = from; i < from + length; i++) {
            if (Float.isFinite(values[i])) {
                one[0] = values[i];
                block(one, 0, 1);
            } else {
                notFinite++;
            }
        }
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

    /** The root of the mean of the squares. */
    public double rootMeanSquare() {
        return Math.sqrt(variance() + mean * mean);
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
