package dev.hillock.lab.study;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's t-test of paired values: whether the mean of their differences is other than 0, by more than chance.
 *
 * @param pairs how many
 * @param difference the mean of value - baseline; null without pairs
 * @param low lower end of its 95 % interval; null where there is none
 * @param high upper end of its 95 % interval; null where there is none
 * @param p the probability of a mean at least as far from 0 if there were no difference; null where it cannot be told:
 *     with fewer than two pairs, or where all differences are the same number other than 0
 */
public record PairedTest(int pairs, Double difference, Double low, Double high, Double p) {
    private static final double TAIL = 0.025;

    /** Compares values with the baseline's, pair by pair. */
    public static PairedTest of(double[] values, double[] baseline) {
        int pairs = values.length;
        if (pairs == 0) {
            return new PairedTest(0, null, null, null, null);
        }
        double[] differences = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            differences[i] = values[i] - baseline[i];
        }
        Sample sample = new Sample(differences);
        double mean = sample.mean();
        if (pairs == 1) {
            return new PairedTest(1, mean, null, null, null);
        }
        double error = sample.deviation() / Math.sqrt(pairs);
        // Differences of equal numbers may vary in their last bits.
        if (error <= 1e-12 * Math.abs(mean)) {
            return mean == 0
                    ? new PairedTest(pairs, mean, mean, mean, 1.0)
                    : new PairedTest(pairs, mean, null, null, null);
        }
        TDistribution distribution = TDistribution.of(pairs - 1);
        double reach = error * distribution.inverseSurvivalProbability(TAIL);
        double p = 2 * distribution.survivalProbability(Math.abs(mean / error));
        return new PairedTest(pairs, mean, mean - reach, mean + reach, p);
    }

    /**
     * Probabilities of several comparisons made at once, corrected by Holm's method: the chance that any of those below
     * a level is an accident stays below that level.
     *
     * @param p null where there is none
     */
    public static Double[] corrected(Double[] p) {
        Double[] corrected = new Double[p.length];
        boolean[] done = new boolean[p.length];
        int left = 0;
        for (Double one : p) {
            left += one == null ? 0 : 1;
        }
        double largest = 0;
        for (; left > 0; left--) {
            int next = -1;
            for (int i = 0; i < p.length; i++) {
                if (p[i] != null && !done[i] && (next < 0 || p[i] < p[next])) {
                    next = i;
                }
            }
            done[next] = true;
            largest = Math.max(largest, Math.min(1, left * p[next]));
            corrected[next] = largest;
        }
        return corrected;
    }
}
