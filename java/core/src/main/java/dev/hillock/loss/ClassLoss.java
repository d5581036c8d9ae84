package dev.hillock.loss;

import dev.hillock.catalogue.LossFunction;

/** Losses of samples from their scores along the class axis, in double precision, added in the order of the samples. */
public final class ClassLoss {
    private final LossFunction loss;
    private final double[] parameters;
    private final LossCall call;
    private final int classes;
    private final int inner;

    private ClassLoss(LossFunction loss, double[] parameters, LossCall call) {
        this.loss = loss;
        this.parameters = parameters;
        this.call = call;
        this.classes = call.size();
        this.inner = call.inner();
    }

    /** What the mean divides by: samples, or the summed weights of the classes that are targets and not ignored. */
    public static double count(LossFunction loss, double[] parameters, LossCall call) {
        return new ClassLoss(loss, parameters, call).count();
    }

    /** Writes the losses and the gradients times a factor, and adds up. */
    public static double run(LossFunction loss, double[] parameters, LossCall call, double factor) {
        return new ClassLoss(loss, parameters, call).run(factor);
    }

    /**
     * Checks class indices before anything is written.
     *
     * @throws IndexOutOfBoundsException with the index and its position
     */
    public static void requireValid(LossFunction loss, double[] parameters, LossCall call) {
        long ignored = ignored(loss, parameters);
        for (int i = 0; call.indices() != null && i < call.indices().length; i++) {
            long index = call.indices()[i];
            if (index != ignored && (index < 0 || index >= call.size())) {
                throw new IndexOutOfBoundsException(
                        "target " + index + " at position " + i + " is not a class of 0.." + (call.size() - 1));
            }
        }
    }

    /** The index that is ignored; a loss without ignore_index ignores none. */
    public static long ignored(LossFunction loss, double[] parameters) {
        boolean ignores = loss.parameters().stream().anyMatch(p -> p.name().equals("ignore_index"));
        return ignores ? (long) parameters[0] : Long.MIN_VALUE;
    }

    private double count() {
        int samples = call.outer() * inner;
        if (call.indices() == null || loss.name().equals("multi_margin")) {
            return samples;
        }
        long ignored = ignored(loss, parameters);
        double count = 0;
        for (long index : call.indices()) {
            count += index == ignored ? 0 : weight((int) index);
        }
        return count;
    }

    private double weight(int index) {
        return call.classWeight() == null ? 1 : call.classWeight()[index];
    }

    private double run(double factor) {
        int samples = call.outer() * inner;
        long ignored = ignored(loss, parameters);
        double[] gradient = new double[classes];
        double sum = 0;
        for (int sample = 0; sample < samples; sample++) {
            int start = sample / inner * classes * inner + sample % inner;
            double value = 0;
            if (call.indices() != null && call.indices()[sample] == ignored) {
                java.util.Arrays.fill(gradient, 0);
            } else {
                value = switch (loss.name()) {
                    case "cross_entropy" -> crossEntropy(start, sample, gradient);
                    case "nll" -> nll(sample, start, gradient);
                    default -> multiMargin(sample, start, gradient);
                };
            }
            sum += value;
            if (call.losses() != null) {
                call.losses().set(sample, value);
            }
            for (int k = 0; call.dx() != null && k < classes; k++) {
                call.dx().set(start + k * inner, factor * gradient[k]);
            }
        }
        return sum;
    }

    // The target's share of class k after smoothing, times the class's weight.
    private double target(int sample, int start, int k) {
        double smoothing = parameters[1];
        double share = call.indices() != null
                ? (call.indices()[sample] == k ? 1 : 0)
                : call.targets().get(start + k * inner);
        return weight(k) * (share * (1 - smoothing) + smoothing / classes);
    }

    // Sum of t_k (logsumexp(z) - z_k); its gradient is softmax(z) times the sum of t, minus t.
    private double crossEntropy(int start, int sample, double[] gradient) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            max = Math.max(max, call.x().get(start + k * inner));
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            gradient[k] = Math.exp(call.x().get(start + k * inner) - max);
            sum += gradient[k];
        }
        double logSum = Math.log(sum);
        double value = 0;
        double mass = 0;
        for (int k = 0; k < classes; k++) {
            double t = target(sample, start, k);
            mass += t;
            if (t != 0) {
                value += t * (logSum - (call.x().get(start + k * inner) - max));
            }
        }
        for (int k = 0; k < classes; k++) {
            gradient[k] = mass * (gradient[k] / sum) - target(sample, start, k);
        }
        return value;
    }

    private double nll(int sample, int start, double[] gradient) {
        double value = 0;
        for (int k = 0; k < classes; k++) {
            double t = call.indices() != null
                    ? (call.indices()[sample] == k ? weight(k) : 0)
                    : weight(k) * call.targets().get(start + k * inner);
            value -= t == 0 ? 0 : t * call.x().get(start + k * inner);
            gradient[k] = -t;
        }
        return value;
    }

    private double multiMargin(int sample, int start, double[] gradient) {
        int target = (int) call.indices()[sample];
        double power = parameters[0];
        double weight = weight(target) / classes;
        double value = 0;
        gradient[target] = 0;
        for (int k = 0; k < classes; k++) {
            if (k == target) {
                continue;
            }
            double gap = parameters[1]
                    - call.x().get(start + target * inner)
                    + call.x().get(start + k * inner);
            double slope = gap > 0 ? weight * power * Math.pow(gap, power - 1) : 0;
            value += gap > 0 ? weight * Math.pow(gap, power) : 0;
            gradient[k] = slope;
            gradient[target] -= slope;
        }
        return value;
    }
}
