package dev.hillock.lab.study;

import java.io.Serializable;
import java.util.List;

/**
 * What one training of one candidate from one seed gave. A number that does not exist is null.
 *
 * @param activation the candidate's name
 * @param seed of weights and order
 * @param divergedAt where the loss stopped being a number, in words; null if it never did
 * @param accuracy of the held-out examples after the last epoch, from 0 to 1
 * @param validationLoss of the held-out examples after the last epoch
 * @param losses the mean training loss of each epoch
 * @param accuracies of the held-out examples after each epoch
 * @param spikiness see {@link LossCurve}
 * @param largestRise see {@link LossCurve}
 * @param layers the activation layers, first to last; empty if it diverged
 */
public record Run(
        String activation,
        long seed,
        String divergedAt,
        Double accuracy,
        Double validationLoss,
        List<Double> losses,
        List<Double> accuracies,
        Double spikiness,
        Double largestRise,
        List<LayerState> layers)
        implements Serializable {
    /** Whether the loss stopped being a number. */
    public boolean diverged() {
        return divergedAt != null;
    }

    /** All activation units of the network; 0 if it diverged. */
    public int units() {
        return layers.stream().mapToInt(LayerState::units).sum();
    }

    /** Those of them that are dead. */
    public int dead() {
        return layers.stream().mapToInt(LayerState::dead).sum();
    }

    /** The share of dead units; null if it diverged. */
    public Double deadShare() {
        return layers.isEmpty() ? null : dead() / (double) units();
    }

    /** The mean share of saturated inputs over the layers that have one; null if none has. */
    public Double saturated() {
        Sample shares = Sample.of(layers.stream().map(LayerState::saturated).toList());
        return shares.isEmpty() ? null : shares.mean();
    }

    /** Length of the gradient at the first activation, over that at the last, both over all epochs; null if there is none. */
    public Double gradientFlow() {
        if (layers.isEmpty()) {
            return null;
        }
        double first = Sample.of(layers.get(0).gradients()).mean();
        double last = Sample.of(layers.get(layers.size() - 1).gradients()).mean();
        return last > 0 ? first / last : null;
    }
}
