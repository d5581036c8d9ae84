// Periodic functions of floats and doubles, by the constants T of either; formulas.h says how formulas are
// written.
#pragma once
#include "core/elementary/sine.h"

namespace hillock::HILLOCK_TARGET {

// snake(x) = x + sin(a x)^2 / a, the square in two numbers: for x < 0 half of it is taken off again.
//                                                                     Ziyin et al., arXiv:2006.08195
template <class T>
struct SnakeOf {
  template <class V>
  static V forward(V x, V a) {
    using Angle = Turns<T>;
    V b = a * x;
    V b_rest = fma(a, x, -b);
    V m = Angle::half_turns(b, 0) - T::kRound;
    V high = Angle::angle_high(b, b_rest, m);
    V low = Angle::angle_low(b, b_rest, m);
    V v = high + low;
    V cube = v * (v * v);
    V small = Angle::small(v, (high - v) + low);
    V bend = fma(cube, T::kSineC3, small);
    V bend_rest = fma(cube, T::kSineC3, -bend) + small;
    V s = Angle::or_far(v + bend, b, x, a, 0);
    V s_rest = select(abs(b) > T::kNearTurns, 0.0, ((v - s) + bend) + bend_rest);
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
    V s = Turns<T>::or_far(Turns<T>::near(b, fma(a, x, -b), 1), b, x, a, 1);
    return 2.0 * s * s;
  }
};
using Snake = SnakeOf<FloatTurns>;

// sine(x) = sin(omega x), the product in two numbers.             Sitzmann et al., arXiv:2006.09661
template <class T>
struct SineOf {
  template <class V>
  static V forward(V x, V omega) {
    V b = omega * x;
    V near = Turns<T>::near(b, fma(omega, x, -b), 0);
    return Turns<T>::or_far(select(abs(b) < T::kTiny, b, near), b, x, omega, 0);
  }
  // cos(b) = sin(b + pi/2).
  template <class V>
  static V derivative(V x, V omega) {
    V b = omega * x;
    return omega * Turns<T>::or_far(Turns<T>::near(b, fma(omega, x, -b), 2), b, x, omega, 2);
  }
};
using Sine = SineOf<FloatTurns>;

}  // namespace hillock::HILLOCK_TARGET
