// bfloat16 and float16, one value at a time, as every target's vectors convert them: to nearest, ties to
// even, subnormals kept. NaN stays NaN.
#pragma once
#include <stdint.h>
#include <string.h>

namespace hillock::HILLOCK_TARGET {

inline uint32_t float_bits(float f) {
  uint32_t b;
  memcpy(&b, &f, sizeof b);
  return b;
}
inline float float_of(uint32_t b) {
  float f;
  memcpy(&f, &b, sizeof f);
  return f;
}

inline float from_bfloat16(uint16_t h) { return float_of(static_cast<uint32_t>(h) << 16); }

inline uint16_t to_bfloat16(float f) {
  const uint32_t b = float_bits(f);
  if ((b & 0x7fffffffu) > 0x7f800000u) return static_cast<uint16_t>((b >> 16) | 0x40u);
  return static_cast<uint16_t>((b + 0x7fffu + ((b >> 16) & 1u)) >> 16);
}

// The exponent moves from bias 15 to bias 127; a subnormal is normalised by a float subtraction.
inline float from_float16(uint16_t h) {
  const uint32_t sign = static_cast<uint32_t>(h & 0x8000u) << 16;
  const uint32_t rest = static_cast<uint32_t>(h & 0x7fffu) << 13;
  const uint32_t exponent = rest & 0x0f800000u;
  if (exponent == 0x0f800000u) {
    const uint32_t quiet = (rest & 0x007fffffu) != 0 ? 0x00400000u : 0u;
    return float_of(sign | (rest + 0x70000000u) | quiet);
  }
  if (exponent == 0) return float_of(sign | float_bits(float_of(rest + 0x38800000u) - 0x1p-14f));
  return float_of(sign | (rest + 0x38000000u));
}

inline uint16_t to_float16(float f) {
  const uint32_t b = float_bits(f);
  const uint32_t sign = (b >> 16) & 0x8000u;
  const uint32_t a = b & 0x7fffffffu;
  if (a > 0x7f800000u) return static_cast<uint16_t>(sign | 0x7e00u | ((a >> 13) & 0x1ffu));
  // From 65520 up everything rounds to infinity.
  if (a >= 0x477ff000u) return static_cast<uint16_t>(sign | 0x7c00u);
  // Below 2^-14 the sum with 1/2 rounds at the last bit of a subnormal.
  if (a < 0x38800000u) return static_cast<uint16_t>(sign | (float_bits(float_of(a) + 0.5f) - 0x3f000000u));
  return static_cast<uint16_t>(sign | ((a - 0x38000000u + 0xfffu + ((a >> 13) & 1u)) >> 13));
}

}  // namespace hillock::HILLOCK_TARGET
