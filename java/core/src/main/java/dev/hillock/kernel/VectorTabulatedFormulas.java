package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.LOG_TWO_PI;
import static dev.hillock.kernel.ScalarElementary.LOWER;
import static dev.hillock.kernel.ScalarElementary.RAISED;
import static dev.hillock.kernel.ScalarTabulatedFormulas.GELU_TANH_A;
import static dev.hillock.kernel.ScalarTabulatedFormulas.GELU_TANH_A_REST;
import static dev.hillock.kernel.ScalarTabulatedFormulas.GELU_TANH_B;
import static dev.hillock.kernel.ScalarTabulatedFormulas.GELU_TANH_B_REST;
import static dev.hillock.kernel.VectorElementary.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The mirror of {@code native/core/formulas/tabulated.h}, a vector at a time: the same functions in the same order, the
 * same operations, the same bits.
 */
public final class VectorTabulatedFormulas {
    private VectorTabulatedFormulas() {}

    // gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|.              Hendrycks and Gimpel, arXiv:1606.08415
    public static FloatVector gelu(FloatVector x) {
        FloatVector t = atMost(x.abs(), Pieces.last(Pieces.GELU));
        FloatVector y = atLeast(x, -0f).sub(VectorPieces.value9(Pieces.GELU, t, t));
        VectorMask<Float> far = x.compare(LT, -Pieces.last(Pieces.GELU));
        return far.anyTrue() ? y.blend(geluTail(x), far) : y;
    }

    // t Phi(-t) = phi(t) (1 - w).
    static FloatVector geluTail(FloatVector x) {
        FloatVector t = atMost(x.neg(), 14.5f);
        FloatVector square = t.mul(t);
        FloatVector sum = square.add(LOG_TWO_PI);
        FloatVector whole = sum.fma(-0.5f * LOG2_E, RAISED);
        FloatVector p = expm1Rest(bellRest(t, square, sum, whole.sub(RAISED)));
        FloatVector c = pow2(whole);
        FloatVector w = millsRest(all(1f).div(square));
        return c.fma(p.sub(w.fma(p, w)), c).mul(-LOWER);
    }

    // Phi(-t) - t phi(t) for x = -t, one minus that for x = t.
    public static FloatVector geluDerivative(FloatVector x) {
        FloatVector t = atMost(x.abs(), Pieces.last(Pieces.GELU_SLOPE));
        FloatVector falling = VectorPieces.value9(Pieces.GELU_SLOPE, t, t);
        FloatVector slope = falling.blend(all(1f).sub(falling), x.compare(GT, 0f));
        VectorMask<Float> far = x.compare(LT, -Pieces.last(Pieces.GELU_SLOPE));
        return far.anyTrue() ? slope.blend(geluSlopeTail(x), far) : slope;
    }

    // phi(t) ((1 - w) / t - t).
    static FloatVector geluSlopeTail(FloatVector x) {
        FloatVector t = atMost(x.neg(), 15f);
        FloatVector square = t.mul(t);
        FloatVector sum = square.add(LOG_TWO_PI);
        FloatVector whole = sum.fma(-0.5f * LOG2_E, RAISED);
        FloatVector p = expm1Rest(bellRest(t, square, sum, whole.sub(RAISED)));
        FloatVector c = pow2(whole);
        FloatVector z = all(1f).div(square);
        FloatVector m = z.neg().fma(millsRest(z), z);
        return c.fma(p.sub(m.fma(p, m)), c).mul(t.neg()).mul(LOWER);
    }

    // gelu_tanh(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigmoid(v), v = x (A + B x^2).
    // In the tail v is large and its rounding error would become the result's relative error: v is carried in two
    // floats.

    // What the rounding of g = kA + kB x^2 lost.
    static FloatVector geluTanhInnerRest(FloatVector x, FloatVector square, FloatVector g) {
        FloatVector rest = square.lanewise(FMA, GELU_TANH_B, all(GELU_TANH_A).sub(g));
        rest = x.fma(x, square.neg()).lanewise(FMA, GELU_TANH_B, rest);
        return rest.add(square.fma(GELU_TANH_B_REST, GELU_TANH_A_REST));
    }

    public static FloatVector geluTanh(FloatVector x) {
        FloatVector t = atMost(x.abs(), Pieces.last(Pieces.GELU_TANH));
        FloatVector y = atLeast(x, -0f).sub(VectorPieces.value9(Pieces.GELU_TANH, t, t));
        VectorMask<Float> far = x.compare(LT, -Pieces.last(Pieces.GELU_TANH));
        return far.anyTrue() ? y.blend(geluTanhTail(x), far) : y;
    }

    // sigmoid(v) is exp(v) there.
    static FloatVector geluTanhTail(FloatVector x) {
        FloatVector t = atLeast(x, -10.9f);
        FloatVector square = t.mul(t);
        FloatVector g = square.fma(GELU_TANH_B, GELU_TANH_A);
        FloatVector v = t.mul(g);
        FloatVector vRest = t.fma(geluTanhInnerRest(t, square, g), t.fma(g, v.neg()));
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v, whole.sub(RAISED)).add(vRest));
        return t.fma(p, t).mul(pow2(whole)).mul(LOWER);
    }

    // sigmoid(-v) (1 - t v' sigmoid(v)) for x = -t, one minus that for x = t.
    public static FloatVector geluTanhDerivative(FloatVector x) {
        FloatVector t = atMost(x.abs(), Pieces.last(Pieces.GELU_TANH_SLOPE));
        FloatVector falling = VectorPieces.value9(Pieces.GELU_TANH_SLOPE, t, t);
        FloatVector slope = falling.blend(all(1f).sub(falling), x.compare(GT, 0f));
        VectorMask<Float> far = x.compare(LT, -Pieces.last(Pieces.GELU_TANH_SLOPE));
        return far.anyTrue() ? slope.blend(geluTanhSlopeTail(x), far) : slope;
    }

    // exp(v) (1 + x v').
    static FloatVector geluTanhSlopeTail(FloatVector x) {
        FloatVector t = atLeast(x, -10.9f);
        FloatVector square = t.mul(t);
        FloatVector g = square.fma(GELU_TANH_B, GELU_TANH_A);
        FloatVector gRest = geluTanhInnerRest(t, square, g);
        FloatVector v = t.mul(g);
        FloatVector vRest = t.fma(gRest, t.fma(g, v.neg()));
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v, whole.sub(RAISED)).add(vRest));
        FloatVector twice = t.mul(2f);
        FloatVector u = twice.fma(g.sub(GELU_TANH_A), v.add(1f)).add(twice.fma(gRest.sub(GELU_TANH_A_REST), vRest));
        return u.fma(p, u).mul(pow2(whole)).mul(LOWER);
    }

    // mish(x) = x tanh(softplus(x)).                                                   Misra, arXiv:1908.08681
    public static FloatVector mish(FloatVector x) {
        FloatVector near = VectorPieces.product8(Pieces.MISH_GATE, x, x.abs());
        FloatVector y = near.blend(x, x.compare(GT, Pieces.last(Pieces.MISH_GATE)));
        VectorMask<Float> far = x.compare(LT, Pieces.first(Pieces.MISH_GATE));
        return far.anyTrue() ? y.blend(mishTail(x), far) : y;
    }

    // x e (1 - e/2), e = exp(x).
    static FloatVector mishTail(FloatVector x) {
        FloatVector v = atLeast(x, -125f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v, whole.sub(RAISED)));
        FloatVector raised = pow2(whole);
        FloatVector e = raised.fma(p, raised).mul(LOWER);
        FloatVector y = v.fma(p, v).mul(raised);
        return y.fma(e.mul(-0.5f), y).mul(LOWER);
    }

    public static FloatVector mishDerivative(FloatVector x) {
        FloatVector near = VectorPieces.value8(Pieces.MISH_SLOPE, x, x.abs());
        FloatVector slope = near.blend(1f, x.compare(GT, Pieces.last(Pieces.MISH_SLOPE)));
        VectorMask<Float> far = x.compare(LT, Pieces.first(Pieces.MISH_SLOPE));
        return far.anyTrue() ? slope.blend(mishSlopeTail(x), far) : slope;
    }

    // e (1 + x - e (x + 1/2)).
    static FloatVector mishSlopeTail(FloatVector x) {
        FloatVector v = atLeast(x, -125f);
        FloatVector whole = v.fma(LOG2_E, RAISED);
        FloatVector p = expm1Rest(expRest(v, whole.sub(RAISED)));
        FloatVector raised = pow2(whole);
        FloatVector e = raised.fma(p, raised).mul(LOWER);
        FloatVector u = e.neg().fma(v.add(0.5f), v.add(1f));
        return u.fma(p, u).mul(raised).mul(LOWER);
    }
}
