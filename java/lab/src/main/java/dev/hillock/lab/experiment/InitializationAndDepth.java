package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.diagnose.Moments;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Initialization;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import dev.hillock.lab.train.Adam;
import dev.hillock.lab.train.Evaluation;
import dev.hillock.lab.train.Objective;
import dev.hillock.lab.train.Trainer;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The same activation with different initial weights: what is left of the signal, and what can be learned. */
final class InitializationAndDepth implements Experiment {
    private static final int DEPTH = 30;
    private static final int WIDTH = 128;
    private static final int ROWS = 128;
    private static final int[] DEPTHS = {1, 4, 8, 16};

    private record Choice(String activation, Initialization initialization) {
        String text() {
            return activation + ", " + initialization.name().charAt(0)
                    + initialization.name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    private static final List<Choice> CHOICES = List.of(
            new Choice("relu", Initialization.HE),
            new Choice("relu", Initialization.XAVIER),
            new Choice("tanh", Initialization.XAVIER),
            new Choice("sigmoid", Initialization.XAVIER));

    @Override
    public String name() {
        return "initialization-and-depth";
    }

    @Override
    public String claim() {
        return "How weights start must suit the activation, and the deeper the network, the more it matters.";
    }

    @Override
    public Finding run() {
        Split digits = Samples.digits();
        Plot signal = new Plot("Mean square of the signal through 30 layers", "layer", "mean square").logY();
        Plot accuracy = new Plot("Digits: test accuracy after 5 epochs", "hidden layers", "accuracy");
        Finding finding = new Finding(
                new Figure("Initialisation and depth", claim()).add(signal).add(accuracy));
        double[][] squares = new double[CHOICES.size()][];
        double[][] accuracies = new double[CHOICES.size()][DEPTHS.length];
        for (int c = 0; c < CHOICES.size(); c++) {
            Choice choice = CHOICES.get(c);
            squares[c] = squares(choice);
            signal.line(choice.text(), Samples.counting(DEPTH), squares[c]);
            double[] depths = new double[DEPTHS.length];
            for (int d = 0; d < DEPTHS.length; d++) {
                depths[d] = DEPTHS[d];
                accuracies[c][d] = accuracy(digits, choice, DEPTHS[d]);
            }
            accuracy.line(choice.text(), depths, accuracies[c]);
            finding.number(
                    "%-16s mean square at layer %d: %.2e; accuracy with %d hidden layers %.1f %%, with %d %.1f %%",
                    choice.text(),
                    DEPTH,
                    squares[c][DEPTH - 1],
                    DEPTHS[0],
                    100 * accuracies[c][0],
                    DEPTHS[3],
                    100 * accuracies[c][3]);
        }
        return finding.expect(
                        squares[0][DEPTH - 1] > 0.05 && squares[0][DEPTH - 1] < 20, "relu with He loses the signal")
                .expect(squares[1][DEPTH - 1] < 1e-5, "relu with Xavier keeps the signal")
                .expect(accuracies[3][0] > 0.9, "a shallow sigmoid network does not learn")
                .expect(accuracies[3][3] < 0.5, "a deep sigmoid network learns at once")
                .expect(accuracies[0][3] > 0.6, "a deep relu network with He does not learn");
    }

    private static double[] squares(Choice choice) {
        Network.Builder builder = Network.of(Shape.flat(WIDTH)).initialization(choice.initialization());
        for (int i = 0; i < DEPTH; i++) {
            builder.dense(WIDTH).activation(Activation.of(choice.activation()));
        }
        Network network = builder.build(Compute.defaults(), 31);
        network.forward(ROWS, Samples.gaussian(ROWS * WIDTH, new SplittableRandom(32)), false);
        double[] squares = new double[DEPTH];
        for (int i = 0; i < DEPTH; i++) {
            Moments moments = new Moments();
            moments.observe(network.values(2 * i + 1), ROWS * WIDTH);
            squares[i] = moments.variance() + moments.mean() * moments.mean();
        }
        return squares;
    }

    private static double accuracy(Split digits, Choice choice, int depth) {
        Network.Builder builder = Network.of(digits.train().shape()).initialization(choice.initialization());
        for (int i = 0; i < depth; i++) {
            builder.dense(48).activation(Activation.of(choice.activation()));
        }
        Network network = builder.dense(10).build(Compute.defaults(), 33);
        Trainer.of(network).optimizer(new Adam(0.002)).epochs(5).train(digits.train());
        return Evaluation.of(network, Objective.crossEntropy(), digits.test()).accuracy();
    }
}
