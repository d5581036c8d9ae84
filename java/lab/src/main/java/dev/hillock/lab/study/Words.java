package dev.hillock.lab.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a study found, in sentences for a person who has never seen this program. */
public final class Words {
    // Smaller differences in time depend on where things happen to lie in memory.
    private static final double SAME_TIME = 0.05;
    private static final double MANY_DEAD = 0.2;
    private static final double MANY_SATURATED = 0.8;
    private static final double VANISHING = 0.1;
    private static final double EXPLODING = 10;
    private static final double STRONG_DIFFERENCE = 2;

    private Words() {}

    /** One thought each, the most important first. */
    public static List<String> summary(StudyResult result) {
        List<String> words = new ArrayList<>();
        Comparison baseline = result.baseline();
        List<Comparison> others =
                result.comparisons().subList(1, result.comparisons().size());
        best(result, words);
        others.stream().filter(Comparison::significant).forEach(other -> words.add(sure(other, baseline)));
        undecided(others.stream().filter(other -> !other.significant()).toList(), result, words);
        spread(result, words);
        others.forEach(other -> time(other, baseline, words));
        result.comparisons().forEach(comparison -> health(comparison, words));
        return words;
    }

    private static void best(StudyResult result, List<String> words) {
        Comparison best = result.ranked().get(0);
        if (best.accuracy().isEmpty()) {
            words.add("No training went well: the loss stopped being a number in all of them. Try a smaller --rate.");
            return;
        }
        int rows = result.study().examples().split().test().rows();
        words.add(text(
                "Highest mean accuracy: %s with %s of the %d held-out examples right.%s",
                best.candidate().name(),
                percent(best.accuracy()),
                rows,
                best == result.baseline() || best.significant()
                        ? ""
                        : " It may owe that to luck: see the next sentence."));
    }

    private static String sure(Comparison other, Comparison baseline) {
        PairedTest test = other.versus();
        return text(
                "%s is %.2f percentage points %s accurate than %s on average over %d seeds (95 %% interval: %+.2f to"
                        + " %+.2f): more than chance, %s.",
                other.candidate().name(),
                100 * Math.abs(test.difference()),
                test.difference() > 0 ? "more" : "less",
                baseline.candidate().name(),
                test.pairs(),
                100 * test.low(),
                100 * test.high(),
                p(other.p()));
    }

    private static void undecided(List<Comparison> others, StudyResult result, List<String> words) {
        String base = result.baseline().candidate().name();
        String differences = others.stream()
                .filter(other -> other.versus().difference() != null)
                .map(other -> text(
                        "%s (%+.2f%s)",
                        other.candidate().name(),
                        100 * other.versus().difference(),
                        other.p() == null ? "" : ", " + p(other.p())))
                .collect(Collectors.joining(", "));
        if (!differences.isEmpty()) {
            words.add(text(
                    result.study().seeds() == 1
                            ? "Differences to %s in percentage points, from one seed alone and so perhaps luck: %s. Use"
                                    + " --seeds 5 or more."
                            : "Differences to %s in percentage points that chance alone may make: %s.",
                    base,
                    differences));
        }
        others.stream()
                .filter(other -> other.versus().difference() == null)
                .forEach(other -> words.add(text(
                        "%s cannot be compared with %s: no seed went well with both.",
                        other.candidate().name(), base)));
    }

    private static String p(double p) {
        return p < 0.001 ? "p below 0.001" : text("p = %.3f", p);
    }

    private static void spread(StudyResult result, List<String> words) {
        List<Comparison> ranked =
                result.ranked().stream().filter(c -> !c.accuracy().isEmpty()).toList();
        double noise = result.seedNoise();
        if (ranked.size() < 2 || Double.isNaN(noise)) {
            return;
        }
        double between = ranked.get(0).accuracy().mean()
                - ranked.get(ranked.size() - 1).accuracy().mean();
        words.add(text(
                "How much does the activation matter here? From best to worst the means differ by %.2f percentage"
                        + " points; another seed alone moves one training by about %.2f.%s",
                100 * between,
                100 * noise,
                between < STRONG_DIFFERENCE * noise ? " The choice matters little beside luck." : ""));
    }

    private static void time(Comparison other, Comparison baseline, List<String> words) {
        PairedTest ratio = other.timing().logRatio(baseline.timing());
        if (ratio.low() != null && (ratio.low() > SAME_TIME || ratio.high() < -SAME_TIME)) {
            words.add(text(
                    "An epoch with %s takes %.2f times as long as with %s (95 %% interval: %.2f to %.2f).",
                    other.candidate().name(),
                    Math.exp(ratio.difference()),
                    baseline.candidate().name(),
                    Math.exp(ratio.low()),
                    Math.exp(ratio.high())));
        }
    }

    private static void health(Comparison comparison, List<String> words) {
        String name = comparison.candidate().name();
        if (comparison.diverged() > 0) {
            words.add(text(
                    "%s: in %d of %d trainings the loss stopped being a number; the accuracies are those of the others.",
                    name, comparison.diverged(), comparison.runs().size()));
        }
        Sample dead = comparison.sample(Run::deadShare);
        if (dead.mean() >= MANY_DEAD) {
            words.add(text(
                    "%s: %.0f %% of the units are dead, that is, 0 for every example; a smaller --rate or leaky_relu may help.",
                    name, 100 * dead.mean()));
        }
        Sample saturated = comparison.sample(Run::saturated);
        if (saturated.mean() >= MANY_SATURATED && dead.mean() < MANY_DEAD) {
            words.add(text(
                    "%s: %.0f %% of its inputs lie where it is nearly flat, so that little is learned from them.",
                    name, 100 * saturated.mean()));
        }
        double flow = comparison.sample(Run::gradientFlow).mean();
        if (flow < VANISHING || flow > EXPLODING) {
            words.add(text(
                    "%s: the gradients at its first layer are %.2g times those at its last: they %s on the way back.",
                    name, flow, flow < 1 ? "vanish" : "explode"));
        }
    }

    /** {@code 97.50 % ± 0.31}: mean and standard deviation of shares. */
    public static String percent(Sample shares) {
        return shares.isEmpty()
                ? "–"
                : shares.values().length < 2
                        ? text("%.2f %%", 100 * shares.mean())
                        : text("%.2f %% ± %.2f", 100 * shares.mean(), 100 * shares.deviation());
    }

    /** A probability as precise as anybody should take it. */
    public static String probability(Double p) {
        return p == null ? "–" : p < 0.001 ? "below 0.001" : text("%.3f", p);
    }

    static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
