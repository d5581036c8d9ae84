// The natural logarithm of one double, for what is computed once per row: sums of exponentials. Only + - * /
// in a fixed order, so that Java returns the same bits.
#pragma once
#include <stdint.h>
#include <string.h>

namespace hillock::HILLOCK_TARGET {

// log(z 2^k) = k ln2 + 2 artanh((z - 1) / (z + 1)), z in [0.7, 1.4): the series ends below 2^-48 relative to
// its first term. For a normal positive x; NaN for NaN.
inline double log_of_sum(double x) {
  constexpr double kLn2 = 0x1.62e42fefa39efp-1;
  constexpr int64_t kLowest = 0x3fe6666666666666;  // 0.7: z starts here
  if (!(x == x)) return x;
  int64_t bits;
  memcpy(&bits, &x, sizeof bits);
  const int64_t exponent = (bits - kLowest) >> 52;
  bits -= exponent << 52;
  double z;
  memcpy(&z, &bits, sizeof z);
  const double s = (z - 1.0) / (z + 1.0);
  const double square = s * s;
  double p = 1.0 / 17;
  p = p * square + 1.0 / 15;
  p = p * square + 1.0 / 13;
  p = p * square + 1.0 / 11;
  p = p * square + 1.0 / 9;
  p = p * square + 1.0 / 7;
  p = p * square + 1.0 / 5;
  p = p * square + 1.0 / 3;
  const double twice = s + s;
  return static_cast<double>(exponent) * kLn2 + (twice + twice * (square * p));
}

}  // namespace hillock::HILLOCK_TARGET
