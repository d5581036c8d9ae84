package dev.hillock.loss;

import dev.hillock.catalogue.LossFunction;

/** Losses of samples from their values along an axis, in double precision, added in the order of the samples. */
public final class RowLoss {
    private static final double TINY = 1e-7;

    private RowLoss() {}

    /** Writes the losses and the gradients times a factor, and adds up. */
    public static Total run(LossFunction loss, double[] p, LossCall call, double factor) {
        int samples = call.outer() * call.inner();
        double sum = 0;
        for (int sample = 0; sample < samples; sample++) {
            int start = sample / call.inner() * call.size() * call.inner() + sample % call.inner();
            double value =
                    loss.name().equals("cosine") ? cosine(call, start, factor) : mean(loss, p, call, start, factor);
            sum += value;
            if (call.losses() != null) {
                call.losses()[sample] = (float) value;
            }
        }
        return new Total(sum, samples);
    }

    private static double mean(LossFunction loss, double[] p, LossCall call, int start, double factor) {
        double value = 0;
        for (int k = 0; k < call.size(); k++) {
            int i = start + k * call.inner();
            double weight = (call.weight() == null ? 1 : call.weight().at(i)) / call.size();
            value += weight * loss.value(call.x()[i], call.targets()[i], p);
            if (call.dx() != null) {
                call.dx()[i] = (float) (factor * weight * loss.gradient(call.x()[i], call.targets()[i], p));
            }
        }
        return value;
    }

    private static double cosine(LossCall call, int start, double factor) {
        double xt = 0;
        double xx = 0;
        double tt = 0;
        for (int k = 0; k < call.size(); k++) {
            int i = start + k * call.inner();
            xt += (double) call.x()[i] * call.targets()[i];
            xx += (double) call.x()[i] * call.x()[i];
            tt += (double) call.targets()[i] * call.targets()[i];
        }
        double xNorm = Math.max(Math.sqrt(xx), TINY);
        double tNorm = Math.max(Math.sqrt(tt), TINY);
        double cosine = xt / (xNorm * tNorm);
        for (int k = 0; call.dx() != null && k < call.size(); k++) {
            int i = start + k * call.inner();
            call.dx()[i] = (float) (factor * (cosine * call.x()[i] / xNorm - call.targets()[i] / tNorm) / xNorm);
        }
        return 1 - cosine;
    }
}
