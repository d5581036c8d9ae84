package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A neuron learns two weights, one of which must rise while the other falls. Behind a sigmoid all its inputs are
 * positive, so in every step both gradients have the same sign: it can only get there in a zig-zag. Behind tanh it can go
 * straight.
 */
final class ZigZag implements Experiment {
    private static final double[] START = {-1, 1};
    private static final double[] GOAL = {1, -1};
    private static final double RATE = 0.3;
    private static final double NEAR = 0.2;
    private static final int MOST = 2000;

    private record Walk(double[] first, double[] second, double sameSign, double length) {
        int steps() {
            return first.length - 1;
        }
    }

    @Override
    public String name() {
        return "zig-zag";
    }

    @Override
    public String claim() {
        return "Inputs that are all positive give gradients that all have one sign: the way to the goal is a zig-zag.";
    }

    @Override
    public Finding run() {
        Walk sigmoid = walk(Activation.sigmoid());
        Walk tanh = walk(Activation.tanh());
        double straight = Math.hypot(GOAL[0] - START[0], GOAL[1] - START[1]);
        return new Finding(new Figure("Zig-zag", claim())
                        .add(new Plot("The way of two weights, example after example", "first weight", "second weight")
                                .line("inputs from sigmoid (positive)", sigmoid.first, sigmoid.second)
                                .line("inputs from tanh (zero-centred)", tanh.first, tanh.second)
                                .points("start and goal", new double[] {START[0], GOAL[0]}, new double[] {
                                    START[1], GOAL[1]
                                })))
                .number(
                        "sigmoid: %d steps, %.0f %% with both gradients of one sign, way %.1f times the straight line",
                        sigmoid.steps(), 100 * sigmoid.sameSign, sigmoid.length / straight)
                .number(
                        "tanh:    %d steps, %.0f %% with both gradients of one sign, way %.1f times the straight line",
                        tanh.steps(), 100 * tanh.sameSign, tanh.length / straight)
                .expect(sigmoid.sameSign == 1, "behind sigmoid some gradients have different signs")
                .expect(tanh.sameSign > 0.3 && tanh.sameSign < 0.7, "behind tanh the signs are not about even")
                .expect(sigmoid.steps() > 2 * tanh.steps(), "sigmoid is not slower")
                .expect(sigmoid.length > 1.5 * tanh.length, "sigmoid's way is not longer");
    }

    // Stochastic gradient descent on (w a - goal a)^2, one example at a time.
    private static Walk walk(Activation activation) {
        SplittableRandom random = new SplittableRandom(61);
        List<double[]> way = new ArrayList<>(List.of(START));
        double[] w = START.clone();
        int same = 0;
        int steps = 0;
        double length = 0;
        while (steps < MOST && Math.hypot(w[0] - GOAL[0], w[1] - GOAL[1]) > NEAR) {
            float[] a = Samples.gaussian(2, random);
            activation.forwardInPlace(a);
            double error = (w[0] - GOAL[0]) * a[0] + (w[1] - GOAL[1]) * a[1];
            double first = RATE * 2 * error * a[0];
            double second = RATE * 2 * error * a[1];
            same += first * second >= 0 ? 1 : 0;
            w = new double[] {w[0] - first, w[1] - second};
            length += Math.hypot(first, second);
            way.add(w);
            steps++;
        }
        return new Walk(
                way.stream().mapToDouble(p -> p[0]).toArray(),
                way.stream().mapToDouble(p -> p[1]).toArray(),
                same / (double) steps,
                length);
    }
}
