// The normal distribution's tail through its bell: Phi(-t) = exp(-t^2/2) R(t) for t >= 0, R a slowly falling
// function. A bell times a rational keeps all digits where 1 + erf(x / sqrt 2) has none left.
#pragma once
#include "core/elementary/exp.h"

namespace hillock::HILLOCK_TARGET {

// -t^2/2 - n ln2, for whole - kRaised = n; the square's rounding error is put back.
template <class V>
V bell_rest(V t, V square, V n) {
  V r = exp_rest(-0.5 * square, n);
  return fma(-0.5, fma(t, t, -square), r);
}

// t R(t) = n(t) / d(t) on [0, 14.5], from coefficients/gauss.py: relative error 2^-27.3. Even and odd powers
// are paired: a plain Horner scheme gathers 3 ULP at t = 8, where all terms have the same size.
template <class V>
V tail_numerator(V t, V square) {
  V p = fma(t, 0x1.0dc42ep-8, 0x1.4cde06p-5);
  p = fma(p, square, fma(t, 0x1.7743f6p-3, 0x1.c0d060p-2));
  return fma(p, square, 0.5 * t);
}
template <class V>
V tail_denominator(V t, V square) {
  V q = fma(t, 0x1.521918p-7, 0x1.a136b2p-4);
  q = fma(q, square, fma(t, 0x1.e0bce0p-2, 0x1.33d73cp+0));
  return fma(q, square, fma(t, 0x1.acaa60p+0, 1.0));
}

// R(t) - t / sqrt(2 pi) = (t0 - t) n(t) / d(t) on [0, 15], from coefficients/gauss.py: relative error
// 2^-26.9. Factoring the root out keeps all digits around it.
template <class V>
V slope_numerator(V t, V square) {
  V p = fma(t, 0x1.8757e0p-4, 0x1.82b7a4p-2);
  p = fma(square, 0x1.5555cep-7, p);
  return fma(p, square, fma(t, 0x1.81b29ep-1, 0x1.54851ap-1));
}
template <class V>
V slope_denominator(V t, V square) {
  V q = fma(t, 0x1.c24a06p-3, 0x1.95c8e6p-1);
  q = fma(square, 0x1.abcc36p-6, q);
  return fma(q, square, fma(t, 0x1.65f60cp+0, 1.0));
}

}  // namespace hillock::HILLOCK_TARGET
