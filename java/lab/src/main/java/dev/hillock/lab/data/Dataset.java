package dev.hillock.lab.data;

import dev.hillock.lab.net.Shape;
import java.io.Serializable;

/**
 * Examples with what they should give: class labels, or target vectors for regression.
 *
 * @param inputs [rows, shape]
 * @param shape of one example
 * @param labels one class per row, from 0 to outputs - 1; or null
 * @param targets [rows, outputs]; or null
 * @param outputs classes, or elements of a target
 */
public record Dataset(float[] inputs, Shape shape, int[] labels, float[] targets, int outputs) implements Serializable {
    /** @throws IllegalArgumentException if the lengths do not fit together or a label is out of range */
    public Dataset {
        if (inputs.length % shape.size() != 0) {
            throw new IllegalArgumentException(
                    "inputs: " + inputs.length + " elements are not a whole number of examples of " + shape.size());
        }
        int rows = inputs.length / shape.size();
        if ((labels == null) == (targets == null)) {
            throw new IllegalArgumentException("give either labels or targets");
        }
        if (labels != null && labels.length != rows) {
            throw new IllegalArgumentException("labels: " + labels.length + " for " + rows + " examples");
        }
        if (targets != null && targets.length != rows * outputs) {
            throw new IllegalArgumentException(
                    "targets: " + targets.length + " elements for " + rows + " examples of " + outputs);
        }
        if (labels != null) {
            for (int i = 0; i < rows; i++) {
                if (labels[i] < 0 || labels[i] >= outputs) {
                    throw new IllegalArgumentException(
                            "labels: row " + i + " has label " + labels[i] + ", not one of 0 to " + (outputs - 1));
                }
            }
        }
    }

    /** Examples with class labels. */
    public static Dataset labelled(float[] inputs, Shape shape, int[] labels, int classes) {
        return new Dataset(inputs, shape, labels, null, classes);
    }

    /** Examples with target vectors of outputs elements. */
    public static Dataset regression(float[] inputs, Shape shape, float[] targets, int outputs) {
        return new Dataset(inputs, shape, null, targets, outputs);
    }

    /** The number of examples. */
    public int rows() {
        return inputs.length / shape.size();
    }

    /** The variance of the targets about their means, over all outputs. */
    public double targetVariance() {
        double sum = 0;
        for (int j = 0; j < outputs; j++) {
            double mean = 0;
            for (int i = j; i < targets.length; i += outputs) {
                mean += targets[i] / (double) rows();
            }
            for (int i = j; i < targets.length; i += outputs) {
                sum += (targets[i] - mean) * (targets[i] - mean);
            }
        }
        return sum / targets.length;
    }

    /** The examples at these positions, in this order. */
    public Dataset select(int[] positions) {
        int size = shape.size();
        float[] x = new float[positions.length * size];
        int[] chosenLabels = labels == null ? null : new int[positions.length];
        float[] chosenTargets = targets == null ? null : new float[positions.length * outputs];
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(inputs, positions[i] * size, x, i * size, size);
            if (labels != null) {
                chosenLabels[i] = labels[positions[i]];
            } else {
                System.arraycopy(targets, positions[i] * outputs, chosenTargets, i * outputs, outputs);
            }
        }
        return new Dataset(x, shape, chosenLabels, chosenTargets, outputs);
    }

    /** The same examples with other inputs. */
    public Dataset withInputs(float[] x) {
        return new Dataset(x, shape, labels, targets, outputs);
    }
}
