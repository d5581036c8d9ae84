// Periodic functions of doubles, on this namespace's sine; formulas/periodic.h explains them.
#pragma once
#include "core/float64/sine.h"

namespace hillock::HILLOCK_TARGET::float64 {

struct Snake {
  template <class V>
  static V forward(V x, V a) {
    V b = a * x;
    V b_rest = fma(a, x, -b);
    V m = half_turns(b, 0) - kRoundTurns;
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
  template <class V>
  static V derivative(V x, V a) {
    V b = a * x;
    V s = or_far_sine(sine_near(b, fma(a, x, -b), 1), b, x, a, 1);
    return 2.0 * s * s;
  }
};

struct Sine {
  template <class V>
  static V forward(V x, V omega) {
    V b = omega * x;
    V near = sine_near(b, fma(omega, x, -b), 0);
    return or_far_sine(select(abs(b) < 0x1p-27, b, near), b, x, omega, 0);
  }
  template <class V>
  static V derivative(V x, V omega) {
    V b = omega * x;
    return omega * or_far_sine(sine_near(b, fma(omega, x, -b), 2), b, x, omega, 2);
  }
};

}  // namespace hillock::HILLOCK_TARGET::float64
