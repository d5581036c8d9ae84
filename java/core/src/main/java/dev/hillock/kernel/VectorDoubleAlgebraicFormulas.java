package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_D0;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_D0_REST;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_D1;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_D3;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_D3_REST;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_S1;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_S1_REST;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_S2;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_S2_REST;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_S4;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_S4_REST;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_SCALE;
import static dev.hillock.kernel.ScalarDoubleAlgebraicFormulas.RATIONAL_TANH_SCALE_REST;
import static dev.hillock.kernel.VectorDoubleElementary.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/**
 * The mirror of {@code native/core/formulas/algebraic.h}, a vector at a time, written as {@link VectorDoubleFormulas} is. The
 * constants are {@link ScalarDoubleAlgebraicFormulas}'s.
 */
public final class VectorDoubleAlgebraicFormulas {
    private VectorDoubleAlgebraicFormulas() {}

    public static DoubleVector cube(DoubleVector x) {
        return x.mul(x).mul(x);
    }

    public static DoubleVector cubeDerivative(DoubleVector x) {
        return x.mul(x).mul(3.0);
    }

    // softsign(x) = x / (1 + |x|).
    public static DoubleVector softsign(DoubleVector x) {
        DoubleVector t = atMost(x.abs(), 0x1p60);
        return copySign(t.div(t.add(1.0)), x);
    }

    // 1 / (1 + |x|)^2, the square lowered by 2^100, since the slope is still a number where the square is not.
    public static DoubleVector softsignDerivative(DoubleVector x) {
        DoubleVector d = x.abs().add(1.0);
        return all(0x1p-100).div(d.mul(0x1p-100).mul(d));
    }

    public static DoubleVector softsignSlopeFromOutput(DoubleVector y) {
        DoubleVector w = all(1.0).sub(y.abs());
        return w.mul(w);
    }

    // elliott(x) = x / (1 + |x|) / 2 + 1/2.
    public static DoubleVector elliott(DoubleVector x) {
        DoubleVector q = all(0.5).div(x.abs().add(1.0));
        return all(1.0).sub(q).blend(q, x.compare(LT, 0.0));
    }

    public static DoubleVector elliottDerivative(DoubleVector x) {
        return softsignDerivative(x).mul(0.5);
    }

    public static DoubleVector elliottSlopeFromOutput(DoubleVector y) {
        DoubleVector w = atMost(y, all(1.0).sub(y));
        return w.mul(2.0).mul(w);
    }

    // squareplus(x) = (x + sqrt(x^2 + b)) / 2, for x < 0 by its conjugate. Beyond 2^60 the root is |x|.
    public static DoubleVector squareplusRoot(DoubleVector t, DoubleVector b) {
        return atLeast(t.fma(t, b).sqrt(), t);
    }

    // The root s and the sum m are carried in two doubles: rounded they add up to 2.6 ULP.
    public static DoubleVector squareplus(DoubleVector x, DoubleVector b) {
        DoubleVector t = atMost(x.abs(), 0x1p60);
        DoubleVector s = squareplusRoot(t, b);
        DoubleVector sRest = t.fma(t, s.neg().fma(s, b)).mul(0.5).div(atLeast(s, 0x1p-126));
        DoubleVector m = s.add(t).mul(0.5);
        DoubleVector mRest = s.mul(0.5).sub(m).add(sRest.lanewise(FMA, 0.5, t.mul(0.5)));
        VectorMask<Double> far = x.abs().compare(GT, 0x1p60);
        DoubleVector q = b.mul(0.25).div(m.blend(x.abs(), far));
        DoubleVector inverse = q.mul(all(4.0).div(atLeast(b, 0x1p-100)));
        DoubleVector near = m.add(mRest).blend(q.neg().mul(mRest).fma(inverse, q), x.compare(LT, 0.0));
        return near.blend(x.blend(q, x.compare(LT, 0.0)), far);
    }

    // For x < 0 it is b / (2 (s^2 + s |x|)), beyond 2^60 b / (4 x^2). For b = 0 it is 1/2 at 0, and 0 below 0 where
    // the squares underflow too.
    public static DoubleVector squareplusDerivative(DoubleVector x, DoubleVector b) {
        DoubleVector t = atMost(x.abs(), 0x1p60);
        DoubleVector s = squareplusRoot(t, b);
        VectorMask<Double> far = x.abs().compare(GT, 0x1p60);
        DoubleVector w = s.fma(t, t.fma(t, b)).mul(0.5);
        DoubleVector below = b.mul(0.25).div(w.blend(x.abs(), far)).blend(0.0, w.compare(EQ, 0.0));
        DoubleVector n = t.add(s).mul(0.5).blend(below, x.compare(LT, 0.0));
        DoubleVector d = s.blend(all(1.0).blend(x.abs(), far), x.compare(LT, 0.0));
        return n.div(d).blend(0.5, x.compare(EQ, 0.0));
    }

    public static DoubleVector squareplusSlopeFromOutput(DoubleVector y, DoubleVector b) {
        DoubleVector z = y.mul(y);
        DoubleVector w = b.lanewise(FMA, 0.25, z);
        DoubleVector near = z.div(w).blend(all(0.0).blend(1.0, y.compare(GT, 0.0)), w.compare(EQ, 0.0));
        return near.blend(1.0, y.compare(GT, 0x1p60));
    }

    // rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
    // powers of |x|. Sums and products are carried in two doubles: rounded they add up to 4.8 ULP, in the slope
    // to 7.5.

    public static DoubleVector rationalTanhSum(DoubleVector t, DoubleVector square) {
        return t.mul(RATIONAL_TANH_S1)
                .add(square.mul(square.mul(RATIONAL_TANH_S4).add(RATIONAL_TANH_S2)));
    }

    public static DoubleVector rationalTanhSumLost(DoubleVector t, DoubleVector square, DoubleVector s) {
        DoubleVector squareRest = t.fma(t, square.neg());
        DoubleVector fourth = square.mul(RATIONAL_TANH_S4);
        DoubleVector inner = fourth.add(RATIONAL_TANH_S2);
        DoubleVector innerRest = square.lanewise(FMA, RATIONAL_TANH_S4, fourth.neg())
                .add(squareRest.lanewise(
                        FMA, RATIONAL_TANH_S4, square.fma(RATIONAL_TANH_S4_REST, RATIONAL_TANH_S2_REST)));
        innerRest = sumRest(fourth, all(RATIONAL_TANH_S2), inner).add(innerRest);
        DoubleVector v = t.mul(RATIONAL_TANH_S1);
        DoubleVector w = square.mul(inner);
        DoubleVector vRest = t.lanewise(FMA, RATIONAL_TANH_S1, v.neg()).add(t.mul(RATIONAL_TANH_S1_REST));
        DoubleVector wRest = square.fma(inner, w.neg()).add(square.fma(innerRest, squareRest.mul(inner)));
        return sumRest(v, w, s).add(vRest.add(wRest));
    }

    public static DoubleVector rationalTanh(DoubleVector x) {
        DoubleVector t = atMost(x.abs(), 0x1p20);
        DoubleVector square = t.mul(t);
        DoubleVector s = rationalTanhSum(t, square);
        DoubleVector sRest = rationalTanhSumLost(t, square, s);
        DoubleVector d = s.add(1.0);
        DoubleVector dRest = sumRest(all(1.0), s, d).add(sRest);
        DoubleVector n = s.mul(RATIONAL_TANH_SCALE);
        DoubleVector nRest = s.lanewise(FMA, RATIONAL_TANH_SCALE, n.neg())
                .add(sRest.lanewise(FMA, RATIONAL_TANH_SCALE, s.mul(RATIONAL_TANH_SCALE_REST)));
        DoubleVector inverse = all(1.0).div(d);
        DoubleVector q = n.mul(inverse);
        DoubleVector rest = q.neg().fma(d, n).add(q.neg().fma(dRest, nRest));
        DoubleVector y = rest.fma(inverse, q)
                .blend(t.lanewise(FMA, RATIONAL_TANH_D0, t.mul(RATIONAL_TANH_D0_REST)), t.compare(LT, 0x1p-60));
        return copySign(y, x);
    }

    public static DoubleVector rationalTanhDerivative(DoubleVector x) {
        DoubleVector t = atMost(x.abs(), 0x1p217);
        DoubleVector square = t.mul(t);
        DoubleVector s = rationalTanhSum(t, square);
        DoubleVector d = s.add(1.0);
        DoubleVector dRest = sumRest(all(1.0), s, d).add(rationalTanhSumLost(t, square, s));
        DoubleVector inner = square.lanewise(
                FMA,
                RATIONAL_TANH_D3,
                t.fma(t, square.neg())
                        .lanewise(FMA, RATIONAL_TANH_D3, square.fma(RATIONAL_TANH_D3_REST, RATIONAL_TANH_D1)));
        DoubleVector inverse = all(1.0).div(d);
        DoubleVector n = t.lanewise(FMA, inner, RATIONAL_TANH_D0);
        DoubleVector q = n.mul(inverse);
        DoubleVector qRest = q.neg().fma(d, n).mul(inverse);
        DoubleVector y = q.mul(inverse);
        return y.neg().fma(d, q).add(y.mul(-2.0).fma(dRest, qRest)).fma(inverse, y);
    }
}
