package dev.hillock.lab.study;

import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.TrainingObserver;

/**
 * How spiky the loss of the mini-batches is: all its rises from one mini-batch to the next added up, in units of the
 * loss of guessing, ln(classes). A loss that only falls has 0; one that climbs once from 0 to what guessing gives has 1.
 * All candidates see the same mini-batches in the same order, so that what the examples themselves make noisy is in all
 * of them.
 */
final class LossCurve implements TrainingObserver {
    private final double guessing;
    private double last = Double.POSITIVE_INFINITY;
    private double rises;
    private double largest;

    LossCurve(int classes) {
        guessing = Math.log(Math.max(2, classes));
    }

    @Override
    public void step(Network network, int epoch, int step, int steps, double loss) {
        double rise = Math.max(0, loss - last);
        rises += rise;
        largest = Math.max(largest, rise);
        last = loss;
    }

    double spikiness() {
        return rises / guessing;
    }

    double largestRise() {
        return largest / guessing;
    }
}
