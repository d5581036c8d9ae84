package dev.hillock.lab.experiment;

import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.experiment.TinyRegression.Start;
import java.util.List;

/**
 * What is said to prevent dead units, each tried against what kills them. Against too large a rate a smaller one, a leak,
 * PReLU and ELU help. He's weights do not: they are larger than the uniform ones of this set-up, and so are the steps
 * that come back through them; nor does batch normalisation, which makes the hidden values larger. These two help
 * against a bad start: weights of deviation 1, biases far below 0.
 */
final class DyingReluRemedies implements Experiment {
    private static final int SEEDS = 100;
    private static final double[] RATES = {0.3, 0.5, 0.7, 0.85, 1.0};
    private static final double[] LOW_RATES = {0.02, 0.05, 0.1, 0.2};

    private record Remedy(String name, String hidden, Start start, boolean batchNorm) {
        TinyRegression at(double rate) {
            return new TinyRegression(hidden, rate, start, batchNorm);
        }
    }

    private static final Remedy NONE = new Remedy("none (relu)", "relu", Start.UNIFORM, false);
    private static final Remedy LEAKY = new Remedy("leaky_relu", "leaky_relu", Start.UNIFORM, false);
    private static final Remedy PRELU = new Remedy("prelu", "prelu", Start.UNIFORM, false);
    private static final Remedy ELU = new Remedy("elu", "elu", Start.UNIFORM, false);
    private static final Remedy HE_FOR_RATE = new Remedy("relu, He", "relu", Start.HE, false);
    private static final Remedy NORM_FOR_RATE = new Remedy("relu, batch norm", "relu", Start.UNIFORM, true);

    private static final Remedy LARGE = new Remedy("weights of deviation 1", "relu", Start.LARGE, false);
    private static final Remedy LOW_BIAS = new Remedy("biases of -3", "relu", Start.LOW_BIAS, false);
    private static final Remedy HE = new Remedy("He (biases 0)", "relu", Start.HE, false);
    private static final Remedy LOW_BIAS_NORM = new Remedy("biases of -3, batch norm", "relu", Start.LOW_BIAS, true);
    private static final Remedy LOW_BIAS_LEAKY =
            new Remedy("biases of -3, leaky_relu", "leaky_relu", Start.LOW_BIAS, false);

    // In % of all runs, rate by rate.
    private record Shares(double[] dead, double[] diverged) {}

    @Override
    public String name() {
        return "dying-relu-remedies";
    }

    @Override
    public String claim() {
        return "Where too large a rate kills units, a smaller one, a leak, PReLU or ELU keep them alive (a rate that is far"
                + " too large then makes the loss diverge); where a bad start kills them, He's weights or batch"
                + " normalisation do.";
    }

    @Override
    public Finding run() {
        Finding finding = new Finding(new Figure("Remedies for dying ReLU", claim()));
        List<Remedy> forRate = List.of(NONE, LEAKY, PRELU, ELU, HE_FOR_RATE, NORM_FOR_RATE);
        List<Shares> rate = shares("too large a rate", forRate, RATES, finding);
        List<Remedy> forStart = List.of(LARGE, LOW_BIAS, HE, LOW_BIAS_NORM, LOW_BIAS_LEAKY);
        List<Shares> start = shares("a bad start", forStart, LOW_RATES, finding);
        judgeRates(finding, rate);
        judgeStarts(finding, start);
        return finding;
    }

    private static List<Shares> shares(String cause, List<Remedy> remedies, double[] rates, Finding finding) {
        Plot dead = new Plot("Runs with a dead unit: " + cause, "learning rate", "% of " + SEEDS + " seeds");
        Plot diverged = new Plot("Runs that diverged: " + cause, "learning rate", "% of " + SEEDS + " seeds");
        finding.figure().add(dead).add(diverged);
        return remedies.stream()
                .map(remedy -> {
                    Shares shares = new Shares(new double[rates.length], new double[rates.length]);
                    for (int i = 0; i < rates.length; i++) {
                        TinyRegression.Tally tally = remedy.at(rates[i]).tally(SEEDS);
                        shares.dead()[i] = 100.0 * tally.withDead() / tally.runs();
                        shares.diverged()[i] = 100.0 * tally.diverged() / tally.runs();
                        finding.number(
                                "%-24s rate %.2f: %5.1f %% of the runs have a dead unit, %5.1f %% diverged",
                                remedy.name(), rates[i], shares.dead()[i], shares.diverged()[i]);
                    }
                    dead.line(remedy.name(), rates, shares.dead());
                    diverged.line(remedy.name(), rates, shares.diverged());
                    return shares;
                })
                .toList();
    }

    private static void judgeRates(Finding finding, List<Shares> rate) {
        int middle = 2;
        int high = 3;
        Shares none = rate.get(0);
        finding.expect(none.dead()[high] > 40, "relu's units do not die at rate 0.85")
                .expect(none.dead()[middle] > 5, "relu's units do not die at rate 0.7")
                .expect(none.dead()[0] < 3, "a smaller rate does not keep relu's units alive");
        for (int remedy = 1; remedy <= 3; remedy++) {
            finding.expect(
                    rate.get(remedy).dead()[middle] == 0 && rate.get(remedy).diverged()[middle] < 20,
                    "remedy " + remedy + " does not help at rate 0.7");
        }
        finding.expect(
                rate.get(1).dead()[high] + rate.get(1).diverged()[high] < 5, "leaky_relu does not help at rate 0.85");
    }

    private static void judgeStarts(Finding finding, List<Shares> start) {
        int tenth = 2;
        double he = start.get(2).dead()[tenth];
        finding.expect(start.get(0).dead()[tenth] > 2.5 * he, "He's weights do not rescue what large ones kill")
                .expect(start.get(0).dead()[tenth] > 10, "large weights do not kill at rate 0.1")
                .expect(start.get(1).dead()[tenth] > 80, "low biases do not kill")
                .expect(he < 10, "He's weights kill")
                .expect(start.get(3).dead()[tenth - 1] < 15, "batch normalisation does not rescue from low biases")
                .expect(start.get(4).dead()[tenth] == 0, "a leak does not rescue from low biases");
    }
}
