// a * b + c in double, rounded once, on CPUs without the instruction: the C library's fma is not exact on
// every platform, and Java's is.
#pragma once
#include <stdint.h>
#include <string.h>

namespace hillock::HILLOCK_TARGET::float64 {

inline uint64_t bits_of(double a) {
  uint64_t bits;
  memcpy(&bits, &a, sizeof bits);
  return bits;
}

// The significand with its highest bit at 52, subnormal or not.
inline uint64_t significand(double a, int* exponent) {
  const uint64_t fraction = bits_of(a) & 0xfffffffffffffu;
  const int biased = static_cast<int>(bits_of(a) >> 52 & 0x7ff);
  if (biased != 0) {
    *exponent = biased - 1075;
    return fraction | UINT64_C(1) << 52;
  }
  const int shift = __builtin_clzll(fraction) - 11;
  *exponent = -1074 - shift;
  return fraction << shift;
}

// Shifted right; what falls off stays visible in the last bit.
inline unsigned __int128 shift_and_stick(unsigned __int128 a, int shift) {
  if (shift == 0) return a;
  if (shift > 127) return a != 0;
  return a >> shift | ((a << (128 - shift)) != 0);
}

// Not inlined: the formulas would grow many times over.
[[gnu::noinline]] static double fma_by_integers(double a, double b, double c) {
  if (!(a - a == 0.0) || !(b - b == 0.0)) return a * b + c;
  if (!(c - c == 0.0)) return c;
  if (a == 0.0 || b == 0.0) return a * b + c;
  if (c == 0.0) return a * b;
  int a_exponent, b_exponent, c_exponent;
  const uint64_t a_whole = significand(a, &a_exponent);
  const uint64_t b_whole = significand(b, &b_exponent);
  const uint64_t c_whole = significand(c, &c_exponent);
  unsigned __int128 product = static_cast<unsigned __int128>(a_whole) * b_whole << 20;
  unsigned __int128 addend = static_cast<unsigned __int128>(c_whole) << 73;
  const int product_exponent = a_exponent + b_exponent - 20;
  const int addend_exponent = c_exponent - 73;
  int exponent = product_exponent;
  if (product_exponent >= addend_exponent) {
    addend = shift_and_stick(addend, product_exponent - addend_exponent);
  } else {
    product = shift_and_stick(product, addend_exponent - product_exponent);
    exponent = addend_exponent;
  }
  constexpr uint64_t kSign = UINT64_C(1) << 63;
  uint64_t sign = (bits_of(a) ^ bits_of(b)) & kSign;
  unsigned __int128 sum = product + addend;
  if (sign != (bits_of(c) & kSign)) {
    if (product == addend) return 0.0;
    sum = product > addend ? product - addend : addend - product;
    if (product < addend) sign ^= kSign;
  }
  // The highest bit goes to 52, or as low as subnormal numbers want it; then to the nearest, ties to even.
  const uint64_t high = static_cast<uint64_t>(sum >> 64);
  const int top = high != 0 ? 127 - __builtin_clzll(high) : 63 - __builtin_clzll(static_cast<uint64_t>(sum));
  int drop = top - 52;
  if (exponent + drop < -1074) drop = -1074 - exponent;
  uint64_t whole = 0;
  if (drop <= 0) {
    whole = static_cast<uint64_t>(sum) << -drop;
  } else if (drop < 128) {
    const unsigned __int128 half = static_cast<unsigned __int128>(1) << (drop - 1);
    const unsigned __int128 rest = sum & (half + (half - 1));
    whole = static_cast<uint64_t>(sum >> drop);
    whole += rest > half || (rest == half && (whole & 1) != 0);
  }
  uint64_t result = (static_cast<uint64_t>(exponent + drop + 1074) << 52) + whole;
  constexpr uint64_t kInfinity = UINT64_C(0x7ff) << 52;
  if (exponent + drop > 971 || result > kInfinity) result = kInfinity;
  result |= sign;
  double rounded;
  memcpy(&rounded, &result, sizeof rounded);
  return rounded;
}

}  // namespace hillock::HILLOCK_TARGET::float64
