package dev.hillock.loss;

import dev.hillock.catalogue.LossFunction;

/** Losses of samples from their values along an axis, in double precision, added in the order of the samples. */
public final class RowLoss {
    private RowLoss() {}

    /** Writes the losses and the gradients times a factor, and adds up. */
    public static double run(LossFunction loss, double[] p, LossCall call, double factor) {
        int samples = call.outer() * call.inner();
        double sum = 0;
        for (int sample = 0; sample < samples; sample++) {
            int start = sample / call.inner() * call.size() * call.inner() + sample % call.inner();
            double value = loss.name().equals("cosine")
                    ? cosine(p[0], call, start, factor)
                    : mean(loss, p, call, start, factor);
            sum += value;
            if (call.losses() != null) {
                call.losses().set(sample, value);
            }
        }
        return sum;
    }

    private static double mean(LossFunction loss, double[] p, LossCall call, int start, double factor) {
        double value = 0;
        for (int k = 0; k < call.size(); k++) {
            int i = start + k * call.inner();
            double weight = (call.weight() == null ? 1 : call.weight().at(i)) / call.size();
            value += weight * loss.value(call.x().get(i), call.targets().get(i), p);
            if (call.dx() != null) {
                call.dx()
                        .set(
                                i,
                                factor
                                        * weight
                                        * loss.gradient(
                                                call.x().get(i), call.targets().get(i), p));
            }
        }
        return value;
    }

    private static double cosine(double eps, LossCall call, int start, double factor) {
        double xt = 0;
        double xx = 0;
        double tt = 0;
        for (int k = 0; k < call.size(); k++) {
            int i = start + k * call.inner();
            xt += call.x().get(i) * call.targets().get(i);
            xx += call.x().get(i) * call.x().get(i);
            tt += call.targets().get(i) * call.targets().get(i);
        }
        double xNorm = Math.max(Math.sqrt(xx), eps);
        double tNorm = Math.max(Math.sqrt(tt), eps);
        double cosine = xt / (xNorm * tNorm);
        for (int k = 0; call.dx() != null && k < call.size(); k++) {
            int i = start + k * call.inner();
            call.dx()
                    .set(
                            i,
                            factor
                                    * (cosine * call.x().get(i) / xNorm
                                            - call.targets().get(i) / tNorm)
                                    / xNorm);
        }
        return 1 - cosine;
    }
}
