package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.*;
import static java.lang.Math.abs;

/**
 * The mirror of {@code native/core/formulas/tabulated.h}, one float at a time: the same functions in the same order, the
 * same operations, the same bits.
 */
public final class ScalarTabulatedFormulas {
    private ScalarTabulatedFormulas() {}

    // gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|.              Hendrycks and Gimpel, arXiv:1606.08415
    public static float gelu(float x) {
        if (x < -Pieces.last(Pieces.GELU)) {
            return geluTail(x);
        }
        float t = atMost(abs(x), Pieces.last(Pieces.GELU));
        return atLeast(x, -0f) - pieceValue(Pieces.GELU, t, t);
    }

    // t Phi(-t) = phi(t) (1 - w).
    static float geluTail(float x) {
        float t = atMost(-x, 14.5f);
        float square = t * t;
        float sum = square + LOG_TWO_PI;
        float whole = fma(sum, -0.5f * LOG2_E, RAISED);
        float p = expm1Rest(bellRest(t, square, sum, whole - RAISED));
        float c = pow2(whole);
        float w = millsRest(1f / square);
        return fma(c, p - fma(w, p, w), c) * -LOWER;
    }

    // Phi(-t) - t phi(t) for x = -t, one minus that for x = t.
    public static float geluDerivative(float x) {
        if (x < -Pieces.last(Pieces.GELU_SLOPE)) {
            return geluSlopeTail(x);
        }
        float t = atMost(abs(x), Pieces.last(Pieces.GELU_SLOPE));
        float falling = pieceValue(Pieces.GELU_SLOPE, t, t);
        return x > 0f ? 1f - falling : falling;
    }

    // phi(t) ((1 - w) / t - t).
    static float geluSlopeTail(float x) {
        float t = atMost(-x, 15f);
        float square = t * t;
        float sum = square + LOG_TWO_PI;
        float whole = fma(sum, -0.5f * LOG2_E, RAISED);
        float p = expm1Rest(bellRest(t, square, sum, whole - RAISED));
        float c = pow2(whole);
        float z = 1f / square;
        float m = fma(-z, millsRest(z), z);
        return fma(c, p - fma(m, p, m), c) * -t * LOWER;
    }

    // gelu_tanh(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigmoid(v), v = x (A + B x^2).
    // In the tail v is large and its rounding error would become the result's relative error: v is carried in two
    // floats.
    static final float GELU_TANH_A = 0x1.98846p0f; // few bits, so that GELU_TANH_A minus the inner sum is exact
    static final float GELU_TANH_A_REST = -0x1.985794p-21f;
    static final float GELU_TANH_B = 0x1.2444f2p-4f;
    static final float GELU_TANH_B_REST = 0x1.49b16ap-29f;

    // What the rounding of g = kA + kB x^2 lost.
    static float geluTanhInnerRest(float x, float square, float g) {
        float rest = fma(square, GELU_TANH_B, GELU_TANH_A - g);
        rest = fma(fma(x, x, -square), GELU_TANH_B, rest);
        return rest + fma(square, GELU_TANH_B_REST, GELU_TANH_A_REST);
    }

    public static float geluTanh(float x) {
        if (x < -Pieces.last(Pieces.GELU_TANH)) {
            return geluTanhTail(x);
        }
        float t = atMost(abs(x), Pieces.last(Pieces.GELU_TANH));
        return atLeast(x, -0f) - pieceValue(Pieces.GELU_TANH, t, t);
    }

    // sigmoid(v) is exp(v) there.
    static float geluTanhTail(float x) {
        float t = atLeast(x, -10.9f);
        float square = t * t;
        float g = fma(square, GELU_TANH_B, GELU_TANH_A);
        float v = t * g;
        float vRest = fma(t, geluTanhInnerRest(t, square, g), fma(t, g, -v));
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(v, whole - RAISED) + vRest);
        return fma(t, p, t) * pow2(whole) * LOWER;
    }

    // sigmoid(-v) (1 - t v' sigmoid(v)) for x = -t, one minus that for x = t.
    public static float geluTanhDerivative(float x) {
        if (x < -Pieces.last(Pieces.GELU_TANH_SLOPE)) {
            return geluTanhSlopeTail(x);
        }
        float t = atMost(abs(x), Pieces.last(Pieces.GELU_TANH_SLOPE));
        float falling = pieceValue(Pieces.GELU_TANH_SLOPE, t, t);
        return x > 0f ? 1f - falling : falling;
    }

    // exp(v) (1 + x v').
    static float geluTanhSlopeTail(float x) {
        float t = atLeast(x, -10.9f);
        float square = t * t;
        float g = fma(square, GELU_TANH_B, GELU_TANH_A);
        float gRest = geluTanhInnerRest(t, square, g);
        float v = t * g;
        float vRest = fma(t, gRest, fma(t, g, -v));
        float whole = fma(v, LOG2_E, RAISED);
        float p = expm1Rest(expRest(v, whole - RAISED) + vRest);
        float twice = 2f * t;
        float u = fma(twice, g - GELU_TANH_A, 1f + v) + fma(twice, gRest - GELU_TANH_A_REST, vRest);
        return fma(u, p, u) * pow2(whole) * LOWER;
    }

    // mish, serf, tanh_exp: x times a gate that rises from 0 to 1, in the tail as e = exp(x) does.
    private static float softlyGated(float[] gate, float x) {
        return x > Pieces.last(gate) ? x : pieceProduct(gate, x, abs(x));
    }

    private static float softSlope(float[] slope, float x) {
        return x > Pieces.last(slope) ? 1f : pieceValue(slope, x, abs(x));
    }

    // e and what it is made of: e = raised (1 + p) / 2^64.
    private record Tail(float v, float p, float raised, float e) {
        static Tail at(float x) {
            float v = atLeast(x, -125f);
            float whole = fma(v, LOG2_E, RAISED);
            float p = expm1Rest(expRest(v, whole - RAISED));
            float raised = pow2(whole);
            return new Tail(v, p, raised, fma(raised, p, raised) * LOWER);
        }

        // x e (1 + bend) times 2^64.
        float value(float bend) {
            return fma(v, p + fma(bend, p, bend), v) * raised;
        }

        // e u times 2^64.
        float slope(float u) {
            return fma(u, p, u) * raised;
        }
    }

    // mish(x) = x tanh(softplus(x)), in the tail x e (1 - e/2), e = exp(x).            Misra, arXiv:1908.08681
    public static float mish(float x) {
        return x < Pieces.first(Pieces.MISH_GATE) ? mishTail(x) * LOWER : softlyGated(Pieces.MISH_GATE, x);
    }

    private static float mishTail(float x) {
        Tail tail = Tail.at(x);
        return tail.value(-0.5f * tail.e);
    }

    public static float mishDerivative(float x) {
        return x < Pieces.first(Pieces.MISH_SLOPE) ? mishSlopeTail(x) * LOWER : softSlope(Pieces.MISH_SLOPE, x);
    }

    private static float mishSlopeTail(float x) {
        Tail tail = Tail.at(x);
        return tail.slope(fma(-tail.e, tail.v + 0.5f, 1f + tail.v));
    }

    // serf(x) = x erf(softplus(x)), in the tail 2/sqrt(pi) times mish.    Nag and Bhattacharyya, arXiv:2108.09598
    static final float SERF_SCALE = 0x1.20dd76p+0f; // 2/sqrt(pi)
    static final float SERF_SCALE_REST = -0x1.f7ac92p-25f;

    public static float serf(float x) {
        return x < Pieces.first(Pieces.SERF_GATE) ? serfScaled(mishTail(x)) : softlyGated(Pieces.SERF_GATE, x);
    }

    public static float serfDerivative(float x) {
        return x < Pieces.first(Pieces.SERF_SLOPE) ? serfScaled(mishSlopeTail(x)) : softSlope(Pieces.SERF_SLOPE, x);
    }

    private static float serfScaled(float y) {
        return fma(y, SERF_SCALE, y * SERF_SCALE_REST) * LOWER;
    }

    // tanh_exp(x) = x tanh(exp(x)), in the tail x e (1 - e^2/3).             Liu and Di, arXiv:2003.09855
    static final float TANH_EXP_THIRD = 0x1.555556p-2f;

    public static float tanhExp(float x) {
        if (x < Pieces.first(Pieces.TANH_EXP_GATE)) {
            Tail tail = Tail.at(x);
            return tail.value(tail.e * tail.e * -TANH_EXP_THIRD) * LOWER;
        }
        return softlyGated(Pieces.TANH_EXP_GATE, x);
    }

    public static float tanhExpDerivative(float x) {
        if (x < Pieces.first(Pieces.TANH_EXP_SLOPE)) {
            Tail tail = Tail.at(x);
            return tail.slope(fma(-tail.e * tail.e, tail.v + TANH_EXP_THIRD, 1f + tail.v)) * LOWER;
        }
        return softSlope(Pieces.TANH_EXP_SLOPE, x);
    }
}
