// The sine of doubles: up to 2^20 the multiple of pi is taken off in doubles; beyond, one element at a time,
// by 2/pi's bits as far as they count.                Payne and Hanek, SIGNUM Newsletter 18 (1983)
#pragma once
#include <stdint.h>
#include <string.h>

#include "core/elementary/turns.h"

namespace hillock::HILLOCK_TARGET::float64 {

// 2/pi: bit i of the row, from 1 up, counts 2^-i.
constexpr uint32_t kTwoOverPi[] = {
    0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u, 0xfe5163abu, 0xdebbc561u,
    0xb7246e3au, 0x424dd2e0u, 0x06492eeau, 0x09d1921cu, 0xfe1deb1cu, 0xb129a73eu, 0xe88235f5u, 0x2ebb4484u,
    0xe99c7026u, 0xb45f7e41u, 0x3991d639u, 0x835339f4u, 0x9c845f8bu, 0xbdf9283bu, 0x1ff897ffu, 0xde05980fu,
    0xef2f118bu, 0x5a0a6d1fu, 0x6d367ecfu, 0x27cb09b7u, 0x4f463f66u, 0x9e5fea2du, 0x7527bac7u, 0xebe5f17bu,
    0x3d0739f7u, 0x8a5292eau, 0x6bfb5fb1u, 0x1f8d5d08u, 0x56033046u, 0xfc7b6babu, 0xf0cfbc20u, 0x9af4361du,
    0xa9e39161u, 0x5ee61b08u, 0x6599855fu, 0x14a06840u, 0x8dffd880u, 0x4d732731u, 0x06061556u, 0xca73a8c9u,
    0x60e27bc0u, 0x8c6b47c4u, 0x19c367cdu, 0xdce8092au, 0x8359c476u, 0x8b961ca6u, 0xddaf44d1u, 0x5719053eu,
    0xa5ff0705u, 0x3f7e33e8u, 0x32c2de4fu, 0x98327dbbu, 0xc33d26efu, 0x6b1e5ef8u, 0x9f3a1f35u, 0xcaf27f1du,
    0x87f12190u, 0x7c7c246au, 0xfa6ed577u, 0x2d30433bu, 0x15c614b5u, 0x9d19c3c2u, 0xc4ad414du, 0x2c5d000cu};
// pi/2 2^127, the lowest word first.
constexpr uint32_t kHalfPi[] = {0x80dc1cd1u, 0xc4c6628bu, 0x2168c234u, 0xc90fdaa2u};

// The product of numbers of so many words, the lowest first.
inline void multiply(const uint32_t* a, int a_words, const uint32_t* b, int b_words, uint32_t* product) {
  for (int i = 0; i < a_words + b_words; i++) product[i] = 0;
  for (int i = 0; i < a_words; i++) {
    uint64_t carry = 0;
    for (int j = 0; j < b_words; j++) {
      carry += static_cast<uint64_t>(a[i]) * b[j] + product[i + j];
      product[i + j] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    product[i + b_words] = static_cast<uint32_t>(carry);
  }
}

// 64 bits of such a number, from one on.
inline uint64_t bits_at(const uint32_t* words, int bit) {
  const uint32_t* w = words + bit / 32;
  const int shift = bit % 32;
  const uint64_t two = static_cast<uint64_t>(w[1]) << 32 | w[0];
  return two >> shift | static_cast<uint64_t>(w[2]) << 1 << (63 - shift);
}

inline void split(uint64_t high, uint64_t low, uint32_t* words) {
  words[0] = static_cast<uint32_t>(low);
  words[1] = static_cast<uint32_t>(low >> 32);
  words[2] = static_cast<uint32_t>(high);
  words[3] = static_cast<uint32_t>(high >> 32);
}

// A finite double is sign mantissa 2^exponent.
inline uint64_t mantissa_of(double x, int& exponent) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  const int biased = static_cast<int>(bits >> 52 & 0x7ff);
  exponent = (biased == 0 ? 1 : biased) - 1075;
  return (bits & 0xfffffffffffffu) | (biased == 0 ? 0 : UINT64_C(0x10000000000000));
}

inline double power_of_two(int n) {
  const uint64_t bits = static_cast<uint64_t>(1023 + n) << 52;
  double power;
  memcpy(&power, &bits, sizeof power);
  return power;
}

// v and rest with sin(v + rest) = sin(x factor + quarters pi/4) and |v| up to pi/2, for |x factor| beyond
// 2^20. The product is an integer p 2^e; p times the 256 bits of 2/pi that count is the angle in quarter
// turns, modulo a turn, of which 126 bits of fraction are kept.
inline void far_angle(double x, double factor, int quarters, double& v, double& rest) {
  v = (x - x) + (factor - factor);
  rest = 0.0;
  if (!(v == 0.0)) return;
  int e, more;
  const uint64_t m = mantissa_of(x, e), n = mantissa_of(factor, more);
  e += more;
  const uint32_t a[] = {static_cast<uint32_t>(m), static_cast<uint32_t>(m >> 32)};
  const uint32_t b[] = {static_cast<uint32_t>(n), static_cast<uint32_t>(n >> 32)};
  uint32_t p[4], window[8], turns[14] = {};
  multiply(a, 2, b, 2, p);
  const int first = e < 2 ? 0 : e - 2;  // bits of 2/pi that are left out: they count whole turns
  for (int i = 0; i < 8; i++) {
    const uint32_t* word = kTwoOverPi + first / 32 + i;
    const uint64_t two = static_cast<uint64_t>(word[0]) << 32 | word[1];
    window[7 - i] = static_cast<uint32_t>(two << first % 32 >> 32);
  }
  multiply(p, 4, window, 8, turns);
  const int point = e < 2 ? 256 - e : 254;
  uint64_t low = bits_at(turns, point - 126), high = bits_at(turns, point - 62);
  if ((x < 0.0) != (factor < 0.0)) {
    low = 0 - low;
    high = ~high + (low == 0);
  }
  high += static_cast<uint64_t>(quarters) << 61;
  // The other side of the circle.
  constexpr uint64_t kHalfTurn = UINT64_C(1) << 63, kQuarterTurn = UINT64_C(1) << 62;
  if (high - kQuarterTurn < kHalfTurn) {
    high = kHalfTurn - high - (low != 0);
    low = 0 - low;
  }
  const bool negative = high >= kHalfTurn;
  if (negative) {
    low = 0 - low;
    high = ~high + (low == 0);
  }
  if ((high | low) == 0) return;
  int zeros = 0;
  for (; high < kHalfTurn; zeros++) {
    high = high << 1 | low >> 63;
    low <<= 1;
  }
  uint32_t angle[4], product[9] = {};
  split(high, low, angle);
  multiply(angle, 4, kHalfPi, 4, product);
  high = bits_at(product, 192);
  low = bits_at(product, 128);
  if (high < kHalfTurn) {
    high = high << 1 | low >> 63;
    low <<= 1;
    zeros++;
  }
  const double sign = negative ? -1.0 : 1.0;
  v = sign * (static_cast<double>(static_cast<int64_t>(high >> 11)) * power_of_two(-50 - zeros));
  const uint64_t below = (high & 0x7ff) << 42 | low >> 22;
  rest = sign * (static_cast<double>(static_cast<int64_t>(below)) * power_of_two(-103 - zeros));
}

// From coefficients/sine_float64.sollya; the sine is right to 2^-58, relative.
struct DoubleTurns {
  static constexpr double kPi1 = 0x1.921fb54442d18p+1;
  static constexpr double kPi2 = 0x1.1a62633145c07p-53;
  static constexpr double kPi3 = -0x1.f1976b7ed8fbcp-109;
  static constexpr double kInversePi = 0x1.45f306dc9c883p-2;
  static constexpr double kRound = 0x1.8p52;
  static constexpr double kNearTurns = 0x1p20;
  static constexpr double kSineC3 = -0x1.5555555555555p-3;
  static constexpr double kTiny = 0x1p-27;
  static constexpr int kSignBit = 63;

  template <class V>
  static V bend(V z) {
    V p = -0x1.34d1bac0f3839p-55;
    p = fma(p, z, 0x1.c12dd530b512ap-52);
    p = fma(p, z, 0x1.da16ec9c0a2a3p-51);
    p = fma(p, z, -0x1.ab6f761c651e4p-41);
    p = fma(p, z, 0x1.611f67a463f9ap-33);
    p = fma(p, z, -0x1.ae644cb9cc1e9p-26);
    p = fma(p, z, 0x1.71de3a4a26517p-19);
    p = fma(p, z, -0x1.a01a01a00bea7p-13);
    return fma(p, z, 0x1.1111111111091p-7);
  }

  template <class V>
  [[gnu::noinline]] static V far(V near, V b, V x, V factor, int quarters) {
    double at[V::kLanes], argument[V::kLanes], times[V::kLanes], v[V::kLanes], rest[V::kLanes];
    b.store(at);
    x.store(argument);
    factor.store(times);
    for (int i = 0; i < V::kLanes; i++) {
      v[i] = rest[i] = 0.0;
      if (at[i] > kNearTurns || at[i] < -kNearTurns)
        far_angle(argument[i], times[i], quarters, v[i], rest[i]);
    }
    return select(abs(b) > kNearTurns, Turns<DoubleTurns>::sine(V::load(v), V::load(rest)), near);
  }
};

}  // namespace hillock::HILLOCK_TARGET::float64
