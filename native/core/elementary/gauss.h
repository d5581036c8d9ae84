// The normal distribution's tail through its bell: Phi(-t) = exp(-t^2/2) R(t) for t >= 0, R a slowly falling
// function. A bell times a rational keeps all digits where 1 + erf(x / sqrt 2) has none left.
#pragma once
#include "core/elementary/exp.h"

namespace hillock::HILLOCK_TARGET {

// -t^2/2 - n ln2, for whole - kRaised = n; the square's rounding error is put back.
template <class V>
V bell_rest(V t, V square, V n) {
  V r = fma(n, 2.0 * kLn2, square);
  V rest = fma(n, 2.0 * kLn2Rest, fma(t, t, -square));
  return -0.5 * (r + rest);
}

// R(t) = P(t) / (b t P(t) + S(t)) on [0, 14.5], b = sqrt(2 pi), from coefficients/gauss.py: relative error
// 2^-25.7. As t grows S fades, and the rounding errors of t P(t) above and below the line cancel: a rational
// of two independent polynomials gathers 5 ULP at t = 8. The last bit of P's third coefficient is the one of
// both neighbours that keeps gelu below 2 ULP at every float.
constexpr double kTailSlope = 0x1.40d932p+1;  // b
// (P(t) - 1/2) / t.
template <class V>
V tail_numerator(V t) {
  V p = 0x1.3b9b4ep-8;
  p = fma(p, t, 0x1.72fa0ap-5);
  p = fma(p, t, 0x1.934a48p-3);
  return fma(p, t, 0x1.d38492p-2);
}
// (S(t) - 1) / t.
template <class V>
V tail_remainder(V t) {
  V s = 0x1.49703ap-20;
  s = fma(s, t, 0x1.89ba38p-7);
  s = fma(s, t, 0x1.d55926p-4);
  return fma(s, t, 0x1.d4ad32p-2);
}

// R(t) - t / sqrt(2 pi) = (t0 - t) P(t) / (b P(t) + S(t)) on [0, 15], from coefficients/gauss.py: relative
// error 2^-26.7. Factoring the root out keeps all digits around it.
constexpr double kBellRoot = 0x1.810p-1;  // t0, its first bits: t - kBellRoot is exact from there on
constexpr double kBellRootRest = -0x1.52e680p-13;
constexpr double kBellSlope = 0x1.40d8bcp+1;  // b
template <class V>
V bell_numerator(V t) {
  V p = 0x1.567052p-7;
  p = fma(p, t, 0x1.883494p-4);
  p = fma(p, t, 0x1.834232p-2);
  p = fma(p, t, 0x1.81fb02p-1);
  return fma(p, t, 0x1.54851ap-1);
}
template <class V>
V bell_remainder(V t) {
  V s = -0x1.428426p-6;
  s = fma(s, t, -0x1.3c326ep-3);
  s = fma(s, t, -0x1.f6504ap-2);
  return fma(s, t, -0x1.558d56p-1);
}

}  // namespace hillock::HILLOCK_TARGET
