package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_D1;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_D3;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_N1;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_N1_REST;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_N2;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_N4;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S1;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S2;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S4;
import static dev.hillock.kernel.VectorElementary.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The mirror of {@code native/core/formulas/algebraic.h}, a vector at a time, written as {@link VectorFormulas} is. The
 * constants are {@link ScalarAlgebraicFormulas}'s.
 */
public final class VectorAlgebraicFormulas {
    private VectorAlgebraicFormulas() {}

    public static FloatVector cube(FloatVector x) {
        return x.mul(x).mul(x);
    }

    public static FloatVector cubeDerivative(FloatVector x) {
        return x.mul(x).mul(3f);
    }

    // softsign(x) = x / (1 + |x|).
    public static FloatVector softsign(FloatVector x) {
        FloatVector t = atMost(x.abs(), 0x1p60f);
        return copySign(t.div(t.add(1f)), x);
    }

    // 1 / (1 + |x|)^2, the square lowered by 2^40, since the slope is still a number where the square is not.
    public static FloatVector softsignDerivative(FloatVector x) {
        FloatVector d = x.abs().add(1f);
        return all(0x1p-40f).div(d.mul(0x1p-40f).mul(d));
    }

    public static FloatVector softsignSlopeFromOutput(FloatVector y) {
        FloatVector w = all(1f).sub(y.abs());
        return w.mul(w);
    }

    // elliott(x) = x / (1 + |x|) / 2 + 1/2.
    public static FloatVector elliott(FloatVector x) {
        FloatVector q = all(0.5f).div(x.abs().add(1f));
        return all(1f).sub(q).blend(q, x.compare(LT, 0f));
    }

    public static FloatVector elliottDerivative(FloatVector x) {
        return softsignDerivative(x).mul(0.5f);
    }

    public static FloatVector elliottSlopeFromOutput(FloatVector y) {
        FloatVector w = all(1f).sub(y.fma(2f, -1f).abs());
        return w.mul(0.5f).mul(w);
    }

    // squareplus(x) = (x + sqrt(x^2 + b)) / 2, for x < 0 by its conjugate. Beyond 2^60 the root is |x|.
    public static FloatVector squareplusRoot(FloatVector t, FloatVector b) {
        return atLeast(t.fma(t, b).sqrt(), t).blend(t, t.compare(GT, 0x1p60f));
    }

    public static FloatVector squareplus(FloatVector x, FloatVector b) {
        FloatVector t = x.abs();
        FloatVector m = t.mul(0.5f).add(squareplusRoot(t, b).mul(0.5f));
        return m.blend(b.mul(0.25f).div(m), x.compare(LT, 0f));
    }

    // 1/2 at 0 for b = 0 too.
    public static FloatVector squareplusDerivative(FloatVector x, FloatVector b) {
        FloatVector t = x.abs();
        FloatVector s = squareplusRoot(t, b);
        FloatVector m = t.mul(0.5f).add(s.mul(0.5f));
        FloatVector slope =
                m.blend(b.mul(0.25f).div(m), x.compare(LT, 0f)).div(s).blend(0.5f, t.compare(EQ, 0f));
        return slope.blend(all(0f).blend(1f, x.compare(GT, 0f)), t.compare(GT, 0x1.fffffep127f));
    }

    public static FloatVector squareplusSlopeFromOutput(FloatVector y, FloatVector b) {
        FloatVector z = y.mul(y);
        return z.div(b.lanewise(FMA, 0.25f, z)).blend(1f, y.compare(GT, 0x1p60f));
    }

    // rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
    // powers of |x|.

    public static FloatVector rationalTanhDenominator(FloatVector t, FloatVector square) {
        return t.lanewise(FMA, t.lanewise(FMA, square.fma(RATIONAL_TANH_S4, RATIONAL_TANH_S2), RATIONAL_TANH_S1), 1f);
    }

    public static FloatVector rationalTanh(FloatVector x) {
        FloatVector t = atMost(x.abs(), 0x1p20f);
        FloatVector square = t.mul(t);
        FloatVector n = t.lanewise(
                FMA,
                RATIONAL_TANH_N1,
                t.mul(t.lanewise(FMA, square.fma(RATIONAL_TANH_N4, RATIONAL_TANH_N2), RATIONAL_TANH_N1_REST)));
        return copySign(n.div(rationalTanhDenominator(t, square)), x);
    }

    public static FloatVector rationalTanhDerivative(FloatVector x) {
        FloatVector t = atMost(x.abs(), 0x1p31f);
        FloatVector square = t.mul(t);
        FloatVector d = rationalTanhDenominator(t, square);
        return t.lanewise(FMA, square.fma(RATIONAL_TANH_D3, RATIONAL_TANH_D1), RATIONAL_TANH_N1)
                .div(d)
                .div(d);
    }
}
