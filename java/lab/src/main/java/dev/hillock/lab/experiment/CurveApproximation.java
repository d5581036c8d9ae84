package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.Evaluation;
import dev.hillock.lab.train.Objective;
import dev.hillock.lab.train.Schedule;
import dev.hillock.lab.train.Trainer;

/** A network learns a curve; without activation it can only learn a straight line. */
final class CurveApproximation implements Experiment {
    private static final String[] ACTIVATIONS = {"identity", "relu", "tanh", "gelu"};

    @Override
    public String name() {
        return "curve-approximation";
    }

    @Override
    public String claim() {
        return "Without an activation the same network can only draw a straight line.";
    }

    @Override
    public Finding run() {
        Dataset curve = Samples.curve(x -> Math.sin(3 * x) + 0.3 * x, -2, 2, 200);
        double[] xs = Samples.doubles(curve.inputs(), curve.rows());
        Plot plot = new Plot("1 -> 32 -> 32 -> 1 after 300 epochs", "x", "y")
                .dashes("the curve: sin 3x + 0.3 x", xs, Samples.doubles(curve.targets(), curve.rows()));
        double[] errors = new double[ACTIVATIONS.length];
        for (int i = 0; i < ACTIVATIONS.length; i++) {
            Activation activation = Activation.of(ACTIVATIONS[i]);
            Network network = Network.of(curve.shape())
                    .dense(32)
                    .activation(activation)
                    .dense(32)
                    .activation(activation)
                    .dense(1)
                    .build(Compute.defaults(), 5);
            Trainer.of(network)
                    .optimizer(new Adam(0.01))
                    .schedule(Schedule.COSINE)
                    .epochs(300)
                    .batchSize(50)
                    .train(curve);
            errors[i] = Evaluation.of(network, Objective.meanSquared(), curve).loss();
            float[] y = network.forward(curve.rows(), curve.inputs(), false);
            plot.line(ACTIVATIONS[i], xs, Samples.doubles(y, curve.rows()));
        }
        Finding finding = new Finding(new Figure("A curve with and without activation", claim()).add(plot));
        for (int i = 0; i < ACTIVATIONS.length; i++) {
            finding.number("%-9s mean squared error %.6f", ACTIVATIONS[i], errors[i]);
            finding.expect(
                    i == 0 ? errors[0] > 0.3 : errors[i] < 0.05 * errors[0],
                    ACTIVATIONS[i] + (i == 0 ? " is no worse than it should be" : " does not learn the curve"));
        }
        return finding;
    }
}
