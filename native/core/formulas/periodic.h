// Periodic functions; formulas.h says how formulas are written.
#pragma once
#include "core/elementary/sine.h"

namespace hillock::HILLOCK_TARGET {

// snake(x) = x + sin(a x)^2 / a, the square in two floats: for x < 0 half of it is taken off again.
//                                                                     Ziyin et al., arXiv:2006.08195
struct Snake {
  template <class V>
  static V forward(V x, V a) {
    V b = a * x;
    V b_rest = fma(a, x, -b);
    V m = half_turns(b, 0) - kRound;
    V high = angle_high(b, b_rest, m);
    V low = angle_low(b, b_rest, m);
    V v = high + low;
    V cube = v * (v * v);
    V small = sine_small(v, (high - v) + low);
    V bend = fma(cube, kSineC3, small);
    V bend_rest = fma(cube, kSineC3, -bend) + small;
    V s = or_far_sine(v + bend, b, x, a, 0);
    V s_rest = select(abs(b) > kNearTurns, 0.0, ((v - s) + bend) + bend_rest);
    V square = s * s;
    V square_rest = fma(s, s, -square) + 2.0 * s * s_rest;
    V inverse = 1.0 / a;
    V q = square * inverse;
    V q_rest = (fma(-q, a, square) + square_rest) * inverse;
    return (x + q) + q_rest;
  }
  // 1 + sin(2 a x) = 2 sin(a x + pi/4)^2.
  template <class V>
  static V derivative(V x, V a) {
    V b = a * x;
    V s = or_far_sine(sine_near(b, fma(a, x, -b), 1), b, x, a, 1);
    return 2.0 * s * s;
  }
};

// sine(x) = sin(omega x), the product in two floats.              Sitzmann et al., arXiv:2006.09661
struct Sine {
  template <class V>
  static V forward(V x, V omega) {
    V b = omega * x;
    V near = sine_near(b, fma(omega, x, -b), 0);
    return or_far_sine(select(abs(b) < 0x1p-12, b, near), b, x, omega, 0);
  }
  // cos(b) = sin(b + pi/2).
  template <class V>
  static V derivative(V x, V omega) {
    V b = omega * x;
    return omega * or_far_sine(sine_near(b, fma(omega, x, -b), 2), b, x, omega, 2);
  }
};

}  // namespace hillock::HILLOCK_TARGET
