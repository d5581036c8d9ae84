package dev.hillock.lab.study;

import java.util.List;
import java.util.function.Function;

/**
 * What a study found about one candidate.
 *
 * @param candidate which
 * @param runs from seed 1 up
 * @param timing of its epochs
 * @param versus its accuracies against the baseline's, seed by seed where both trainings went well; null for the
 *     baseline
 * @param p of that test, corrected for the number of comparisons; null where there is none
 * @param epochsToLoss the first epoch whose mean loss is at most {@link StudyResult#commonLoss()}; null if none is
 */
public record Comparison(
        Candidate candidate, List<Run> runs, Timing timing, PairedTest versus, Double p, Integer epochsToLoss) {
    private static final double LEVEL = 0.05;

    /** A number of each training that has it. */
    public Sample sample(Function<Run, Double> number) {
        return Sample.of(runs.stream().map(number).toList());
    }

    /** Accuracies of the held-out examples, from 0 to 1. */
    public Sample accuracy() {
        return sample(Run::accuracy);
    }

    /** Trainings whose loss stopped being a number. */
    public long diverged() {
        return runs.stream().filter(Run::diverged).count();
    }

    /** Whether chance alone would hardly make such a difference. */
    public boolean significant() {
        return p != null && p < LEVEL;
    }

    /** The mean over the trainings, epoch by epoch; only trainings that went well. */
    public double[] curve(Function<Run, List<Double>> numbers) {
        List<List<Double>> curves =
                runs.stream().filter(run -> !run.diverged()).map(numbers).toList();
        int length = curves.stream().mapToInt(List::size).min().orElse(0);
        double[] mean = new double[length];
        for (int i = 0; i < length; i++) {
            int at = i;
            mean[i] = Sample.of(curves.stream().map(curve -> curve.get(at)).toList())
                    .mean();
        }
        return mean;
    }
}
