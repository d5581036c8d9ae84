package dev.hillock.lab.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Everything a study found. */
public final class StudyResult {
    private final Study study;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final double commonLoss;

    StudyResult(Study study, List<List<Run>> runs, List<Timing> timings) {
        this.study = study;
        List<double[]> losses = runs.stream().map(StudyResult::lossCurve).toList();
        commonLoss = losses.stream()
                .filter(curve -> curve.length > 0)
                .mapToDouble(curve -> curve[curve.length - 1])
                .max()
                .orElse(Double.NaN);
        List<PairedTest> tests =
                runs.stream().map(own -> versus(own, runs.get(0))).toList();
        Double[] p = new Double[runs.size()];
        for (int i = 1; i < p.length; i++) {
            p[i] = tests.get(i).p();
        }
        Double[] corrected = PairedTest.corrected(p);
        for (int i = 0; i < runs.size(); i++) {
            comparisons.add(new Comparison(
                    study.candidates().get(i),
                    runs.get(i),
                    timings.get(i),
                    i == 0 ? null : tests.get(i),
                    corrected[i],
                    epochsTo(losses.get(i))));
        }
    }

    private static double[] lossCurve(List<Run> runs) {
        return new Comparison(null, runs, null, null, null, null).curve(Run::losses);
    }

    private static PairedTest versus(List<Run> own, List<Run> baseline) {
        int pairs = 0;
        double[] values = new double[own.size()];
        double[] base = new double[own.size()];
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i).accuracy() != null && baseline.get(i).accuracy() != null) {
                values[pairs] = own.get(i).accuracy();
                base[pairs++] = baseline.get(i).accuracy();
            }
        }
        return PairedTest.of(Arrays.copyOf(values, pairs), Arrays.copyOf(base, pairs));
    }

    private Integer epochsTo(double[] losses) {
        for (int i = 0; i < losses.length; i++) {
            if (losses[i] <= commonLoss) {
                return i + 1;
            }
        }
        return null;
    }

    /** What was run. */
    public Study study() {
        return study;
    }

    /** Candidate by candidate, the baseline first. */
    public List<Comparison> comparisons() {
        return comparisons;
    }

    /** What the others are compared with. */
    public Comparison baseline() {
        return comparisons.get(0);
    }

    /** The highest mean accuracy first; those without one last. */
    public List<Comparison> ranked() {
        return comparisons.stream()
                .sorted(Comparator.comparingDouble(
                        (Comparison c) -> c.accuracy().isEmpty()
                                ? Double.POSITIVE_INFINITY
                                : -c.accuracy().mean()))
                .toList();
    }

    /** The training loss that every candidate with a whole training reaches: the largest of their last ones. */
    public double commonLoss() {
        return commonLoss;
    }

    /** The mean deviation between seeds of one candidate: the root of the mean of the variances. */
    public double seedNoise() {
        return Math.sqrt(comparisons.stream()
                .mapToDouble(c -> c.accuracy().deviation())
                .filter(Double::isFinite)
                .map(deviation -> deviation * deviation)
                .average()
                .orElse(Double.NaN));
    }
}
