// Functions of + - * / that hold constants no double has; the others of their family are the same for all
// types.
#pragma once
#include "core/elementary/exact.h"

namespace hillock::HILLOCK_TARGET::float64 {

// rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
// powers of |x|. Sums and products are carried in two doubles: rounded they add up to 4.8 ULP, in the slope
// to 7.5.
struct RationalTanh {
  static constexpr double kScale = 0x1.b74538ef34d6ap+0;
  static constexpr double kScaleRest = 0x1.61e4f765fd8aep-56;
  static constexpr double kS1 = 0x1.5555555555555p-1;  // s = kS1 t + t^2 (kS2 + kS4 t^2), t = |x|
  static constexpr double kS1Rest = 0x1.5555555555555p-55;
  static constexpr double kS2 = 0x1.c71c71c71c71cp-2;
  static constexpr double kS2Rest = 0x1.c71c71c71c71cp-56;
  static constexpr double kS4 = 0x1.1e81f30b64984p-2;
  static constexpr double kS4Rest = -0x1.55c2131596624p-63;
  static constexpr double kD0 = 0x1.24d8d09f788f1p+0;  // the slope is (kD0 + t (kD1 + kD3 t^2)) / (1 + s)^2
  static constexpr double kD0Rest = 0x1.9050d3e654ec8p-54;
  static constexpr double kD1 = 0x1.86766b7f4b697p+0;
  static constexpr double kD3 = 0x1.eb9e50872f323p+0;
  static constexpr double kD3Rest = 0x1.7bf50771bfb2bp-55;

  template <class V>
  static V sum(V t, V square) {
    return t * kS1 + square * (square * kS4 + kS2);
  }
  template <class V>
  static V sum_lost(V t, V square, V s) {
    V square_rest = fma(t, t, -square);
    V fourth = square * kS4;
    V inner = fourth + kS2;
    V inner_rest = fma(square, kS4, -fourth) + fma(square_rest, kS4, fma(square, kS4Rest, kS2Rest));
    inner_rest = sum_rest(fourth, V(kS2), inner) + inner_rest;
    V v = t * kS1;
    V w = square * inner;
    V v_rest = fma(t, kS1, -v) + t * kS1Rest;
    V w_rest = fma(square, inner, -w) + fma(square, inner_rest, square_rest * inner);
    return sum_rest(v, w, s) + (v_rest + w_rest);
  }
  template <class V>
  static V forward(V x) {
    V t = at_most(abs(x), 0x1p20);
    V square = t * t;
    V s = sum(t, square);
    V s_rest = sum_lost(t, square, s);
    V d = 1.0 + s;
    V d_rest = sum_rest(V(1.0), s, d) + s_rest;
    V n = s * kScale;
    V n_rest = fma(s, kScale, -n) + fma(s_rest, kScale, s * kScaleRest);
    V inverse = 1.0 / d;
    V q = n * inverse;
    V rest = fma(-q, d, n) + fma(-q, d_rest, n_rest);
    V y = select(t < 0x1p-60, fma(t, kD0, t * kD0Rest), fma(rest, inverse, q));
    return copysign(y, x);
  }
  template <class V>
  static V derivative(V x) {
    V t = at_most(abs(x), 0x1p217);
    V square = t * t;
    V s = sum(t, square);
    V d = 1.0 + s;
    V d_rest = sum_rest(V(1.0), s, d) + sum_lost(t, square, s);
    V inner = fma(square, kD3, fma(fma(t, t, -square), kD3, fma(square, kD3Rest, kD1)));
    V inverse = 1.0 / d;
    V n = fma(t, inner, kD0);
    V q = n * inverse;
    V q_rest = fma(-q, d, n) * inverse;
    V y = q * inverse;
    return fma(fma(-y, d, q) + fma(-2.0 * y, d_rest, q_rest), inverse, y);
  }
};

}  // namespace hillock::HILLOCK_TARGET::float64
