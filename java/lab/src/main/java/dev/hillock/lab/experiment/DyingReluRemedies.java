package dev.hillock.lab.experiment;

import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.net.Initialization;
import java.util.List;

/**
 * What is said to prevent dead units, each tried where they die. In this set-up the error grows with the weights, so He's
 * larger weights and batch normalisation do not help: the experiment shows what each does and judges only those that
 * work here.
 */
final class DyingReluRemedies implements Experiment {
    private static final int SEEDS = 60;
    private static final double[] RATES = {0.3, 0.5, 0.7, 0.85, 1.0};
    private static final int MIDDLE = 2;
    private static final int HIGH = 3;

    private record Remedy(String name, String hidden, Initialization initialization, boolean batchNorm) {
        TinyRegression at(double rate) {
            return new TinyRegression(hidden, rate, initialization, batchNorm);
        }
    }

    private static final List<Remedy> REMEDIES = List.of(
            new Remedy("none (relu)", "relu", Initialization.UNIFORM, false),
            new Remedy("leaky_relu", "leaky_relu", Initialization.UNIFORM, false),
            new Remedy("prelu", "prelu", Initialization.UNIFORM, false),
            new Remedy("elu", "elu", Initialization.UNIFORM, false),
            new Remedy("relu, He", "relu", Initialization.HE, false),
            new Remedy("relu, batch norm", "relu", Initialization.UNIFORM, true));

    @Override
    public String name() {
        return "dying-relu-remedies";
    }

    @Override
    public String claim() {
        return "A smaller learning rate, a leak, PReLU or ELU keep units alive where ReLU's die (10 -> 5 -> 1, 100 steps on"
                + " noise); a rate that is too large then makes the loss diverge instead.";
    }

    @Override
    public Finding run() {
        Plot dead = new Plot("Runs with at least one dead unit", "learning rate", "% of " + SEEDS + " seeds");
        Plot diverged = new Plot("Runs that diverged", "learning rate", "% of " + SEEDS + " seeds");
        Finding finding = new Finding(
                new Figure("Remedies for dying ReLU", claim()).add(dead).add(diverged));
        double[][] deadShares = new double[REMEDIES.size()][RATES.length];
        double[][] divergedShares = new double[REMEDIES.size()][RATES.length];
        for (int i = 0; i < REMEDIES.size(); i++) {
            Remedy remedy = REMEDIES.get(i);
            for (int r = 0; r < RATES.length; r++) {
                TinyRegression.Tally tally = remedy.at(RATES[r]).tally(SEEDS);
                deadShares[i][r] = 100.0 * tally.withDead() / tally.runs();
                divergedShares[i][r] = 100.0 * tally.diverged() / tally.runs();
                finding.number(
                        "%-16s rate %.2f: %5.1f %% of the runs have a dead unit, %5.1f %% diverged",
                        remedy.name(), RATES[r], deadShares[i][r], divergedShares[i][r]);
            }
            dead.line(remedy.name(), RATES, deadShares[i]);
            diverged.line(remedy.name(), RATES, divergedShares[i]);
        }
        finding.expect(deadShares[0][HIGH] > 30, "relu's units do not die at rate 0.85")
                .expect(deadShares[0][MIDDLE] > 5, "relu's units do not die at rate 0.7")
                .expect(deadShares[0][0] == 0, "a smaller rate does not keep relu's units alive")
                .expect(deadShares[1][HIGH] + divergedShares[1][HIGH] == 0, "leaky_relu does not help at rate 0.85");
        for (int i : new int[] {2, 3}) {
            finding.expect(
                    deadShares[i][MIDDLE] == 0 && divergedShares[i][MIDDLE] < 20,
                    REMEDIES.get(i).name() + " does not help at rate 0.7");
        }
        return finding;
    }
}
