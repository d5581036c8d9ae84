package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarElementary.LOG_TWO_PI;
import static dev.hillock.kernel.ScalarElementary.LOWER;
import static dev.hillock.kernel.ScalarElementary.RAISED;
import static dev.hillock.kernel.ScalarTabulatedFormulas.GELU_TANH_A;
import static dev.hillock.kernel.ScalarTabulatedFormulas.GELU_TANH_A_REST;
import static dev.hillock.kernel.ScalarTabulatedFormulas.GELU_TANH_B;
import static dev.hillock.kernel.ScalarTabulatedFormulas.GELU_TANH_B_REST;
import static dev.hillock.kernel.ScalarTabulatedFormulas.SERF_SCALE;
import static dev.hillock.kernel.ScalarTabulatedFormulas.SERF_SCALE_REST;
import static dev.hillock.kernel.ScalarTabulatedFormulas.TANH_EXP_THIRD;
import static dev.hillock.kernel.VectorElementary.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/**
 * The mirror of {@code native/core/formulas/tabulated.h}, a vector at a time: the same functions in the same order, the
 * same operations, the same bits. Values are those of the tables, and the loop puts the tails' in their place where x is
 * below the end of the tail.
 */
public final class VectorTabulatedFormulas {
    /** Below these ends of the range of their tables functions are what their tails' formulas say. */
    public static final float GELU_TAIL_END = -Pieces.last(Pieces.GELU);

    public static final float GELU_SLOPE_TAIL_END = -Pieces.last(Pieces.GELU_SLOPE);
    public static final float GELU_TANH_TAIL_END = -Pieces.last(Pieces.GELU_TANH);
    public static final float GELU_TANH_SLOPE_TAIL_END = -Pieces.last(Pieces.GELU_TANH_SLOPE);
    public static final float MISH_TAIL_END = Pieces.first(Pieces.MISH_GATE);
    public static final float MISH_SLOPE_TAIL_END = Pieces.first(Pieces.MISH_SLOPE);
    public static final float SERF_TAIL_END = Pieces.first(Pieces.SERF_GATE);
    public static final float SERF_SLOPE_TAIL_END = Pieces.first(Pieces.SERF_SLOPE);
    public static final float TANH_EXP_TAIL_END = Pieces.first(Pieces.TANH_EXP_GATE);
    public static final float TANH_EXP_SLOPE_TAIL_END = Pieces.first(Pieces.TANH_EXP_SLOPE);

    private VectorTabulatedFormulas() {}

    // gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|.              Hendrycks and Gimpel, arXiv:1606.08415
    public static FloatVector gelu(FloatVector x) {
        FloatVector t = numberAtMost(x.abs(), VectorPieces.last(VectorPieces.GELU));
        return atLeast(x, -0f).sub(VectorPieces.value8(VectorPieces.GELU, t, t));
    }

    public static FloatVector geluStart(FloatVector x) {
        FloatVector t = numberAtMost(x.abs(), VectorPieces.last(VectorPieces.GELU));
        return VectorPieces.first8(VectorPieces.GELU, t, t);
    }

    public static FloatVector gelu(FloatVector x, FloatVector start) {
        FloatVector t = numberAtMost(x.abs(), VectorPieces.last(VectorPieces.GELU));
        return atLeast(x, -0f).sub(VectorPieces.last8(VectorPieces.GELU, t, t, start));
    }

    // t Phi(-t) = phi(t) (1 - w).
    public static FloatVector geluTail(FloatVector x) {
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
        FloatVector t = atMost(x.abs(), VectorPieces.last(VectorPieces.GELU_SLOPE));
        return falling(x, VectorPieces.value8(VectorPieces.GELU_SLOPE, t, t));
    }

    public static FloatVector geluDerivativeStart(FloatVector x) {
        FloatVector t = atMost(x.abs(), VectorPieces.last(VectorPieces.GELU_SLOPE));
        return VectorPieces.first8(VectorPieces.GELU_SLOPE, t, t);
    }

    public static FloatVector geluDerivative(FloatVector x, FloatVector start) {
        FloatVector t = atMost(x.abs(), VectorPieces.last(VectorPieces.GELU_SLOPE));
        return falling(x, VectorPieces.last8(VectorPieces.GELU_SLOPE, t, t, start));
    }

    private static FloatVector falling(FloatVector x, FloatVector falling) {
        return falling.blend(FloatVector.broadcast(SPECIES, 1f).sub(falling), x.compare(GT, 0f));
    }

    // phi(t) ((1 - w) / t - t).
    public static FloatVector geluSlopeTail(FloatVector x) {
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
        FloatVector t = numberAtMost(x.abs(), VectorPieces.last(VectorPieces.GELU_TANH));
        return atLeast(x, -0f).sub(VectorPieces.value8(VectorPieces.GELU_TANH, t, t));
    }

    public static FloatVector geluTanhStart(FloatVector x) {
        FloatVector t = numberAtMost(x.abs(), VectorPieces.last(VectorPieces.GELU_TANH));
        return VectorPieces.first8(VectorPieces.GELU_TANH, t, t);
    }

    public static FloatVector geluTanh(FloatVector x, FloatVector start) {
        FloatVector t = numberAtMost(x.abs(), VectorPieces.last(VectorPieces.GELU_TANH));
        return atLeast(x, -0f).sub(VectorPieces.last8(VectorPieces.GELU_TANH, t, t, start));
    }

    // sigmoid(v) is exp(v) there.
    public static FloatVector geluTanhTail(FloatVector x) {
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
        FloatVector t = atMost(x.abs(), VectorPieces.last(VectorPieces.GELU_TANH_SLOPE));
        return falling(x, VectorPieces.value8(VectorPieces.GELU_TANH_SLOPE, t, t));
    }

    public static FloatVector geluTanhDerivativeStart(FloatVector x) {
        FloatVector t = atMost(x.abs(), VectorPieces.last(VectorPieces.GELU_TANH_SLOPE));
        return VectorPieces.first8(VectorPieces.GELU_TANH_SLOPE, t, t);
    }

    public static FloatVector geluTanhDerivative(FloatVector x, FloatVector start) {
        FloatVector t = atMost(x.abs(), VectorPieces.last(VectorPieces.GELU_TANH_SLOPE));
        return falling(x, VectorPieces.last8(VectorPieces.GELU_TANH_SLOPE, t, t, start));
    }

    // exp(v) (1 + x v').
    public static FloatVector geluTanhSlopeTail(FloatVector x) {
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

    // mish, serf, tanh_exp: x times a gate that rises from 0 to 1, in the tail as e = exp(x) does. raised(v) is
    // 2^64 / (1 + p) times e = exp(v), and rest(v) is p.
    private static FloatVector softlyGated(int[] gate, FloatVector x) {
        FloatVector near = VectorPieces.product7(gate, x, x.abs());
        return near.blend(x, x.compare(GT, VectorPieces.last(gate)));
    }

    private static FloatVector softSlope(int[] slope, FloatVector x) {
        FloatVector near = VectorPieces.value7(slope, x, x.abs());
        return oneAbove(slope, x, near);
    }

    private static FloatVector oneAbove(int[] slope, FloatVector x, FloatVector near) {
        return near.blend(1f, x.compare(GT, VectorPieces.last(slope)));
    }

    private static FloatVector rest(FloatVector v) {
        FloatVector whole = v.fma(LOG2_E, RAISED);
        return expm1Rest(expRest(v, whole.sub(RAISED)));
    }

    private static FloatVector raised(FloatVector v) {
        return pow2(v.fma(LOG2_E, RAISED));
    }

    // x e (1 + bend) times 2^64.
    private static FloatVector tailValue(FloatVector v, FloatVector bend) {
        FloatVector p = rest(v);
        return v.fma(p.add(bend.fma(p, bend)), v).mul(raised(v));
    }

    // e u times 2^64.
    private static FloatVector tailSlope(FloatVector v, FloatVector u) {
        return u.fma(rest(v), u).mul(raised(v));
    }

    private static FloatVector tailExp(FloatVector v) {
        FloatVector raised = raised(v);
        return raised.fma(rest(v), raised).mul(LOWER);
    }

    // mish(x) = x tanh(softplus(x)), in the tail x e (1 - e/2), e = exp(x).            Misra, arXiv:1908.08681
    public static FloatVector mish(FloatVector x) {
        return softlyGated(VectorPieces.MISH_GATE, x);
    }

    public static FloatVector mishTail(FloatVector x) {
        return mishRaisedTail(x).mul(LOWER);
    }

    private static FloatVector mishRaisedTail(FloatVector x) {
        FloatVector v = atLeast(x, -125f);
        return tailValue(v, tailExp(v).mul(-0.5f));
    }

    public static FloatVector mishDerivative(FloatVector x) {
        FloatVector near = VectorPieces.value8(VectorPieces.MISH_SLOPE, x, x.abs());
        return oneAbove(VectorPieces.MISH_SLOPE, x, near);
    }

    public static FloatVector mishSlopeTail(FloatVector x) {
        return mishRaisedSlopeTail(x).mul(LOWER);
    }

    private static FloatVector mishRaisedSlopeTail(FloatVector x) {
        FloatVector v = atLeast(x, -125f);
        return tailSlope(v, tailExp(v).neg().fma(v.add(0.5f), v.add(1f)));
    }

    // serf(x) = x erf(softplus(x)), in the tail 2/sqrt(pi) times mish.    Nag and Bhattacharyya, arXiv:2108.09598
    public static FloatVector serf(FloatVector x) {
        return softlyGated(VectorPieces.SERF_GATE, x);
    }

    public static FloatVector serfTail(FloatVector x) {
        return serfScaled(mishRaisedTail(x));
    }

    public static FloatVector serfDerivative(FloatVector x) {
        return softSlope(VectorPieces.SERF_SLOPE, x);
    }

    public static FloatVector serfSlopeTail(FloatVector x) {
        return serfScaled(mishRaisedSlopeTail(x));
    }

    private static FloatVector serfScaled(FloatVector y) {
        return y.lanewise(FMA, SERF_SCALE, y.mul(SERF_SCALE_REST)).mul(LOWER);
    }

    // tanh_exp(x) = x tanh(exp(x)), in the tail x e (1 - e^2/3).             Liu and Di, arXiv:2003.09855
    public static FloatVector tanhExp(FloatVector x) {
        return softlyGated(VectorPieces.TANH_EXP_GATE, x);
    }

    public static FloatVector tanhExpTail(FloatVector x) {
        FloatVector v = atLeast(x, -125f);
        FloatVector e = tailExp(v);
        return tailValue(v, e.mul(e).mul(-TANH_EXP_THIRD)).mul(LOWER);
    }

    public static FloatVector tanhExpDerivative(FloatVector x) {
        return softSlope(VectorPieces.TANH_EXP_SLOPE, x);
    }

    public static FloatVector tanhExpSlopeTail(FloatVector x) {
        FloatVector v = atLeast(x, -125f);
        FloatVector e = tailExp(v);
        return tailSlope(v, e.neg().mul(e).fma(v.add(TANH_EXP_THIRD), v.add(1f)))
                .mul(LOWER);
    }
}
