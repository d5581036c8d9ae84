// The normal distribution's tail: Phi(-t) by its bell phi(t) = exp(-t^2/2) / sqrt(2 pi) and Mills's ratio.
#pragma once
#include "core/elementary/exact.h"
#include "core/elementary/exp.h"

namespace hillock::HILLOCK_TARGET {

constexpr double kLogTwoPi = 0x1.d68p+0;  // few bits, so that little is lost of t^2 + kLogTwoPi
constexpr double kLogTwoPiRest = -0x1.c6f368p-17;

// log(phi(t)) - n ln2, for square = t^2 rounded and sum = square + kLogTwoPi rounded; what they lost is put
// back.
template <class V>
V bell_rest(V t, V square, V sum, V n) {
  V r = fma(n, 2.0 * kLn2, sum);
  V rest = sum_rest(square, V(kLogTwoPi), sum) + fma(t, t, -square);
  return -0.5 * (r + (fma(n, 2.0 * kLn2Rest, rest) + kLogTwoPiRest));
}

// w in t Phi(-t) / phi(t) = 1 - w, for z = 1 / t^2 and t in [5.88, 14.6], from coefficients/gauss.py:
// absolute error 2^-30.2.
template <class V>
V mills_rest(V z) {
  V w = 0x1.a4299ap+8;
  w = fma(w, z, -0x1.6af32p+6);
  w = fma(w, z, 0x1.d99094p+3);
  w = fma(w, z, -0x1.7fd394p+1);
  return fma(w, z, 0x1.ffff9p-1) * z;
}

}  // namespace hillock::HILLOCK_TARGET
