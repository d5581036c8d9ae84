// The sine of floats: up to 2^16 the multiple of pi is taken off in floats; beyond, one element at a time, by
// 4/pi's bits as far as they count.                Payne and Hanek, SIGNUM Newsletter 18 (1983)
#pragma once
#include <stdint.h>
#include <string.h>

#include "core/elementary/turns.h"

namespace hillock::HILLOCK_TARGET {

// 4/pi from 2^63 down: bit i of the row counts 2^(63 - i).
constexpr uint64_t kFourOverPi[] = {1u,
                                    0x45f306dc9c882a53u,
                                    0xf84eafa3ea69bb81u,
                                    0xb6c52b3278872083u,
                                    0xfca2c757bd778ac3u,
                                    0x6e48dc74849ba5c0u,
                                    0x0c925dd413a32439u};

// sin(x + quarters pi/4) for |x| in [2^16, 2^256), a product of two floats. x is m 2^e; m times the 128 bits
// of 4/pi that count is x in eighths of a turn, modulo a turn, in units of 2^-61.
inline double far_sine(double x, int quarters) {
  if (!(x - x == 0.0)) return x - x;
  int64_t bits;
  memcpy(&bits, &x, sizeof bits);
  const int exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1075;
  const uint64_t m = (static_cast<uint64_t>(bits) & 0xfffffffffffffu) | 0x10000000000000u;
  const int first = exponent + 61;  // of the 128
  const uint64_t* word = kFourOverPi + first / 64;
  const int shift = first % 64;
  const uint64_t high = word[0] << shift | word[1] >> 1 >> (63 - shift);
  const uint64_t low = word[1] << shift | word[2] >> 1 >> (63 - shift);
  const uint64_t low_product = (m >> 32) * (low >> 32) + ((m >> 32) * (low & 0xffffffffu) >> 32) +
                               ((m & 0xffffffffu) * (low >> 32) >> 32);
  uint64_t turn = m * high + low_product;
  if (bits < 0) turn = 0 - turn;
  turn += static_cast<uint64_t>(quarters) << 61;
  int64_t angle;
  memcpy(&angle, &turn, sizeof angle);
  constexpr int64_t kQuarterTurn = INT64_C(1) << 62;
  if (angle > kQuarterTurn || angle < -kQuarterTurn) angle = static_cast<int64_t>((UINT64_C(1) << 63) - turn);
  const double v = static_cast<double>(angle) * (0x1.921fb54442d18p-1 * 0x1p-61);
  const double z = v * v;
  double p = -1.0 / 121645100408832000;
  p = p * z + 1.0 / 355687428096000;
  p = p * z - 1.0 / 1307674368000;
  p = p * z + 1.0 / 6227020800;
  p = p * z - 1.0 / 39916800;
  p = p * z + 1.0 / 362880;
  p = p * z - 1.0 / 5040;
  p = p * z + 1.0 / 120;
  p = p * z - 1.0 / 6;
  return v + v * (z * p);
}

// From coefficients/sine.sollya; the sine is right to 2^-28, relative.
struct FloatTurns {
  static constexpr double kPi1 = 0x1.921fb8p+1;
  static constexpr double kPi2 = -0x1.5dde98p-22;
  static constexpr double kPi3 = 0x1.84698ap-47;
  static constexpr double kInversePi = 0x1.45f306p-2;
  static constexpr double kRound = HILLOCK_TARGET::kRound;
  static constexpr double kNearTurns = 0x1p16;
  static constexpr double kSineC3 = -0x1.555556p-3;
  static constexpr double kTiny = 0x1p-12;
  static constexpr int kSignBit = 31;

  template <class V>
  static V bend(V z) {
    V p = -0x1.ddf6a8p-26;
    p = fma(p, z, 0x1.74683cp-19);
    p = fma(p, z, -0x1.a02e18p-13);
    return fma(p, z, 0x1.11114ap-7);
  }

  template <class V>
  [[gnu::noinline]] static V far(V near, V b, V x, V factor, int quarters) {
    float result[V::kLanes], at[V::kLanes], argument[V::kLanes], times[V::kLanes];
    near.store(result);
    b.store(at);
    x.store(argument);
    factor.store(times);
    for (int i = 0; i < V::kLanes; i++) {
      if (at[i] > static_cast<float>(kNearTurns) || at[i] < -static_cast<float>(kNearTurns))
        result[i] = static_cast<float>(far_sine(static_cast<double>(argument[i]) * times[i], quarters));
    }
    return V::load(result);
  }
};

}  // namespace hillock::HILLOCK_TARGET
