package dev.hillock.lab.study;

import java.io.Serializable;
import java.util.List;

/**
 * One activation layer after, and its gradients during a training.
 *
 * @param layer its name
 * @param units its units, or channels
 * @param dead units that are 0 for all examples of the training data, at its end
 * @param saturated the share of its inputs at which its slope is below a twentieth of its largest; null for learned ones
 * @param mean of its outputs at the end
 * @param deviation of its outputs at the end
 * @param gradients the length of d loss / d output in each epoch, of the examples that were looked at
 * @param learned the mean of its own learned parameter at the end; null if it has none
 */
public record LayerState(
        String layer,
        int units,
        int dead,
        Double saturated,
        double mean,
        double deviation,
        List<Double> gradients,
        Double learned)
        implements Serializable {}
