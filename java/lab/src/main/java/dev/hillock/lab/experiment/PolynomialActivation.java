package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.Engine;
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
import java.util.stream.IntStream;

/**
 * A hidden layer whose activation is a polynomial of degree 3 gives a polynomial of degree 3, however wide it is (Leshno
 * et al., 1993): it cannot beat the best cubic. Any other activation can.
 */
final class PolynomialActivation implements Experiment {
    private static final int[] WIDTHS = {2, 4, 8, 16, 32, 64};

    @Override
    public String name() {
        return "polynomial-activation";
    }

    @Override
    public String claim() {
        return "A polynomial activation cannot approximate what a non-polynomial one can, however wide the layer.";
    }

    @Override
    public Finding run() {
        Dataset curve = Samples.curve(x -> Math.sin(5 * x), -1, 1, 100);
        double floor = bestCubic(curve);
        double[] widths = IntStream.of(WIDTHS).asDoubleStream().toArray();
        double[] cube = new double[WIDTHS.length];
        double[] tanh = new double[WIDTHS.length];
        for (int i = 0; i < WIDTHS.length; i++) {
            cube[i] = error(curve, "cube", WIDTHS[i]);
            tanh[i] = error(curve, "tanh", WIDTHS[i]);
        }
        double[] floors = IntStream.of(WIDTHS).mapToDouble(w -> floor).toArray();
        Finding finding = new Finding(new Figure("Polynomial against non-polynomial activation", claim())
                .add(new Plot("Learning sin 5x with one hidden layer", "hidden units", "mean squared error")
                        .logX()
                        .logY()
                        .line("x^3", widths, cube)
                        .line("tanh", widths, tanh)
                        .dashes("the best cubic polynomial", widths, floors)));
        finding.number("the best polynomial of degree 3: mean squared error %.5f", floor);
        for (int i = 0; i < WIDTHS.length; i++) {
            finding.number("%3d hidden units: x^3 %.5f, tanh %.6f", WIDTHS[i], cube[i], tanh[i]);
            finding.expect(cube[i] > 0.999 * floor, "x^3 beats the best cubic with " + WIDTHS[i] + " units");
        }
        return finding.expect(tanh[WIDTHS.length - 1] < 0.2 * floor, "tanh does not beat the best cubic");
    }

    private static double error(Dataset curve, String activation, int width) {
        // The reference engine has every function.
        Network network = Network.of(curve.shape())
                .dense(width)
                .activation(Activation.of(activation))
                .dense(1)
                .build(Compute.on(Engine.REFERENCE, 1), 3);
        Trainer.of(network)
                .optimizer(new Adam(0.02))
                .schedule(Schedule.COSINE)
                .epochs(600)
                .batchSize(25)
                .train(curve);
        return Evaluation.of(network, Objective.meanSquared(), curve).loss();
    }

    // Least squares by the normal equations of 1, x, x^2, x^3.
    private static double bestCubic(Dataset curve) {
        double[][] equations = new double[4][5];
        for (int i = 0; i < curve.rows(); i++) {
            double x = curve.inputs()[i];
            for (int r = 0; r < 4; r++) {
                for (int c = 0; c < 4; c++) {
                    equations[r][c] += Math.pow(x, r + c);
                }
                equations[r][4] += Math.pow(x, r) * curve.targets()[i];
            }
        }
        for (int p = 0; p < 4; p++) {
            for (int r = 0; r < 4; r++) {
                double factor = r == p ? 0 : equations[r][p] / equations[p][p];
                for (int c = p; c < 5; c++) {
                    equations[r][c] -= factor * equations[p][c];
                }
            }
        }
        double error = 0;
        for (int i = 0; i < curve.rows(); i++) {
            double y = 0;
            for (int r = 0; r < 4; r++) {
                y += equations[r][4] / equations[r][r] * Math.pow(curve.inputs()[i], r);
            }
            error += (y - curve.targets()[i]) * (y - curve.targets()[i]) / curve.rows();
        }
        return error;
    }
}
