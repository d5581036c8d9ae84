// exp with a table of four powers of two, for sums in which a factor that all terms have does not matter: two
// steps of the polynomial less, for a look-up and an addition.
#pragma once
#include "core/elementary/exp.h"
#include "core/elementary/tables.h"

namespace hillock::HILLOCK_TARGET {

// Adding it rounds to a multiple of 1/4: the table's number in the low two bits, above them a whole number n,
// 64 added.
constexpr double kRaisedQuarters = 0x1.8p21 + 64;

// expm1(r) = r + r^2 (C2 + C3 r + C4 r^2) for |r| <= ln2/8, from coefficients/powers.sollya: absolute error
// 2^-27.3.
constexpr double kPowersC2 = 0x1.00000ep-1;
constexpr double kPowersC3 = 0x1.5571dap-3;
constexpr double kPowersC4 = 0x1.54e368p-5;

// What exp_scaled is a multiple of: 2^64 and the table's factor.
constexpr double kExpScale = 0x1.1f7036p+64;

// exp(x) kExpScale on the way: the rounded quarters and what is left of x.
template <class V>
struct PowerParts {
  V quarters, r;
};
template <class V>
PowerParts<V> exp_scaled_start(V x) {
  V quarters = fma(x, kLog2E, kRaisedQuarters);
  return {quarters, fma(quarters - kRaisedQuarters, -kLn2, x)};
}
template <class V>
V exp_scaled(PowerParts<V> e) {
  V p = fma(e.r, kPowersC4, kPowersC3);
  p = fma(p, e.r, kPowersC2);
  p = fma(e.r * e.r, p, e.r);
  const typename V::Bits number = bits(e.quarters);
  V s = from_bits(bits(lookup4(PowersTable::kRows, number)) + shift_left<21>(number));
  return fma(s, p, s);
}

// exp(x) kExpScale for x in [-133, 0], where the error may grow with |x|: one constant is enough for ln2.
template <class V>
V exp_scaled(V x) {
  return exp_scaled(exp_scaled_start(x));
}

}  // namespace hillock::HILLOCK_TARGET
