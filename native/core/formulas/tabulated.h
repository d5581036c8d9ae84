// gelu, gelu_tanh, mish, serf and tanh_exp: a polynomial from a table where data lives, a formula in the
// tail.
#pragma once
#include "core/elementary/exp.h"
#include "core/elementary/gauss.h"
#include "core/elementary/pieces.h"

namespace hillock::HILLOCK_TARGET {

// gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|.             Hendrycks and Gimpel, arXiv:1606.08415
struct Gelu {
  template <class V>
  static InPiece<V> start(V x) {
    return in_piece<GeluPieces>(abs_at_most(x, GeluPieces::kLast));
  }
  template <class V>
  static V forward(V x, InPiece<V> s) {
    V y = at_least(x, -0.0) - piece_value<GeluPieces>(s.t, s.piece);
    return or_tail(y, x, -GeluPieces::kLast, [](auto at) { return tail(at); });
  }
  // t Phi(-t) = phi(t) (1 - w).
  template <class V>
  static V tail(V x) {
    V t = at_most(-x, 14.5);
    V square = t * t;
    V sum = square + kLogTwoPi;
    V whole = fma(sum, -0.5 * kLog2E, kRaised);
    V p = expm1_rest(bell_rest(t, square, sum, whole - kRaised));
    V c = pow2(whole);
    V w = mills_rest(1.0 / square);
    return fma(c, p - fma(w, p, w), c) * -kLower;
  }
  // Phi(-t) - t phi(t) for x = -t, one minus that for x = t.
  template <class V>
  static InPiece<V> derivative_start(V x) {
    return in_piece<GeluSlopePieces>(at_most(abs(x), GeluSlopePieces::kLast));
  }
  template <class V>
  static V derivative(V x, InPiece<V> s) {
    V falling = piece_value<GeluSlopePieces>(s.t, s.piece);
    V slope = select(x > 0.0, 1.0 - falling, falling);
    return or_tail(slope, x, -GeluSlopePieces::kLast, [](auto at) { return slope_tail(at); });
  }
  // phi(t) ((1 - w) / t - t).
  template <class V>
  static V slope_tail(V x) {
    V t = at_most(-x, 15.0);
    V square = t * t;
    V sum = square + kLogTwoPi;
    V whole = fma(sum, -0.5 * kLog2E, kRaised);
    V p = expm1_rest(bell_rest(t, square, sum, whole - kRaised));
    V c = pow2(whole);
    V z = 1.0 / square;
    V m = fma(-z, mills_rest(z), z);
    return fma(c, p - fma(m, p, m), c) * -t * kLower;
  }
};

// gelu_tanh(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigmoid(v), v = x (A + B x^2).
// In the tail v is large and its rounding error would become the result's relative error: v is carried in two
// floats.
struct GeluTanh {
  static constexpr double kA = 0x1.98846p+0;  // few bits, so that kA minus the inner sum is exact
  static constexpr double kARest = -0x1.985794p-21;
  static constexpr double kB = 0x1.2444f2p-4;
  static constexpr double kBRest = 0x1.49b16ap-29;

  // What the rounding of g = kA + kB x^2 lost.
  template <class V>
  static V inner_rest(V x, V square, V g) {
    V rest = fma(square, kB, kA - g);
    rest = fma(fma(x, x, -square), kB, rest);
    return rest + fma(square, kBRest, kARest);
  }
  template <class V>
  static InPiece<V> start(V x) {
    return in_piece<GeluTanhPieces>(abs_at_most(x, GeluTanhPieces::kLast));
  }
  template <class V>
  static V forward(V x, InPiece<V> s) {
    V y = at_least(x, -0.0) - piece_value<GeluTanhPieces>(s.t, s.piece);
    return or_tail(y, x, -GeluTanhPieces::kLast, [](auto at) { return tail(at); });
  }
  // sigmoid(v) is exp(v) there.
  template <class V>
  static V tail(V x) {
    V t = at_least(x, -10.9);
    V square = t * t;
    V g = fma(square, kB, kA);
    V v = t * g;
    V v_rest = fma(t, inner_rest(t, square, g), fma(t, g, -v));
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised) + v_rest);
    return fma(t, p, t) * pow2(whole) * kLower;
  }
  // sigmoid(-v) (1 - t v' sigmoid(v)) for x = -t, one minus that for x = t.
  template <class V>
  static InPiece<V> derivative_start(V x) {
    return in_piece<GeluTanhSlopePieces>(at_most(abs(x), GeluTanhSlopePieces::kLast));
  }
  template <class V>
  static V derivative(V x, InPiece<V> s) {
    V falling = piece_value<GeluTanhSlopePieces>(s.t, s.piece);
    V slope = select(x > 0.0, 1.0 - falling, falling);
    return or_tail(slope, x, -GeluTanhSlopePieces::kLast, [](auto at) { return slope_tail(at); });
  }
  // exp(v) (1 + x v').
  template <class V>
  static V slope_tail(V x) {
    V t = at_least(x, -10.9);
    V square = t * t;
    V g = fma(square, kB, kA);
    V g_rest = inner_rest(t, square, g);
    V v = t * g;
    V v_rest = fma(t, g_rest, fma(t, g, -v));
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised) + v_rest);
    V twice = 2.0 * t;
    V u = fma(twice, g - kA, 1.0 + v) + fma(twice, g_rest - kARest, v_rest);
    return fma(u, p, u) * pow2(whole) * kLower;
  }
};

// x times a gate that rises from 0 to 1, as exp(x) does in its tail: G has both tables, and what the tail
// adds to exp(x): the gate is e (1 + bend(e)) times a constant, the slope e times slope(e, 1 + x, x) and it.
template <class G>
struct SoftlyGated {
  template <class V>
  static auto start(V x) {
    return piece_number<typename G::GatePieces>(x, abs(x));
  }
  template <class V>
  static V forward(V x, typename V::Bits piece) {
    using Pieces = typename G::GatePieces;
    V y = select(x > Pieces::kLast, x, piece_product<Pieces>(x, piece));
    return or_tail(y, x, Pieces::kFirst, [](auto at) { return tail(at); });
  }
  template <class V>
  static V tail(V x) {
    V v = at_least(x, -125.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised));
    V raised = pow2(whole);
    V e = fma(raised, p, raised) * kLower;
    V bend = G::bend(e);
    return G::scaled(fma(v, p + fma(bend, p, bend), v) * raised) * kLower;
  }
  template <class V>
  static auto derivative_start(V x) {
    return piece_number<typename G::SlopePieces>(x, abs(x));
  }
  template <class V>
  static V derivative(V x, typename V::Bits piece) {
    using Pieces = typename G::SlopePieces;
    V slope = select(x > Pieces::kLast, 1.0, piece_value<Pieces>(x, piece));
    return or_tail(slope, x, Pieces::kFirst, [](auto at) { return slope_tail(at); });
  }
  template <class V>
  static V slope_tail(V x) {
    V v = at_least(x, -125.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised));
    V raised = pow2(whole);
    V e = fma(raised, p, raised) * kLower;
    V u = G::slope(e, v);
    return G::scaled(fma(u, p, u) * raised) * kLower;
  }
};

// mish(x) = x tanh(softplus(x)), in the tail x e (1 - e/2), e = exp(x).            Misra, arXiv:1908.08681
struct Mish : SoftlyGated<Mish> {
  using GatePieces = MishGatePieces;
  using SlopePieces = MishSlopePieces;
  template <class V>
  static V bend(V e) {
    return -0.5 * e;
  }
  template <class V>
  static V slope(V e, V x) {
    return fma(-e, x + 0.5, 1.0 + x);
  }
  template <class V>
  static V scaled(V y) {
    return y;
  }
};

// serf(x) = x erf(softplus(x)), in the tail 2/sqrt(pi) times mish.
// Nag and Bhattacharyya, arXiv:2108.09598
struct Serf : SoftlyGated<Serf> {
  using GatePieces = SerfGatePieces;
  using SlopePieces = SerfSlopePieces;
  static constexpr double kScale = 0x1.20dd76p+0;  // 2/sqrt(pi)
  static constexpr double kScaleRest = -0x1.f7ac92p-25;
  template <class V>
  static V bend(V e) {
    return Mish::bend(e);
  }
  template <class V>
  static V slope(V e, V x) {
    return Mish::slope(e, x);
  }
  template <class V>
  static V scaled(V y) {
    return fma(y, kScale, y * kScaleRest);
  }
};

// tanh_exp(x) = x tanh(exp(x)), in the tail x e (1 - e^2/3).             Liu and Di, arXiv:2003.09855
struct TanhExp : SoftlyGated<TanhExp> {
  using GatePieces = TanhExpGatePieces;
  using SlopePieces = TanhExpSlopePieces;
  static constexpr double kThird = 0x1.555556p-2;
  template <class V>
  static V bend(V e) {
    return e * e * -kThird;
  }
  template <class V>
  static V slope(V e, V x) {
    return fma(-e * e, x + kThird, 1.0 + x);
  }
  template <class V>
  static V scaled(V y) {
    return y;
  }
};

}  // namespace hillock::HILLOCK_TARGET
