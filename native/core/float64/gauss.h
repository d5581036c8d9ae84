// For doubles: the normal distribution's tail through its bell: Phi(-t) = exp(-t^2/2) R(t) for t >= 0, R a
// slowly falling function. A bell times a rational keeps all digits where 1 + erf(x / sqrt 2) has none left.
#pragma once
#include "core/float64/exp.h"

namespace hillock::HILLOCK_TARGET::float64 {

// -t^2/2 - n ln2, for whole - kRaised = n; the square's rounding error is put back.
template <class V>
V bell_rest(V t, V square, V n) {
  V r = fma(n, 2.0 * kLn2, square);
  V rest = fma(n, 2.0 * kLn2Rest, fma(t, t, -square));
  return -0.5 * (r + rest);
}

// R(t) = P(t) / (b t P(t) + S(t)) on [0, 38.7], b = sqrt(2 pi), from coefficients/gauss_float64.py: relative
// error 2^-57.8. As t grows S fades, and the rounding errors of t P(t) above and below the line cancel: a
// rational of two independent polynomials gathers several ULP.
constexpr double kTailSlope = 0x1.40d931ff62706p+1;  // b
// (P(t) - 1/2) / t.
template <class V>
V tail_numerator(V t) {
  V p = 0x1.0ed7dc45daff3p-22;
  p = fma(p, t, 0x1.02eb74ac68553p-17);
  p = fma(p, t, 0x1.e74a5b52aeb05p-14);
  p = fma(p, t, 0x1.254ca1e561281p-10);
  p = fma(p, t, 0x1.f07286abce610p-8);
  p = fma(p, t, 0x1.335f084a7507dp-5);
  p = fma(p, t, 0x1.1992a62dfa4a4p-3);
  p = fma(p, t, 0x1.79443f0c3d2ffp-2);
  p = fma(p, t, 0x1.634cd0a685addp-1);
  return fma(p, t, 0x1.ac97b923cf5d6p-1);
}
// (S(t) - 1) / t.
template <class V>
V tail_remainder(V t) {
  V s = 0x1.9298442783173p-59;
  s = fma(s, t, 0x1.53739d3158b67p-21);
  s = fma(s, t, 0x1.4481fe0e59208p-16);
  s = fma(s, t, 0x1.3009bbd74813fp-12);
  s = fma(s, t, 0x1.6a869abcd39efp-9);
  s = fma(s, t, 0x1.2da9c4c28f9c2p-6);
  s = fma(s, t, 0x1.6b0cef05e601dp-4);
  s = fma(s, t, 0x1.3cf1b43acf1cep-2);
  s = fma(s, t, 0x1.8629715758f7ap-1);
  return fma(s, t, 0x1.3800b0c30e9f9p+0);
}

// R(t) - t / sqrt(2 pi) = (t0 - t) P(t) / (b P(t) + S(t)) on [0, 38.8], from coefficients/gauss_float64.py:
// relative error 2^-58. Factoring the root out keeps all digits around it.
constexpr double kBellRoot = 0x1.80eacp-1;  // t0, its first bits: t - kBellRoot is exact from there on
constexpr double kBellRootRest = 0x1.197f00b3dd831p-21;
constexpr double kBellSlope = 0x1.40d931ff62706p+1;  // b
template <class V>
V bell_numerator(V t) {
  V p = -0x1.7d2940b2d87a7p-20;
  p = fma(p, t, -0x1.5e28008d9beafp-15);
  p = fma(p, t, -0x1.38576097973f8p-11);
  p = fma(p, t, -0x1.6031c62b049d0p-8);
  p = fma(p, t, -0x1.13eeb158c7d78p-5);
  p = fma(p, t, -0x1.386375920e238p-3);
  p = fma(p, t, -0x1.02095e4c3c1cbp-1);
  p = fma(p, t, -0x1.32d27a429e4abp+0);
  p = fma(p, t, -0x1.f753a3ef3683cp+0);
  p = fma(p, t, -0x1.0272dbc1e6fb7p+1);
  return fma(p, t, -0x1.fec88f04b4d13p-1);
}
template <class V>
V bell_remainder(V t) {
  V s = 0x1.67244ea286c99p-19;
  s = fma(s, t, 0x1.3affddea63eb3p-14);
  s = fma(s, t, 0x1.0b9213f99f75bp-10);
  s = fma(s, t, 0x1.1d7e4ae9b133fp-7);
  s = fma(s, t, 0x1.a2d40c8d05622p-5);
  s = fma(s, t, 0x1.b47ec6f53c662p-3);
  s = fma(s, t, 0x1.42e4eba33c72ap-1);
  s = fma(s, t, 0x1.47aa1b1ab6cafp+0);
  s = fma(s, t, 0x1.a079aa2673747p+0);
  return fma(s, t, 0x1.002b6083b7cdcp+0);
}

}  // namespace hillock::HILLOCK_TARGET::float64
