// The natural logarithm of x and of 1 - x. With x = 2^k z and z in [2/3, 4/3): k ln2 + log1p(z - 1).
#pragma once
#include "core/elementary/exp.h"

namespace hillock::HILLOCK_TARGET {

constexpr double kInfinity = __builtin_inf();
constexpr double kNan = __builtin_nan("");

// As exp.h says of shift_left.
template <int N>
void shift_right();

// (log1p(f) - f) / f^2 for |f| <= 1/3, from coefficients/ln.sollya: log1p(f) to 2^-27.6, relative.
template <class V>
V ln_bend(V f) {
  V p = -0x1.06cedcp-3;
  p = fma(p, f, 0x1.1ec6e0p-3);
  p = fma(p, f, -0x1.f3a788p-4);
  p = fma(p, f, 0x1.1ec0d0p-3);
  p = fma(p, f, -0x1.559804p-3);
  p = fma(p, f, 0x1.99d1c6p-3);
  p = fma(p, f, -0x1.ffff14p-3);
  p = fma(p, f, 0x1.555502p-2);
  return fma(p, f, -0.5);
}

// k as an integer, for x at least 2^-126.
template <class V>
typename V::Bits ln_exponent(V x) {
  return shift_right<23>(bits(x) - bits(V(2.0 / 3.0)));
}

// k ln2 + log1p(f).
template <class V>
V ln_sum(V k, V f) {
  return fma(k, kLn2, fma(f * f, ln_bend(f), f));
}

// -Inf for 0, NaN below it.
template <class V>
V ln(V x) {
  V y = select(x < 0x1p-126, x * 0x1p24, x);
  typename V::Bits k = ln_exponent(y);
  V f = from_bits(bits(y) - shift_left<23>(k)) - 1.0;
  V r = ln_sum(to_float(k) - select(x < 0x1p-126, 24.0, 0.0), f);
  return select(x < kInfinity, select(x > 0.0, r, select(x < 0.0, kNan, -kInfinity)), x);
}

// ln(1 - x) for x in [0, 1]. z - 1 = (2^-k - 1) - 2^-k x in one rounding, -x itself where k is 0.
template <class V>
V ln_of_complement(V x) {
  typename V::Bits k = ln_exponent(1.0 - x);
  V c = from_bits(bits(V(1.0)) - shift_left<23>(k));
  V f = fma(-c, x, c - 1.0);
  return select(x == 1.0, -kInfinity, ln_sum(to_float(k), f));
}

}  // namespace hillock::HILLOCK_TARGET
