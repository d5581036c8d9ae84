package dev.hillock.engine;

import dev.hillock.Engine;
import dev.hillock.catalogue.LossKernel;
import java.util.Locale;

/** Element-wise losses whose calls are judged by the bits of plain Java. */
final class CheckedLossKernels implements LossKernels {
    private final LossKernels kernels;
    private final Engine engine;
    private final ShadowCheck check;

    CheckedLossKernels(LossKernels kernels, Engine engine, ShadowCheck check) {
        this.kernels = kernels;
        this.engine = engine;
        this.check = check;
    }

    @Override
    public boolean available() {
        return kernels.available();
    }

    @Override
    public double run(LossKernel loss, double[] p, LossOperands o, double scale) {
        if (!check.isDue()) {
            return kernels.run(loss, p, o, scale);
        }
        float[] terms = o.terms() == null ? null : new float[o.length()];
        float[] dx = o.dx() == null ? null : new float[o.length()];
        LossOperands twin =
                new LossOperands(o.x(), o.xOffset(), o.t(), o.tOffset(), o.weight(), terms, 0, dx, 0, o.length());
        double expected = ShadowCheck.twin().losses().run(loss, p, twin, scale);
        double sum = kernels.run(loss, p, o, scale);
        String what = loss.name().toLowerCase(Locale.ROOT) + " on " + engine.word();
        if (terms != null) {
            SameBits.require(what, terms, 0, o.terms(), o.termsOffset(), o.length(), o.xOffset());
        }
        if (dx != null) {
            SameBits.require(what + ", gradient,", dx, 0, o.dx(), o.dxOffset(), o.length(), o.xOffset());
        }
        if (Double.compare(expected, sum) != 0) {
            throw new IllegalStateException(
                    "hillock.check: " + what + " gives the sum " + sum + ", plain Java " + expected);
        }
        return sum;
    }
}
