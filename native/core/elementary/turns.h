// The sine of a product, for sine, its slope and snake, in either precision. T has the constants and the far
// side of one precision:
//   kPi1 + kPi2 + kPi3   pi; kPi1 has two bits to spare, so that m kPi1 for a multiple m of 1/4 is subtracted
//                        exactly
//   kInversePi, kRound   1/pi; what rounds to an integer when it is added
//   kNearTurns           how far the multiple of pi is taken off in V; beyond, far(...) does it
//   kSineC3, bend(z)     sin(v) = v + kSineC3 v^3 + v^5 bend(v^2) for |v| <= 1.58
//   kTiny, kSignBit      below kTiny sin(b) is b; where the sign of a number is
#pragma once
#include "core/elementary/exact.h"

namespace hillock::HILLOCK_TARGET {

// C++17 looks for shift_left<31>(...) in V's namespace only where some template of that name is in sight.
template <int N>
void shift_left();

template <class T>
struct Turns {
  // b + b_rest - m pi, rounded in two steps, and what they lost.
  template <class V>
  static V angle_high(V b, V b_rest, V m) {
    return fma(m, -T::kPi1, b) - m * T::kPi2 + b_rest;
  }
  template <class V>
  static V angle_low(V b, V b_rest, V m) {
    V r = fma(m, -T::kPi1, b);
    V t = m * T::kPi2;
    V d = r - t;
    V lost = sum_rest(r, -t, d) + sum_rest(d, b_rest, d + b_rest);
    return lost - fma(m, T::kPi3, fma(m, T::kPi2, -t));
  }

  // sin(v + rest) = v + kSineC3 v^3 + small for |v| <= 1.58.
  template <class V>
  static V small(V v, V rest) {
    V z = v * v;
    V p = T::bend(z);
    V cube = v * z;
    V cube_rest = fma(v, z, -cube) + v * fma(v, v, -z);
    return fma(cube_rest, T::kSineC3, fma(rest, fma(-0.5, z, 1.0), cube * (z * p)));
  }
  template <class V>
  static V sine(V v, V rest) {
    return v + fma(v * (v * v), T::kSineC3, small(v, rest));
  }

  // The sum of n, the multiple of pi next to b + quarters pi/4, and kRound.
  template <class V>
  static V half_turns(V b, double quarters) {
    return fma(b, T::kInversePi, 0.25 * quarters) + T::kRound;
  }

  // sin(b + b_rest + quarters pi/4), |b| up to kNearTurns; odd n turn the sign.
  template <class V>
  static V near(V b, V b_rest, double quarters) {
    V whole = half_turns(b, quarters);
    V m = (whole - T::kRound) - 0.25 * quarters;
    V high = angle_high(b, b_rest, m);
    V low = angle_low(b, b_rest, m);
    V v = high + low;
    return from_bits(bits(sine(v, (high - v) + low)) + shift_left<T::kSignBit>(bits(whole)));
  }

  // Where |b| is beyond kNearTurns sin(factor x + quarters pi/4), else near.
  template <class V>
  static V or_far(V near, V b, V x, V factor, int quarters) {
    return any(abs(b) > T::kNearTurns) ? T::far(near, b, x, factor, quarters) : near;
  }
};

}  // namespace hillock::HILLOCK_TARGET
