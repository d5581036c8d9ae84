package dev.hillock;

import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.AxisKernels;
import dev.hillock.loss.LossCall;

/**
 * Cross-entropy of logits against class indices, value and gradient from one softmax: a block of samples at a time goes
 * through the softmax kernel and, while it is in the cache, becomes the gradient. The sum of exponentials is not
 * computed again: {@code logsumexp(z) = z_k - ln softmax(z)_k} for any class k whose probability is not small.
 *
 * <p>Samples are independent and their losses are added up in order, so the bits do not depend on the threads.
 */
final class CrossEntropy {
    private static final AxisDefinition SOFTMAX = AxisCatalogue.function("softmax");
    // Below this many elements a second thread comes too late to help; a block stays in a second-level cache.
    private static final int SPLIT_FROM = 1 << 16;
    private static final int BLOCK = 1 << 14;

    private final LossCall call;
    private final float[] x;
    private final float[] dx;
    private final int classes;
    private final int inner;
    private final long ignored;
    private final double smoothing;
    private final double factor;
    // What smoothing gives to each class; its sum over the classes; null and 0 without smoothing.
    private final double[] soft;
    private final double softMass;
    private final Kernels kernels;
    private final double[] losses;

    private CrossEntropy(LossCall call, long ignored, double smoothing, double factor, Kernels kernels) {
        this.call = call;
        this.kernels = kernels;
        this.x = (float[]) call.x().array();
        this.dx = call.dx() == null ? null : (float[]) call.dx().array();
        this.classes = call.size();
        this.inner = call.inner();
        this.ignored = ignored;
        this.smoothing = smoothing;
        this.factor = factor;
        this.soft = smoothing == 0 ? null : new double[classes];
        double mass = 0;
        for (int k = 0; soft != null && k < classes; k++) {
            soft[k] = weight(k) * smoothing / classes;
            mass += soft[k];
        }
        this.softMass = mass;
        this.losses = new double[call.outer() * inner];
    }

    /**
     * Writes the losses and the gradients times a factor, and adds up.
     *
     * @param call of at least one element, with valid class indices
     */
    static double run(LossCall call, long ignored, double smoothing, double factor, Kernels kernels) {
        CrossEntropy loss = new CrossEntropy(call, ignored, smoothing, factor, kernels);
        int slice = loss.classes * loss.inner;
        int slices = Math.max(1, BLOCK / slice);
        int outer = call.outer();
        if (call.x().length() >= SPLIT_FROM) {
            kernels.split(outer, slices, loss::slices);
        } else {
            for (int first = 0; first < outer; first += slices) {
                loss.slices(first, Math.min(slices, outer - first));
            }
        }
        double sum = 0;
        for (int sample = 0; sample < loss.losses.length; sample++) {
            sum += loss.losses[sample];
            if (call.losses() != null) {
                call.losses().set(sample, loss.losses[sample]);
            }
        }
        return sum;
    }

    private void slices(long first, long count) {
        int slice = classes * inner;
        int start = (int) first * slice;
        // x is read after the softmax has been written.
        boolean scratch = dx == null || dx == x;
        float[] y = scratch ? new float[(int) count * slice] : dx;
        int yStart = scratch ? 0 : start;
        AxisLayout layout = new AxisLayout(count, classes, inner, slice, inner);
        AxisKernels softmax = kernels.axisKernels(SOFTMAX, ElementType.FLOAT32, Direction.FORWARD, layout);
        softmax.run(SOFTMAX, ElementType.FLOAT32, Direction.FORWARD, 1, layout, x, start, x, start, y, yStart);
        for (int i = 0; i < count; i++) {
            slice((int) first + i, start + i * slice, y, yStart + i * slice);
        }
    }

    private void slice(int number, int start, float[] y, int yStart) {
        float[] mass = new float[inner];
        for (int column = 0; column < inner; column++) {
            int sample = number * inner + column;
            long target = call.indices()[sample];
            if (target != ignored) {
                losses[sample] = value((int) target, start + column, y, yStart + column);
                mass[column] = (float) (factor * (hard((int) target) + softMass));
            }
        }
        if (dx == null) {
            return;
        }
        if (inner == 1) {
            scale(mass[0], y, yStart, start);
        } else {
            scale(mass, y, yStart, start);
        }
        for (int column = 0; column < inner; column++) {
            long target = call.indices()[number * inner + column];
            if (target == ignored) {
                zero(start + column);
            } else {
                subtractTargets(start + column, (int) target);
            }
        }
    }

    // The compiler makes vectors of a loop with one index.
    private void scale(float mass, float[] y, int yStart, int start) {
        if (y != dx) {
            System.arraycopy(y, yStart, dx, start, classes);
        }
        for (int i = start; i < start + classes; i++) {
            dx[i] *= mass;
        }
    }

    private void scale(float[] mass, float[] y, int yStart, int start) {
        for (int k = 0; k < classes; k++) {
            int row = k * inner;
            for (int column = 0; column < inner; column++) {
                dx[start + row + column] = mass[column] * y[yStart + row + column];
            }
        }
    }

    private void zero(int start) {
        for (int k = 0; k < classes; k++) {
            dx[start + k * inner] = 0;
        }
    }

    private void subtractTargets(int start, int target) {
        for (int k = 0; soft != null && k < classes; k++) {
            dx[start + k * inner] -= (float) (factor * soft[k]);
        }
        dx[start + target * inner] -= (float) (factor * hard(target));
    }

    // What is left to the target by smoothing.
    private double hard(int target) {
        return weight(target) * (1 - smoothing);
    }

    private double weight(int index) {
        return call.classWeight() == null ? 1 : call.classWeight()[index];
    }

    private double value(int target, int start, float[] y, int yStart) {
        double logSum = logSum(target, start, y, yStart);
        double value = hard(target) * (logSum - x[start + target * inner]);
        for (int k = 0; soft != null && k < classes; k++) {
            value += soft[k] * (logSum - x[start + k * inner]);
        }
        return value;
    }

    // The target's class serves if it is probable, else the first one that is: there always is one with 1 / classes.
    private double logSum(int target, int start, float[] y, int yStart) {
        float probable = 0.5f / classes;
        int k = target;
        for (int next = 0; !(y[yStart + k * inner] >= probable); next++) {
            if (next == classes) {
                return Double.NaN;
            }
            k = next;
        }
        return x[start + k * inner] - Math.log(y[yStart + k * inner]);
    }
}
