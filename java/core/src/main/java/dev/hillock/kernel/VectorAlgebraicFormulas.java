package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_D0;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_D0_REST;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_D1;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_D3;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_D3_REST;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S1;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S1_REST;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S2;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S2_REST;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S4;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_S4_REST;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_SCALE;
import static dev.hillock.kernel.ScalarAlgebraicFormulas.RATIONAL_TANH_SCALE_REST;
import static dev.hillock.kernel.VectorElementary.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

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

    // 1 / (1 + |x|)^2, the square lowered by 2^100, since the slope is still a number where the square is not.
    public static FloatVector softsignDerivative(FloatVector x) {
        FloatVector d = x.abs().add(1f);
        return all(0x1p-100f).div(d.mul(0x1p-100f).mul(d));
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
        FloatVector w = atMost(y, all(1f).sub(y));
        return w.mul(2f).mul(w);
    }

    // squareplus(x) = (x + sqrt(x^2 + b)) / 2, for x < 0 by its conjugate. Beyond 2^60 the root is |x|.
    public static FloatVector squareplusRoot(FloatVector t, FloatVector b) {
        return positiveAtLeast(t.fma(t, b).sqrt(), t);
    }

    // The root s and the sum m are carried in two floats: rounded they add up to 2.6 ULP.
    public static FloatVector squareplus(FloatVector x, FloatVector b) {
        FloatVector t = atMost(x.abs(), 0x1p60f);
        FloatVector s = squareplusRoot(t, b);
        FloatVector sRest = t.fma(t, s.neg().fma(s, b)).mul(0.5f).div(positiveAtLeast(s, all(0x1p-126f)));
        FloatVector m = s.add(t).mul(0.5f);
        FloatVector mRest = s.mul(0.5f).sub(m).add(sRest.lanewise(FMA, 0.5f, t.mul(0.5f)));
        VectorMask<Float> far = x.abs().compare(GT, 0x1p60f);
        FloatVector q = b.mul(0.25f).div(m.blend(x.abs(), far));
        FloatVector inverse = q.mul(all(4f).div(atLeast(b, 0x1p-100f)));
        FloatVector near = m.add(mRest).blend(q.neg().mul(mRest).fma(inverse, q), x.compare(LT, 0f));
        return near.blend(x.blend(q, x.compare(LT, 0f)), far);
    }

    // For x < 0 it is b / (2 (s^2 + s |x|)), beyond 2^60 b / (4 x^2). For b = 0 it is 1/2 at 0, and 0 below 0 where
    // the squares underflow too.
    public static FloatVector squareplusDerivative(FloatVector x, FloatVector b) {
        FloatVector t = atMost(x.abs(), 0x1p60f);
        FloatVector s = squareplusRoot(t, b);
        VectorMask<Float> far = x.abs().compare(GT, 0x1p60f);
        FloatVector w = s.fma(t, t.fma(t, b)).mul(0.5f);
        FloatVector below = b.mul(0.25f).div(w.blend(x.abs(), far)).blend(0f, w.compare(EQ, 0f));
        FloatVector n = t.add(s).mul(0.5f).blend(below, x.compare(LT, 0f));
        FloatVector d = s.blend(all(1f).blend(x.abs(), far), x.compare(LT, 0f));
        return n.div(d).blend(0.5f, x.compare(EQ, 0f));
    }

    public static FloatVector squareplusSlopeFromOutput(FloatVector y, FloatVector b) {
        FloatVector z = y.mul(y);
        FloatVector w = b.lanewise(FMA, 0.25f, z);
        FloatVector near = z.div(w).blend(all(0f).blend(1f, y.compare(GT, 0f)), w.compare(EQ, 0f));
        return near.blend(1f, y.compare(GT, 0x1p60f));
    }

    // rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
    // powers of |x|. Sums and products are carried in two floats: rounded they add up to 4.8 ULP, in the slope
    // to 7.5.

    public static FloatVector rationalTanhSum(FloatVector t, FloatVector square) {
        return t.mul(RATIONAL_TANH_S1)
                .add(square.mul(square.mul(RATIONAL_TANH_S4).add(RATIONAL_TANH_S2)));
    }

    public static FloatVector rationalTanhSumLost(FloatVector t, FloatVector square, FloatVector s) {
        FloatVector fourth = square.mul(RATIONAL_TANH_S4);
        FloatVector inner = fourth.add(RATIONAL_TANH_S2);
        FloatVector v = t.mul(RATIONAL_TANH_S1);
        FloatVector w = square.mul(inner);
        FloatVector sumRest = sumRest(v, w, s);
        FloatVector innerSumRest = sumRest(fourth, all(RATIONAL_TANH_S2), inner);
        FloatVector squareRest = t.fma(t, square.neg());
        FloatVector innerRest = square.lanewise(FMA, RATIONAL_TANH_S4, fourth.neg())
                .add(squareRest.lanewise(
                        FMA, RATIONAL_TANH_S4, square.fma(RATIONAL_TANH_S4_REST, RATIONAL_TANH_S2_REST)));
        innerRest = innerSumRest.add(innerRest);
        FloatVector vRest = t.lanewise(FMA, RATIONAL_TANH_S1, v.neg()).add(t.mul(RATIONAL_TANH_S1_REST));
        FloatVector wRest = square.fma(inner, w.neg()).add(square.fma(innerRest, squareRest.mul(inner)));
        return sumRest.add(vRest.add(wRest));
    }

    // In two parts: compiled by itself the whole would be near the size that C2 leaves out of a loop.
    public static FloatVector rationalTanhStart(FloatVector x) {
        FloatVector t = atMost(x.abs(), 0x1p20f);
        FloatVector square = t.mul(t);
        return rationalTanhSumLost(t, square, rationalTanhSum(t, square));
    }

    public static FloatVector rationalTanh(FloatVector x, FloatVector sRest) {
        FloatVector t = atMost(x.abs(), 0x1p20f);
        FloatVector s = rationalTanhSum(t, t.mul(t));
        FloatVector d = s.add(1f);
        FloatVector dRest = sumRest(all(1f), s, d).add(sRest);
        FloatVector n = s.mul(RATIONAL_TANH_SCALE);
        FloatVector nRest = s.lanewise(FMA, RATIONAL_TANH_SCALE, n.neg())
                .add(sRest.lanewise(FMA, RATIONAL_TANH_SCALE, s.mul(RATIONAL_TANH_SCALE_REST)));
        FloatVector inverse = all(1f).div(d);
        FloatVector q = n.mul(inverse);
        FloatVector rest = q.neg().fma(d, n).add(q.neg().fma(dRest, nRest));
        FloatVector y = rest.fma(inverse, q)
                .blend(t.lanewise(FMA, RATIONAL_TANH_D0, t.mul(RATIONAL_TANH_D0_REST)), t.compare(LT, 0x1p-60f));
        return copySign(y, x);
    }

    public static FloatVector rationalTanhDerivativeStart(FloatVector x) {
        FloatVector t = atMost(x.abs(), 0x1p31f);
        FloatVector square = t.mul(t);
        return rationalTanhSumLost(t, square, rationalTanhSum(t, square));
    }

    public static FloatVector rationalTanhDerivative(FloatVector x, FloatVector sRest) {
        FloatVector t = atMost(x.abs(), 0x1p31f);
        FloatVector square = t.mul(t);
        FloatVector s = rationalTanhSum(t, square);
        FloatVector d = s.add(1f);
        FloatVector dRest = sumRest(all(1f), s, d).add(sRest);
        FloatVector inner = square.lanewise(
                FMA,
                RATIONAL_TANH_D3,
                t.fma(t, square.neg())
                        .lanewise(FMA, RATIONAL_TANH_D3, square.fma(RATIONAL_TANH_D3_REST, RATIONAL_TANH_D1)));
        FloatVector inverse = FloatVector.broadcast(SPECIES, 1f).div(d);
        FloatVector n = t.lanewise(FMA, inner, RATIONAL_TANH_D0);
        FloatVector q = n.mul(inverse);
        FloatVector qRest = q.neg().fma(d, n).mul(inverse);
        FloatVector y = q.mul(inverse);
        return y.neg().fma(d, q).add(y.mul(-2f).fma(dRest, qRest)).fma(inverse, y);
    }
}
