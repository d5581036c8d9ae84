package dev.hillock.lab.experiment;

import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;

/**
 * Too large a learning rate pushes ReLU units to where they are 0 for every input, and they never come back. How many of
 * the runs diverge at rate 1.0 differs from one set of seeds to the next: two hundred seeds gave 31.5 %, sixty others
 * 41.7 %; it takes a thousand to know it to one and a half points.
 */
final class DyingRelu implements Experiment {
    private static final double[] RATES = {0.01, 0.1, 0.3, 0.5, 0.7, 1.0};
    private static final int SEEDS = 1000;

    @Override
    public String name() {
        return "dying-relu";
    }

    @Override
    public String claim() {
        return "ReLU units die when the learning rate is too large: 10 -> 5 -> 1, 100 steps of gradient descent on noise.";
    }

    @Override
    public Finding run() {
        double[] dead = new double[RATES.length];
        double[] diverged = new double[RATES.length];
        Finding finding = new Finding(new Figure("Dying ReLU", claim()));
        for (int i = 0; i < RATES.length; i++) {
            TinyRegression.Tally tally = TinyRegression.relu(RATES[i]).tally(SEEDS);
            dead[i] = 100 * tally.deadShare();
            diverged[i] = 100 * tally.divergedShare();
            finding.number(
                    "rate %.2f: %4.1f ± %.1f %% of %d runs diverged; of the others %5.1f %% have a dead unit (%.1f %% of"
                            + " all units)",
                    RATES[i],
                    diverged[i],
                    100 * tally.divergedError(),
                    tally.runs(),
                    dead[i],
                    100 * tally.deadUnitShare());
        }
        finding.figure()
                .add(new Plot("Share of " + SEEDS + " seeds", "learning rate", "%")
                        .logX()
                        .line("a dead unit (finite runs)", RATES, dead)
                        .line("diverged", RATES, diverged));
        int half = 3;
        int one = RATES.length - 1;
        return finding.expect(dead[one] > 90, "at rate 1.0 hardly any unit dies")
                .expect(diverged[one] > 30 && diverged[one] < 45, "at rate 1.0 the share of diverged runs is unusual")
                .expect(dead[half] > 0 && dead[half] < 3, "deaths are not rare at rate 0.5")
                .expect(dead[0] == 0, "units die at rate 0.01");
    }
}
