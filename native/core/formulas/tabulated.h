// gelu, gelu_tanh and mish: a polynomial from a table where data lives, a formula in the tail. A tail that is
// rarely reached is a call: inlined, its constants would take registers from the table.
#pragma once
#include "core/elementary/exp.h"
#include "core/elementary/gauss.h"
#include "core/elementary/pieces.h"

namespace hillock::HILLOCK_TARGET {

// gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|.             Hendrycks and Gimpel, arXiv:1606.08415
struct Gelu {
  template <class V>
  static V forward(V x) {
    V t = at_most(abs(x), GeluPieces::kLast);
    V y = at_least(x, -0.0) - piece_value<GeluPieces>(t, t);
    return or_tail(y, x, -GeluPieces::kLast, [](auto at) { return tail(at); });
  }
  // t Phi(-t) = phi(t) (1 - w).
  template <class V>
  [[gnu::noinline, gnu::cold]] static V tail(V x) {
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
  static V derivative(V x) {
    V t = at_most(abs(x), GeluSlopePieces::kLast);
    V falling = piece_value<GeluSlopePieces>(t, t);
    V slope = select(x > 0.0, 1.0 - falling, falling);
    return or_tail(slope, x, -GeluSlopePieces::kLast, [](auto at) { return slope_tail(at); });
  }
  // phi(t) ((1 - w) / t - t).
  template <class V>
  [[gnu::noinline, gnu::cold]] static V slope_tail(V x) {
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
  static V forward(V x) {
    V t = at_most(abs(x), GeluTanhPieces::kLast);
    V y = at_least(x, -0.0) - piece_value<GeluTanhPieces>(t, t);
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
  static V derivative(V x) {
    V t = at_most(abs(x), GeluTanhSlopePieces::kLast);
    V falling = piece_value<GeluTanhSlopePieces>(t, t);
    V slope = select(x > 0.0, 1.0 - falling, falling);
    return or_tail(slope, x, -GeluTanhSlopePieces::kLast, [](auto at) { return slope_tail(at); });
  }
  // exp(v) (1 + x v').
  template <class V>
  [[gnu::noinline, gnu::cold]] static V slope_tail(V x) {
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

// mish(x) = x tanh(softplus(x)).                                                   Misra, arXiv:1908.08681
struct Mish {
  template <class V>
  static V forward(V x) {
    V y = select(x > MishGatePieces::kLast, x, piece_product<MishGatePieces>(x, abs(x)));
    return or_tail(y, x, MishGatePieces::kFirst, [](auto at) { return tail(at); });
  }
  // x e (1 - e/2), e = exp(x).
  template <class V>
  static V tail(V x) {
    V v = at_least(x, -125.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised));
    V raised = pow2(whole);
    V e = fma(raised, p, raised) * kLower;
    V y = fma(v, p, v) * raised;
    return fma(y, -0.5 * e, y) * kLower;
  }
  template <class V>
  static V derivative(V x) {
    V slope = select(x > MishSlopePieces::kLast, 1.0, piece_value<MishSlopePieces>(x, abs(x)));
    return or_tail(slope, x, MishSlopePieces::kFirst, [](auto at) { return slope_tail(at); });
  }
  // e (1 + x - e (x + 1/2)).
  template <class V>
  [[gnu::noinline, gnu::cold]] static V slope_tail(V x) {
    V v = at_least(x, -125.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised));
    V raised = pow2(whole);
    V e = fma(raised, p, raised) * kLower;
    V u = fma(-e, v + 0.5, 1.0 + v);
    return fma(u, p, u) * raised * kLower;
  }
};

}  // namespace hillock::HILLOCK_TARGET
