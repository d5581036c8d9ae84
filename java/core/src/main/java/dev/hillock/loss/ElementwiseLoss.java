package dev.hillock.loss;

import dev.hillock.catalogue.LossFunction;

/** Losses of single elements, in double precision, added in the order of the elements. */
public final class ElementwiseLoss {
    private ElementwiseLoss() {}

    /** Writes the losses and the gradients times a factor, and adds up. */
    public static double run(LossFunction loss, double[] p, LossCall call, double factor) {
        int length = call.x().length();
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double x = call.x().get(i);
            double t = call.targets().get(i);
            double value;
            double gradient;
            if (call.variance() != null) {
                double v = Math.max(call.variance().get(i), p[1]);
                value = 0.5 * (Math.log(v) + (x - t) * (x - t) / v) + (p[0] == 0 ? 0 : 0.5 * Math.log(2 * Math.PI));
                gradient = (x - t) / v;
            } else if (call.posWeight() != null) {
                double weight = call.posWeight().at(i);
                value = t * weight * loss.value(x, 1, p) + (1 - t) * loss.value(x, 0, p);
                gradient = t * weight * loss.gradient(x, 1, p) + (1 - t) * loss.gradient(x, 0, p);
            } else {
                value = loss.value(x, t, p);
                gradient = call.dx() == null ? 0 : loss.gradient(x, t, p);
            }
            double weight = call.weight() == null ? 1 : call.weight().at(i);
            sum += weight * value;
            if (call.losses() != null) {
                call.losses().set(i, weight * value);
            }
            if (call.dx() != null) {
                call.dx().set(i, factor * weight * gradient);
            }
        }
        return sum;
    }
}
